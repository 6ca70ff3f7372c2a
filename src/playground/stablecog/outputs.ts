import type { KeptGeneration } from './history.ts';
import { isoTime } from './iso-time.ts';
import { fitsOf } from './output-filters.ts';

/** One output with the generation that it belongs to. */
export interface Row {
  readonly generation: KeptGeneration;
  readonly output: KeptGeneration['outputs'][number];
  /** ms since the epoch. */
  readonly createdAt: number;
}

const defaultPerPage = 50;
const maxPerPage = 300;

/**
 * `GET /v1/image/generation/outputs`: a page of the account's outputs, by the times of their
 * generations. The cursor is such a time, and what is older follows: a generation that lies across the
 * end of a page loses the rest. With `search` (here: words in common with the prompt, the most first)
 * it is a number.
 *
 * @returns the page, or what is wrong with the query
 */
export function outputsPage(
  generations: readonly KeptGeneration[],
  query: URLSearchParams,
): { readonly page: unknown } | { readonly refused: string } {
  const perPage = Number(query.get('per_page') ?? defaultPerPage);
  if (!Number.isInteger(perPage)) return { refused: 'per_page must be an integer' };
  if (perPage < 1 || perPage > maxPerPage) {
    return { refused: `per_page must be between 1 and ${maxPerPage}` };
  }
  const fits = fitsOf(query);
  if (typeof fits === 'string') return { refused: fits };
  const rows = generations.filter((it) => fits(it)).flatMap(rowsOf);
  const search = query.get('search') ?? '';
  return search === '' ? byTime(rows, query, perPage) : bySearch(rows, search, query, perPage);
}

function byTime(
  rows: readonly Row[],
  query: URLSearchParams,
  perPage: number,
): ReturnType<typeof outputsPage> {
  const cursor = query.get('cursor') ?? '';
  const before = cursor === '' ? Infinity : isoTime(cursor);
  if (before === undefined) return { refused: 'cursor must be a valid iso time string' };
  const sign = query.get('order')?.toLowerCase() === 'asc' ? 1 : -1;
  const listed = rows
    .filter(({ generation }) => generation.createdAt < before)
    .toSorted(
      (a, b) =>
        sign * (a.generation.createdAt - b.generation.createdAt || a.createdAt - b.createdAt),
    );
  const page = listed.slice(0, perPage);
  const last = page.at(-1);
  const next =
    last === undefined || listed.length <= perPage ? undefined : iso(last.generation.createdAt);
  return { page: written(page, cursor === '' ? rows.length : undefined, next) };
}

function bySearch(
  rows: readonly Row[],
  search: string,
  query: URLSearchParams,
  perPage: number,
): ReturnType<typeof outputsPage> {
  const cursor = query.get('cursor') ?? '';
  if (!/^\d*$/.test(cursor)) return { refused: 'cursor must be a valid uint' };
  const wanted = new Set(wordsOf(search));
  const score = (row: Row): number =>
    wordsOf(row.generation.order.prompt).filter((word) => wanted.has(word)).length;
  const found = rows.filter((row) => score(row) > 0).toSorted((a, b) => score(b) - score(a));
  const start = Number(cursor);
  const next = start + perPage < found.length ? start + perPage : undefined;
  const total = cursor === '' ? found.length : undefined;
  return { page: written(found.slice(start, start + perPage), total, next) };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function rowsOf(generation: KeptGeneration): Row[] {
  return generation.outputs.map((output, index) => ({
    generation,
    output,
    createdAt: generation.completedAt + index,
  }));
}

function written(
  rows: readonly Row[],
  total: number | undefined,
  next: string | number | undefined,
): unknown {
  return { total, next, outputs: rows.map((row) => writtenRow(row, rows)) };
}

function writtenRow(row: Row, page: readonly Row[]): unknown {
  const { generation } = row;
  const { order } = generation;
  const negative = { id: generation.negativePromptId, text: order.negativePrompt };
  return {
    ...writtenOutput(row),
    generation: {
      id: generation.id,
      width: order.width,
      height: order.height,
      inference_steps: order.steps,
      guidance_scale: order.guidance,
      model_id: order.model.id,
      scheduler_id: order.scheduler.id,
      prompt: { id: generation.promptId, text: order.prompt },
      ...(order.negativePrompt === '' ? {} : { negative_prompt: negative }),
      seed: order.seed,
      status: 'succeeded',
      created_at: iso(generation.createdAt),
      updated_at: iso(generation.completedAt),
      started_at: iso(generation.createdAt),
      completed_at: iso(generation.completedAt),
      ...(order.initImageUrl === '' ? {} : { init_image_url: order.initImageUrl }),
      outputs: page.filter((it) => it.generation === generation).map(writtenOutput),
    },
  };
}

function writtenOutput({ generation, output, createdAt }: Row): Readonly<Record<string, unknown>> {
  return {
    id: output.id,
    image_url: output.url,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    is_favorited: false,
    gallery_status: generation.public ? 'submitted' : 'not_submitted',
    was_auto_submitted: generation.public,
    is_public: generation.public,
    like_count: 0,
  };
}
