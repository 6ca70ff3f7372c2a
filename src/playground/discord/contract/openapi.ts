import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { isObject, pathTo } from './json.ts';
import type { Problem } from './problem.ts';
import { patchSchemas } from './schema-patches.ts';
import { rewriteSchemas } from './schema-rewrite.ts';
import type { Schemas } from './schema-patches.ts';

const DOCUMENT = 'https://discord.com/openapi.json';

/** Discord's OpenAPI document as a validator of bodies. */
export interface OpenApi {
  /** The problems of a body with a schema of `components.schemas`. Compiles it at its first use. */
  check(schema: string, body: unknown): Problem[];
}

/**
 * Reads Discord's OpenAPI document (3.1, API v10) with the patches that it needs.
 *
 * @throws where the file cannot be read or has no schemas
 */
export function readOpenApi(path: string): OpenApi {
  const schemas = rewriteSchemas(patchSchemas(schemasOf(JSON.parse(readFileSync(path, 'utf8')))));
  // `unicode: false` counts UTF-16 units, like our own rules; see textLength.
  // Its logger is off because it would call that option deprecated at every start.
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    unicode: false,
    logger: false,
  });
  formats.default(ajv);
  ajv.addFormat('snowflake', /^[0-9]{1,20}$/);
  ajv.addFormat('nonce', true);
  ajv.addSchema({ $id: DOCUMENT, components: { schemas } });
  const compiled = new Map<string, ValidateFunction>();
  return {
    check(schema, body) {
      let validate = compiled.get(schema);
      if (validate === undefined) {
        validate = ajv.compile({ $ref: `${DOCUMENT}#/components/schemas/${schema}` });
        compiled.set(schema, validate);
      }
      return validate(body) ? [] : (validate.errors ?? []).flatMap(problemOf);
    },
  };
}

function schemasOf(document: unknown): Schemas {
  const components = isObject(document) ? document['components'] : undefined;
  const schemas = isObject(components) ? components['schemas'] : undefined;
  if (!isObject(schemas)) throw new Error('the OpenAPI document has no components.schemas');
  return Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]) => (isObject(schema) ? [[name, schema]] : [])),
  );
}

function problemOf(error: ErrorObject): Problem[] {
  const path = pathOf(error.instancePath);
  const { params }: { params: Readonly<Record<string, unknown>> } = error;
  switch (error.keyword) {
    // It only says that the branch failed; the branch says why.
    case 'if':
      return [];
    case 'additionalProperties':
      return [
        {
          path: pathTo(path, String(params['additionalProperty'])),
          problem: 'is not a field that Discord knows here',
        },
      ];
    case 'required':
      return [{ path: pathTo(path, String(params['missingProperty'])), problem: 'is required' }];
    case 'type':
      return [{ path, problem: `must be ${[params['type']].flat().join(' or ')}` }];
    case 'enum':
      return [{ path, problem: `must be one of ${JSON.stringify(params['allowedValues'])}` }];
    default:
      return [{ path, problem: `${error.message ?? error.keyword}${sizeOf(error)}` }];
  }
}

/** How much it is, where the error says how much it may be. */
function sizeOf({ keyword, data }: ErrorObject): string {
  const value: unknown = data;
  if (/^(?:min|max)Length$/.test(keyword) && typeof value === 'string') {
    return `, but is ${String(value.length)}`;
  }
  if (/^(?:min|max)Items$/.test(keyword) && Array.isArray(value)) {
    return `, but has ${String(value.length)}`;
  }
  return /^(?:min|max)imum$/.test(keyword) ? `, but is ${String(value)}` : '';
}

/** A JSON pointer in our own notation: `/components/0/label` is `components[0].label`. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => pathTo(path, /^\d+$/.test(part) ? Number(part) : part), '');
}
