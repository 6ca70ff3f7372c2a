import type { Refusal } from '../../domain/refusal.ts';
import { promptPlace } from '../../domain/request.ts';
import type { GuildRules } from '../../domain/rule.ts';
import type { Style } from '../../domain/style.ts';
import { enforcedHits } from '../enforced-hits.ts';
import type { Words } from '../words.ts';

/** Where a style's own words break an enforced rule on words: each such rule once. */
export function styleWords(
  { text, negative }: Pick<Style, 'text' | 'negative'>,
  { words: rules }: Pick<GuildRules, 'words'>,
  words: Pick<Words, 'hits'>,
): Extract<Refusal, { reason: 'style-words' }> | undefined {
  const hits = enforcedHits([...aroundThePrompt(text), negative], rules, words);
  return hits.length > 0 ? { reason: 'style-words', hits } : undefined;
}

/** What stands before and after the member's words: they are no phrase together. */
function aroundThePrompt(text: string): readonly string[] {
  const at = text.indexOf(promptPlace);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + promptPlace.length)];
}
