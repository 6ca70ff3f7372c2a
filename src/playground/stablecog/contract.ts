/** A body of `create` as the server's decoder reads it; what is missing or `null` is `undefined`. */
export interface CreateBody {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly modelId: string | undefined;
  readonly schedulerId: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly numOutputs: number | undefined;
  readonly guidanceScale: number | undefined;
  readonly inferenceSteps: number | undefined;
  readonly seed: number | undefined;
  readonly initImageUrl: string;
  readonly maskImageUrl: string;
  readonly promptStrength: number | undefined;
}

/**
 * Reads a parsed body. Unknown fields are passed over; a known one of another type than its own spoils
 * the whole.
 *
 * @returns `undefined` where it cannot be read, which the API calls a `json_parse_error`
 */
export function readCreateBody(json: unknown): CreateBody | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const fields = new Map<string, unknown>(Object.entries(json));
  let readable = true;
  function read<T>(name: string, fits: (value: unknown) => value is T): T | undefined {
    const value = fields.get(name);
    if (value === undefined || value === null) return undefined;
    if (fits(value)) return value;
    readable = false;
    return undefined;
  }
  const body: CreateBody = {
    prompt: read('prompt', isText) ?? '',
    negativePrompt: read('negative_prompt', isText) ?? '',
    modelId: read('model_id', isUuid)?.toLowerCase(),
    schedulerId: read('scheduler_id', isUuid)?.toLowerCase(),
    width: read('width', isInt32),
    height: read('height', isInt32),
    numOutputs: read('num_outputs', isInt32),
    guidanceScale: read('guidance_scale', isNumber),
    inferenceSteps: read('inference_steps', isInt32),
    seed: read('seed', isInteger),
    initImageUrl: read('init_image_url', isText) ?? '',
    maskImageUrl: read('mask_image_url', isText) ?? '',
    promptStrength: read('prompt_strength', isNumber),
  };
  read('submit_to_gallery', (value): value is boolean => typeof value === 'boolean');
  return readable ? body : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

function isUuid(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
  );
}
