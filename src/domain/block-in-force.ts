import type { Block } from './rule.ts';

/** The block that holds for a member at the moment; `null` where there is none. */
export function blockInForce(
  blocks: ReadonlyMap<string, Block>,
  memberId: string,
  now: number,
): Block | null {
  const block = blocks.get(memberId);
  return block && holds(block, now) ? block : null;
}

/** Whether a block has not ended. */
export function holds({ until }: Block, now: number): boolean {
  return until === null || until > now;
}
