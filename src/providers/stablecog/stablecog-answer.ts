import { z } from 'zod';
import { shortList } from '../short-list.ts';

/** Stablecog makes 4 at most; a great many are no answer of Stablecog's. */
const maxPictures = 16;
/** A page has 300 pictures at the most, and there are a dozen models. */
const maxListed = 1000;

// A wrong field spoils itself only, so that nothing that was paid for is lost for its sake.
const text = z.string().min(1).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const whole = z.int().optional().catch(undefined);

const picture = z.object({ url: text, image_url: text }).catch({});
const settings = z
  .object({
    model_id: text,
    scheduler_id: text,
    width: whole,
    height: whole,
    num_outputs: z.int().min(0).max(maxPictures).optional().catch(undefined),
    guidance_scale: number,
    inference_steps: whole,
    seed: whole,
  })
  .catch({});
const generated = z.object({
  outputs: shortList(picture, maxPictures),
  remaining_credits: number,
  settings: settings.optional(),
});

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
const scheduler = z.object({ id: uuid, name: z.string().min(1).max(80) });
const model = z.object({
  id: uuid,
  name: z.string().min(1).max(200),
  is_default: z.boolean().catch(false),
  available_schedulers: z
    .array(scheduler.optional().catch(undefined))
    .catch([])
    .transform((all) => all.flatMap((one) => one ?? [])),
  default_width: whole,
  default_height: whole,
});
const models = z.object({ models: shortList(model.optional().catch(undefined), maxListed) });
const defaults = z.object({ model_id: text, guidance_scale: number, prompt_strength: number });
const credits = z.object({ total_remaining_credits: z.number() });

const listed = z.object({
  image_url: text,
  generation: settings.unwrap().extend({
    id: z.string().min(1),
    prompt: z.object({ text: z.string() }),
    created_at: text,
  }),
});
const outputs = z.object({
  outputs: shortList(listed.optional().catch(undefined), maxListed),
  next: z
    .union([z.string().min(1), z.number()])
    .optional()
    .catch(undefined),
});
const fault = z.object({ error: z.string().min(1) });

/** Where one picture is; both may be missing. */
export type StablecogPicture = z.infer<typeof picture>;
/** What was really used, as far as it is told. */
export type StablecogSettings = z.infer<typeof settings>;
/** A model of Stablecog's list. */
export type ListedModel = z.infer<typeof model>;
/** What Stablecog uses where nothing is said. */
export type StablecogDefaults = z.infer<typeof defaults>;
/** One picture of the account's, with the generation that it belongs to. */
export type ListedOutput = z.infer<typeof listed>;

/**
 * A 200 of `POST /v1/image/generation/create`; there may be fewer pictures than asked for, or none.
 * Source: Stablecog's OpenAPI document, `CreateGenerationResponse`, and its server for `image_url`.
 * @returns `undefined` where it cannot be read
 */
export function readGenerated(json: unknown): z.infer<typeof generated> | undefined {
  return generated.safeParse(json).data;
}

/** The list of models, without what cannot be read; `undefined` where nothing is left. */
export function readModels(json: unknown): readonly ListedModel[] | undefined {
  const list = models.safeParse(json).data?.models.flatMap((one) => one ?? []);
  return list === undefined || list.length === 0 ? undefined : list;
}

/** `undefined` where nothing of it can be read. */
export function readDefaults(json: unknown): StablecogDefaults | undefined {
  const read = defaults.safeParse(json).data ?? {};
  return Object.values(read).every((value) => value === undefined) ? undefined : read;
}

/** Credits left in all, of `GET /v1/credits`; `undefined` where it cannot be read. */
export function readCredits(json: unknown): number | undefined {
  return credits.safeParse(json).data?.total_remaining_credits;
}

/**
 * A page of the account's pictures, without those that cannot be read, and where the next one begins.
 * Source: Stablecog's OpenAPI document, `GenerationQueryWithOutputsMeta`.
 * @returns `undefined` where it cannot be read
 */
export function readOutputs(
  json: unknown,
): { readonly outputs: readonly ListedOutput[]; readonly next: string | undefined } | undefined {
  const page = outputs.safeParse(json).data;
  if (page === undefined) return undefined;
  return { outputs: page.outputs.flatMap((one) => one ?? []), next: page.next?.toString() };
}

/** What an error body says, a code or a sentence; `undefined` where it says nothing readable. */
export function readFault(json: unknown): string | undefined {
  return fault.safeParse(json).data?.error;
}
