import type { Dialect } from './dialect.ts';
import { localai } from './localai.ts';
import { official } from './official.ts';
import { sdCpp } from './sd-cpp.ts';
import { vllmOmni } from './vllm-omni.ts';

export type OpenaiServer = 'openai' | 'localai' | 'sd-cpp' | 'vllm-omni';

/** One for each server that speaks to the contract in a way of its own. */
export const dialects: Readonly<Record<OpenaiServer, Dialect>> = {
  openai: official,
  localai,
  'sd-cpp': sdCpp,
  'vllm-omni': vllmOmni,
};
