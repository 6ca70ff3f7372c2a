import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';

const file = new URL('../../../../shared/specs/openai-images.openapi.json', import.meta.url);

/** Whether OpenAI's own document is at hand. */
export const hasContract = existsSync(file);

/** A check against one of the schemas of OpenAI's own document. */
export function contractOf(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addFormat('unixtime', true);
  // A word of OpenAPI 3.0 that 3.1 does not have; without it `null` is no value.
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
    key === 'nullable' ? undefined : value,
  );
  ajv.addSchema(z.looseObject({}).parse(document), 'spec');
  return ajv.compile({ $ref: `spec#/components/schemas/${name}` });
}
