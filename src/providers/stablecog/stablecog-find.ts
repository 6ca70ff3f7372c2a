import type { Clock } from '../../clock.ts';
import { deadline, sleep } from '../../schedule.ts';
import { jsonOf } from '../answer-body.ts';
import type { Calls } from '../call.ts';
import { fetchable } from '../fetchable.ts';
import { readOutputs, type ListedOutput } from './stablecog-answer.ts';
import { collapsed } from './stablecog-body.ts';
import type { Size } from '../size.ts';

/** What is looked for among the account's pictures. */
export interface Sought {
  /**
   * As it was sent; `undefined` where the seed alone tells, since it was drawn for this one request. The
   * API paints a translation of what was sent, and which of the two the list shows nobody knows.
   */
  readonly prompt: string | undefined;
  readonly seed: number;
  readonly modelId: string;
  readonly size: Size;
  /** When the request was sent at the earliest, ms since the epoch by our clock. */
  readonly since: number;
  /** Whether a picture of this address was handed over for another request. */
  readonly isTaken: (address: string) => boolean;
}

/** Their clock may be behind ours by so much. */
const skewMs = 30_000;
/** The most that a page may have: a generation that lies across the end of a page loses the rest. */
const perPage = 300;
const maxPages = 10;
const maxPageBytes = 4 * 1024 * 1024;
/** Of a row there are some 50, and as many again for each other picture of its generation. */
const maxPageParts = 100_000;
const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

/**
 * Looks for what was made of a request whose answer was lost, again and again with growing pauses,
 * until it is there or the time is over. What is listed has been made as a whole: a job under way
 * is not in the list, and one that failed never comes.
 *
 * @param until when it is given up, ms since the epoch
 * @returns the pictures of one generation, in the order of their making; `undefined` where nothing
 * came, or the signal was aborted
 */
export async function findMade(
  parts: { readonly calls: Calls; readonly clock: Clock; readonly path: string },
  sought: Sought,
  until: number,
  signal: AbortSignal,
): Promise<readonly ListedOutput[] | undefined> {
  const { clock } = parts;
  const limit = deadline(clock, until - clock.now(), () => new Error('not found'), signal);
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      const found = await look(parts, sought, limit.signal);
      if (found === 'no-use' || found.length > 0) return found === 'no-use' ? undefined : found;
      await sleep(clock, pauseMs, limit.signal);
    }
  } catch (error) {
    if (limit.signal.aborted) return undefined;
    throw error;
  } finally {
    limit.clear();
  }
}

/** One look at the list, page by page; `no-use` where the key may not see it. */
async function look(
  { calls, path }: { readonly calls: Calls; readonly path: string },
  sought: Sought,
  signal: AbortSignal,
): Promise<readonly ListedOutput[] | 'no-use'> {
  const found: ListedOutput[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const query = new URLSearchParams({
      per_page: String(perPage),
      order: 'desc',
      order_by: 'created_at',
      start_dt: new Date(sought.since - skewMs).toISOString(),
      model_ids: sought.modelId,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const options = { signal, maxAnswerBytes: maxPageBytes, maxParts: maxPageParts };
    const answer = await calls
      .get(`${path}?${query.toString()}`, options)
      .catch((error: unknown) => {
        if (signal.aborted) throw error;
        return undefined;
      });
    if (answer?.status === 401 || answer?.status === 403) return 'no-use';
    const read = answer?.status === 200 ? readOutputs(jsonOf(answer)) : undefined;
    // Out of reach for the moment: what was found so far may be a part only.
    if (read === undefined) return [];
    found.push(...read.outputs.filter((one) => isSought(one, sought)));
    cursor = read.next;
    if (cursor === undefined) break;
  }
  const taken = new Set(
    found.flatMap(({ image_url: address, generation }) =>
      address !== undefined && sought.isTaken(address) ? [generation.id] : [],
    ),
  );
  const newest = found.find(({ generation }) => !taken.has(generation.id))?.generation.id;
  return found.filter((one) => one.generation.id === newest).toReversed();
}

function isSought({ generation, image_url: address }: ListedOutput, sought: Sought): boolean {
  const { prompt, seed, model_id: modelId, created_at: createdAt } = generation;
  const { width = sought.size.width, height = sought.size.height } = generation;
  const at = Date.parse(createdAt ?? '');
  return (
    fetchable(address) !== undefined &&
    seed === sought.seed &&
    (sought.prompt === undefined || collapsed(prompt.text) === sought.prompt) &&
    modelId?.toLowerCase() === sought.modelId &&
    width === sought.size.width &&
    height === sought.size.height &&
    !(at < sought.since - skewMs)
  );
}
