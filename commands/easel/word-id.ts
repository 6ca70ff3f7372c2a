import type { GuildRules } from '../../src/domain/rule.ts';

/** Makes short names for rules on words, which people can type: `w1`, `w2` and on, beyond those in use. */
export function newWordId({ words }: GuildRules): () => string {
  const numbers = words.map(({ id }) => Number(/^w(\d{1,9})$/.exec(id)?.[1] ?? 0));
  let last = Math.max(0, ...numbers);
  return () => `w${(last += 1)}`;
}
