import { z } from 'zod';

/**
 * How Kidjig's image API is spoken to. Its vendor's samples fix the three paths and the header of the
 * key; what its answers look like is documented nowhere, so they are looked for in each place that the
 * documents of Kidjig's other endpoints and of the makers of its models name, in this order.
 */
export interface KidjigApi {
  /** Behind the address of the API; `{model}` and `{request_id}` are filled in. */
  readonly paths: { readonly generate: string; readonly status: string; readonly result: string };
  /** The header that carries the key, in lower case, and what stands before the key in it. */
  readonly key: { readonly header: string; readonly prefix: string };
  /** Where things stand in an answer: `data.images[].url`, where `[]` is each of a list or the thing itself. */
  readonly places: {
    readonly requestId: readonly string[];
    readonly status: readonly string[];
    readonly images: readonly string[];
  };
  /** What the words of a status mean; capitals, spaces, `-` and `_` are all one. */
  readonly words: {
    readonly waiting: readonly string[];
    readonly done: readonly string[];
    readonly failed: readonly string[];
    /** The content was refused. */
    readonly refused: readonly string[];
  };
}

export const defaultKidjigApi: KidjigApi = {
  paths: {
    generate: '/api/v1/image/generate/{model}',
    status: '/api/v1/image/status/{model}/{request_id}',
    result: '/api/v1/image/result/{model}/{request_id}',
  },
  key: { header: 'x-api-key', prefix: '' },
  places: {
    requestId: ['request_id', 'requestId', 'id', 'data.request_id', 'data.requestId', 'data.id'],
    status: ['status', 'data.status'],
    images: `data.images[].url images[].url data.images[] images[]
      data.image.url image.url data.image image
      data.output[].url output[].url data.output[] output[]
      data.imageUrl imageUrl data.imageUrls[] imageUrls[]
      data[].url data[]`.split(/\s+/),
  },
  words: {
    waiting: ['IN_QUEUE', 'queued', 'pending', 'IN_PROGRESS', 'processing'],
    done: ['COMPLETED', 'succeeded', 'Ready', 'done'],
    failed: ['FAILED', 'error', 'cancelled', 'canceled'],
    refused: ['Request Moderated', 'Content Moderated'],
  },
};

/** A word of a status, as words are compared. */
export function statusWord(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');
}

const reservedHeaders = new Set(
  `accept accept-encoding connection content-length content-type expect host
  keep-alive te trailer transfer-encoding upgrade`.split(/\s+/),
);

const placeholders = (text: string): string[] => text.match(/\{[^}]*\}?|\}/g) ?? [];

function path(needsId: boolean): z.ZodType<string, string> {
  const known = needsId ? ['{model}', '{request_id}'] : ['{model}'];
  const example = needsId ? '/image/status/{model}/{request_id}' : '/image/generate/{model}';
  return z
    .string()
    .regex(/^\/[\w.~/{}:?=&%+-]{0,499}$/, `must be a path like ${example}`)
    .refine((text) => !text.split(/[/?]/).includes('..'), 'must not contain ..')
    .refine((text) => placeholders(text).every((one) => known.includes(one)), {
      error: `knows no other placeholder than ${known.join(' and ')}`,
    })
    .refine((text) => !needsId || text.includes('{request_id}'), 'must contain {request_id}');
}

const places = z
  .array(
    z
      .string()
      .regex(/^(\[\]|[\w-]+(\[\])?)(\.[\w-]+(\[\])?)*$/, 'must be a place like data.images[].url')
      .max(200),
  )
  .min(1, 'must name at least one place');

const words = z.array(z.string().regex(/\S/, 'must not be empty').max(64));

const known = defaultKidjigApi;

/** What is left out is as in {@link defaultKidjigApi}; a list that is given stands instead of the default one. */
export const kidjigApi: z.ZodType<KidjigApi> = z
  .strictObject({
    paths: z
      .strictObject({
        generate: path(false).default(known.paths.generate),
        status: path(true).default(known.paths.status),
        result: path(true).default(known.paths.result),
      })
      .prefault({}),
    key: z
      .strictObject({
        header: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'must be the name of a header')
          .transform((name) => name.toLowerCase())
          .refine((name) => !reservedHeaders.has(name), 'must not be a header of HTTP itself')
          .default(known.key.header),
        prefix: z
          .string()
          .regex(/^[\x20-\x7e]{0,32}$/, 'must be short and plain, for example "Key "')
          .default(known.key.prefix),
      })
      .prefault({}),
    places: z
      .strictObject({
        requestId: places.default([...known.places.requestId]),
        status: places.default([...known.places.status]),
        images: places.default([...known.places.images]),
      })
      .prefault({}),
    words: z
      .strictObject({
        waiting: words.default([...known.words.waiting]),
        done: words.min(1, 'must name at least one word').default([...known.words.done]),
        failed: words.default([...known.words.failed]),
        refused: words.default([...known.words.refused]),
      })
      .prefault({})
      .superRefine((value, context) => {
        const meanings = new Map<string, string>();
        for (const [meaning, list] of Object.entries(value))
          for (const text of list) {
            const other = meanings.get(statusWord(text));
            if (other !== undefined && other !== meaning)
              context.addIssue({
                code: 'custom',
                path: [meaning],
                message: `has the word ${text}, which is among those of ${other} too`,
              });
            meanings.set(statusWord(text), meaning);
          }
      }),
  })
  .prefault({});
