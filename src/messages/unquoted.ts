import type { Refusal } from '../domain/refusal.ts';

/** In place of words that may not be shown. */
const something = '…';

/** A refusal that quotes nobody's words: for where AutoMod has blocked them. */
export function unquoted(refusal: Refusal): Refusal {
  switch (refusal.reason) {
    case 'words':
      return { ...refusal, hits: [] };
    case 'option':
      return { ...refusal, given: something };
    case 'bad-word-rule':
      return { ...refusal, text: something };
    case 'not-honoured':
      return {
        ...refusal,
        options: refusal.options.map((each) => ({ ...each, given: something })),
      };
    case 'unknown-style':
      return { ...refusal, style: something };
    case 'model-not-allowed':
      return refusal.known ? refusal : { ...refusal, model: something };
    case 'style-words':
      return { ...refusal, hits: [] };
    case 'style-exists':
      return { ...refusal, style: something };
    case 'blocked-here':
    case 'stopped':
      return { ...refusal, why: null };
    default:
      return refusal;
  }
}
