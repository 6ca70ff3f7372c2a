import { startOpenai, type OpenaiOptions } from '../../../../src/playground/openai/openai.ts';
import { createOpenai } from '../../../../src/providers/openai/openai.ts';
import type { OpenaiServer } from '../../../../src/providers/openai/openai-servers.ts';
import type { Subject } from '../subject.ts';

/** What all of its servers have in common here. */
function subjectOf(
  server: OpenaiServer,
  models: readonly string[],
  settings: Partial<OpenaiOptions> = {},
): Omit<Subject, 'title' | 'pictures' | 'filter' | 'answers'> {
  return {
    startStandIn: ({ limits = [], ...options }) =>
      startOpenai({
        ...options,
        ...settings,
        server,
        key: 'sk-the-one-good-key',
        limits,
        latencyMs: 0,
        pictures: 'small',
      }),
    open: (options) =>
      createOpenai({
        ...options,
        server,
        models,
        sidePixels: 1024,
        parallelJobs: 4,
        unfiltered: false,
        windows: [],
      }),
    keyHeader: (key) => ({ authorization: `Bearer ${key}` }),
    strangersKey: 'sk-a-key-of-somebody-else',
    whenLost: 'unknown',
    goesOn: 'not',
    // Of any host but OpenAI's own nobody knows what it reads as a command.
    written: (prompt) => prompt.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('|', '/'),
  };
}

export const openai: Subject = {
  title: 'OpenAI',
  ...subjectOf('openai', ['gpt-image-1', 'dall-e-3', 'dall-e-2']),
  pictures: 'bytes',
  filter: 'refused',
  statuses: {
    404: { kind: 'unavailable', outcome: 'nothing-made' },
    405: { kind: 'unavailable', outcome: 'nothing-made' },
  },
  answers: [
    {
      at: 'post',
      fields: [
        'created',
        'data',
        'data.0',
        'data.0.b64_json',
        'background',
        'output_format',
        'quality',
        'size',
        'usage',
        'usage.input_tokens',
        'usage.output_tokens',
        'usage.total_tokens',
        'usage.input_tokens_details',
        'usage.input_tokens_details.text_tokens',
        'usage.input_tokens_details.image_tokens',
      ],
      needed: ['data.0.b64_json'],
    },
  ],
};

/** With addresses on its own host. */
export const localai: Subject = {
  title: 'LocalAI',
  ...subjectOf('localai', [], { pictureForm: 'address' }),
  pictures: 'addresses',
  filter: 'none',
  answers: [
    {
      at: 'post',
      fields: [
        'created',
        'id',
        'data',
        'data.0',
        'data.0.embedding',
        'data.0.index',
        'data.0.url',
        'usage',
        'usage.prompt_tokens',
        'usage.completion_tokens',
        'usage.total_tokens',
      ],
      needed: ['data.0.url'],
    },
  ],
};

export const sdCpp: Subject = {
  title: 'sd.cpp',
  ...subjectOf('sd-cpp', []),
  pictures: 'bytes',
  filter: 'none',
  answers: [
    {
      at: 'post',
      fields: ['created', 'data', 'data.0', 'data.0.b64_json', 'output_format'],
      needed: ['data.0.b64_json'],
    },
  ],
};

export const vllmOmni: Subject = {
  title: 'vLLM-Omni',
  ...subjectOf('vllm-omni', []),
  pictures: 'bytes',
  filter: 'refused',
  answers: [
    {
      at: 'post',
      fields: [
        'created',
        'data',
        'data.0',
        'data.0.b64_json',
        'data.0.url',
        'data.0.revised_prompt',
        'output_format',
        'size',
      ],
      needed: ['data.0.b64_json'],
    },
  ],
};
