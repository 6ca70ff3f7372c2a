import { z } from 'zod';
import { defaultKidjigApi, kidjigApi, type KidjigApi } from './kidjig-api.ts';
import { kidjigOptions, type KidjigOptions } from './kidjig-options.ts';

/** What the operator says of Kidjig: its models, the default first, and how its API is spoken to. */
export interface KidjigSetting {
  /** Never empty. */
  readonly models: readonly KidjigModel[];
  readonly api: KidjigApi;
}

export interface KidjigModel {
  /** What it is called in settings: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** What people call it, without the provider. */
  readonly title: string;
  /** Its id in the paths. */
  readonly path: string;
  /** Where the options stand: beside the prompt, or in an object of this name. */
  readonly body: '' | 'config';
  /**
   * Code points of the longest prompt that it takes. Where the maker counts bytes (Recraft: 1000), only
   * a quarter of them is safe for every text.
   */
  readonly promptLength: number;
  readonly options: KidjigOptions;
}

/** Together with `Kidjig ` at most 80 characters. */
const longestTitle = 73;
const longestPrompt = 1024;
const mostModels = 50;

/** The one field that is no model: how the API is spoken to. */
const apiField = 'api';

const model = z.strictObject({
  title: z
    .string()
    .trim()
    .regex(/^\P{C}+$/u, 'must be plain text')
    .max(longestTitle, `must be at most ${longestTitle} characters`),
  path: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/, 'must be the id of a model')
    .max(200)
    .exactOptional(),
  body: z.enum(['', 'config'], 'must be "" or "config"').default(''),
  promptLength: z
    .int('must be a whole number')
    .min(3, 'must be at least 3')
    .max(10_000, 'must be at most 10000')
    .default(longestPrompt),
  options: kidjigOptions.prefault({}),
});

/** One model, with nothing but what a sample of the vendor's proves: the prompt. One picture a request. */
export const defaultKidjigModels: KidjigSetting = {
  models: [
    {
      name: 'flux-pro-v1.1-ultra',
      title: 'FLUX 1.1 Pro Ultra',
      path: 'flux-pro-v1.1-ultra',
      body: '',
      promptLength: longestPrompt,
      options: {},
    },
  ],
  api: defaultKidjigApi,
};

/**
 * The setting `KIDJIG_MODELS` from its JSON: an object with a field for each model, by the model's
 * name, and where needed the field `api`. Its one issue names every mistake with model and field.
 */
export const kidjigModels: z.ZodType<KidjigSetting, string> = z
  .string()
  .transform((text, context): KidjigSetting => {
    const { setting, mistakes } = read(text);
    if (mistakes.length > 0) context.addIssue({ code: 'custom', message: mistakes.join('; ') });
    return setting;
  });

function read(text: string): { setting: KidjigSetting; mistakes: string[] } {
  const models: KidjigModel[] = [];
  const mistakes: string[] = [];
  let api = defaultKidjigApi;
  const json = parse(text);
  if ('mistake' in json) return { setting: { models, api }, mistakes: [json.mistake] };

  for (const [name, value] of Object.entries(json.fields)) {
    if (name === apiField) {
      const parsed = kidjigApi.safeParse(value);
      if (parsed.success) api = parsed.data;
      else mistakes.push(...describe(name, value, parsed.error));
      continue;
    }
    if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) {
      mistakes.push(
        `${JSON.stringify(name)} is no name of a model (letters, digits, dots, _ and -, at most 64)`,
      );
    }
    const parsed = model.safeParse(value);
    if (!parsed.success) mistakes.push(...describe(name, value, parsed.error));
    else if (models.some(({ title }) => title === parsed.data.title))
      mistakes.push(`${name}.title is that of another model`);
    else models.push({ name, path: name, ...parsed.data });
  }
  if (models.length === 0 && mistakes.length === 0) mistakes.push('must name at least one model');
  if (models.length > mostModels) mistakes.push(`must name at most ${mostModels} models`);
  return { setting: { models, api }, mistakes };
}

function parse(text: string): { fields: object } | { mistake: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { fields: value };
    }
    return { mistake: 'must be a JSON object with a field for each model' };
  } catch (error) {
    return { mistake: `is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** Each mistake as `model.field what is wrong`. */
function describe(name: string, value: unknown, error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const field = [name, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys')
      return `${field} has a field that is not known: ${issue.keys.join(', ')}`;
    const given = issue.path.reduce(fieldOf, value);
    if (given === undefined && issue.code !== 'custom') return `${field} is missing`;
    if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
      return `${field} must be ${kinds[issue.expected] ?? issue.expected}`;
    return `${field} ${issue.message}`;
  });
}

const kinds: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
};

function fieldOf(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}
