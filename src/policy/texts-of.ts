import { negativeSent, promptSent } from '../domain/request.ts';
import type { ImageRequest } from '../domain/request.ts';

/**
 * The texts that rules on words look at: what is sent, each once. The member's own words are looked at
 * by themselves as well, so that the words of a style right beside them hide nothing.
 */
export function textsOf(
  request: Pick<ImageRequest, 'prompt' | 'negative' | 'style'>,
): readonly string[] {
  const { prompt, negative } = request;
  const texts = [promptSent(request), prompt, negativeSent(request), negative];
  return [...new Set(texts.filter((text) => text !== undefined))];
}
