import type { Model } from '../domain/model.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Circumstances } from './circumstances.ts';

type Why = Extract<Refusal, { reason: 'model-unsuitable' }>['why'];

/**
 * Why a model cannot serve here, whatever is asked of it: its pictures are public and the request is
 * private, or nobody filters them and the channel is not age-restricted. `undefined` where it can.
 */
export function unsuited(
  { public: isPublic, unfiltered }: Pick<Model, 'public' | 'unfiltered'>,
  { private: isPrivate, ageRestricted }: Pick<Circumstances, 'private' | 'ageRestricted'>,
): Why | undefined {
  if (isPublic && isPrivate) return 'private';
  return unfiltered && ageRestricted !== true ? 'age-restricted' : undefined;
}
