import { officialError } from './official-error.ts';
import type { Family } from './official-family.ts';
import type { Refused } from './order.ts';

const everyModels = ['prompt', 'model', 'n', 'size', 'quality', 'user'];
const mostPixels = 3840 * 2160;

/** What a field may be; `null` counts as left out. */
interface FieldRule {
  readonly name: string;
  readonly is: 'string' | 'integer' | 'boolean';
  readonly min?: number;
  readonly max?: number;
  readonly among?: readonly string[];
}

function rulesOf(family: Family): readonly FieldRule[] {
  return [
    { name: 'prompt', is: 'string' },
    { name: 'n', is: 'integer', min: 1, max: family.mostImages },
    { name: 'size', is: 'string' },
    { name: 'quality', is: 'string', among: family.qualities },
    { name: 'user', is: 'string' },
    { name: 'response_format', is: 'string', among: ['url', 'b64_json'] },
    { name: 'output_format', is: 'string', among: ['png', 'jpeg', 'webp'] },
    { name: 'output_compression', is: 'integer', min: 0, max: 100 },
    { name: 'background', is: 'string', among: ['transparent', 'opaque', 'auto'] },
    { name: 'moderation', is: 'string', among: ['low', 'auto'] },
    { name: 'style', is: 'string', among: ['vivid', 'natural'] },
    { name: 'stream', is: 'boolean' },
    { name: 'partial_images', is: 'integer', min: 0, max: 3 },
  ];
}

/** The first thing that is wrong with a body for a model of that family, as OpenAI says it. */
export function officialProblem(
  fields: ReadonlyMap<string, unknown>,
  family: Family,
): Refused | undefined {
  const known = [...everyModels, ...family.fields];
  const unknown = [...fields.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined)
    return officialError(400, `Unknown parameter: '${unknown}'.`, {
      param: unknown,
      code: 'unknown_parameter',
    });
  for (const rule of rulesOf(family)) {
    const value = fields.get(rule.name);
    const problem = value === undefined || value === null ? undefined : brokenRule(rule, value);
    if (problem !== undefined) return problem;
  }
  return promptProblem(fields.get('prompt'), family) ?? sizeProblem(fields.get('size'), family);
}

function brokenRule(rule: FieldRule, value: unknown): Refused | undefined {
  const { name, is, min = -Infinity, max = Infinity, among } = rule;
  const fits = is === 'integer' ? Number.isInteger(value) : typeof value === is;
  const invalid = (message: string, code: string): Refused =>
    officialError(400, message, { param: name, code });
  if (!fits) return invalid(`Invalid type for '${name}': expected a ${is}.`, 'invalid_type');
  if (typeof value === 'number' && value < min)
    return invalid(
      `Invalid '${name}': integer below minimum value. Expected a value >= ${min}.`,
      'integer_below_min_value',
    );
  if (typeof value === 'number' && value > max)
    return invalid(
      `Invalid '${name}': integer above maximum value. Expected a value <= ${max}.`,
      'integer_above_max_value',
    );
  return among === undefined || among.some((it) => it === value)
    ? undefined
    : notAmong(name, among);
}

function notAmong(name: string, among: readonly string[]): Refused {
  return officialError(
    400,
    `Invalid value for '${name}'. Supported values are: ${among.join(', ')}.`,
    {
      param: name,
      code: 'invalid_value',
    },
  );
}

function promptProblem(prompt: unknown, { mostPrompt }: Family): Refused | undefined {
  if (typeof prompt !== 'string' || prompt === '')
    return officialError(400, "Missing required parameter: 'prompt'.", {
      param: 'prompt',
      code: 'missing_required_parameter',
    });
  const { length } = Array.from(prompt);
  if (length <= mostPrompt) return undefined;
  return officialError(
    400,
    `Invalid 'prompt': string too long. Expected a string with maximum length ${mostPrompt}, but got a string with length ${length} instead.`,
    { param: 'prompt', code: 'string_above_max_length' },
  );
}

function sizeProblem(size: unknown, family: Family): Refused | undefined {
  if (typeof size !== 'string' || family.sizes.includes(size)) return undefined;
  const [, width = 0, height = 0] = (/^(\d{2,4})x(\d{2,4})$/.exec(size) ?? []).map(Number);
  const isGood =
    width > 0 &&
    width % 16 === 0 &&
    height % 16 === 0 &&
    Math.max(width, height) <= 3 * Math.min(width, height) &&
    width * height <= mostPixels;
  return family.anySize && isGood ? undefined : notAmong('size', family.sizes);
}
