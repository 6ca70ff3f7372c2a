import type { GuildEvent } from '../../src/domain/guild-log.ts';

/** What the log can be narrowed to. */
export const logKinds = [
  'all',
  'generation',
  'refusal',
  'deletion',
  'change',
] as const satisfies readonly ('all' | GuildEvent['kind'])[];

export type LogKind = (typeof logKinds)[number];
