/** A body that keeps the contract, with its defaults filled in. */
export interface GenerateBody {
  readonly prompt: string;
  readonly images: number;
  readonly guidance: number;
  /** `storage://name/folder/`, where one was given. */
  readonly output: string | undefined;
}

/** What is wrong with a body: dotted path → reasons. */
export type Problems = Readonly<Record<string, readonly string[]>>;

/**
 * Checks a parsed body of `POST /v1/image/generate` as Claid's contract says: unknown fields are
 * refused on both levels, characters are code points, an integer may be written `2.0`. The rule that
 * an output is `storage://name/…/` comes from the documentation's prose, the rest from the schema.
 */
export function readGenerateBody(body: unknown): GenerateBody | { readonly problems: Problems } {
  const problems = new Map<string, string[]>();
  const complain = (path: string, reason: string): void => {
    problems.set(path, [...(problems.get(path) ?? []), reason]);
  };
  if (!isObject(body)) return { problems: { body: ['value is not a valid dict'] } };
  refuseUnknown(body, ['input', 'options', 'output'], '', complain);

  const prompt = readText(body, 'input', { min: 3, max: 1024 }, complain);
  if (!('input' in body)) complain('input', 'field required');

  const output = readText(body, 'output', { min: 1, max: 4096 }, complain);
  if (output !== undefined && output !== '' && !isOutputUri(output)) {
    complain('output', 'invalid output folder, expected storage://<name>/<path>/');
  }

  let images = 4;
  let guidance = 5;
  if ('options' in body) {
    const options = body['options'];
    if (isObject(options)) {
      refuseUnknown(options, ['number_of_images', 'guidance_scale'], 'options.', complain);
      images = readImages(options, complain) ?? images;
      guidance = readGuidance(options, complain) ?? guidance;
    } else {
      complain('options', 'value is not a valid dict');
    }
  }

  if (problems.size > 0 || prompt === undefined) return { problems: Object.fromEntries(problems) };
  return { prompt, images, guidance, output };
}

type Complain = (path: string, reason: string) => void;

function refuseUnknown(
  value: Record<string, unknown>,
  known: readonly string[],
  prefix: string,
  complain: Complain,
): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) complain(`${prefix}${key}`, 'extra fields not permitted');
  }
}

function readText(
  body: Record<string, unknown>,
  field: string,
  range: { readonly min: number; readonly max: number },
  complain: Complain,
): string | undefined {
  if (!(field in body)) return undefined;
  const value = body[field];
  if (typeof value !== 'string') {
    complain(field, 'str type expected');
    return undefined;
  }
  const length = Array.from(value).length;
  if (length < range.min) complain(field, `ensure this value has at least ${range.min} characters`);
  if (length > range.max) complain(field, `ensure this value has at most ${range.max} characters`);
  return value;
}

function readImages(options: Record<string, unknown>, complain: Complain): number | undefined {
  const path = 'options.number_of_images';
  if (!('number_of_images' in options)) return undefined;
  const value = options['number_of_images'];
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    complain(path, 'value is not a valid integer');
    return undefined;
  }
  if (value < 1) complain(path, 'ensure this value is greater than or equal to 1');
  if (value > 4) complain(path, 'ensure this value is less than or equal to 4');
  return value;
}

function readGuidance(options: Record<string, unknown>, complain: Complain): number | undefined {
  const path = 'options.guidance_scale';
  if (!('guidance_scale' in options)) return undefined;
  const value = options['guidance_scale'];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    complain(path, 'value is not a valid float');
    return undefined;
  }
  if (value < 1) complain(path, 'ensure this value is greater than or equal to 1');
  if (value >= 50) complain(path, 'ensure this value is less than 50');
  return value;
}

function isOutputUri(value: string): boolean {
  // RFC 3986 characters only, which is what the schema's `format: uri` stands for.
  return /^storage:\/\/[A-Za-z0-9._~-]+\/(?:(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*\/)?$/.test(
    value,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
