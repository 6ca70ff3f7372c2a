import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Schemas } from './schema-patches.ts';

const REF = '#/components/schemas/';

/**
 * The same schemas, stricter and with errors that a person can read: objects take no fields but those
 * they name, lists of constants become enums, and unions become "if it is of this kind, then".
 *
 * Ajv's own `discriminator` takes text tags only, and Discord's are numbers.
 */
export function rewriteSchemas(schemas: Schemas): Schemas {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, rewriteObject(schema, schemas)]),
  );
}

function rewrite(schema: unknown, schemas: Schemas): unknown {
  if (Array.isArray(schema)) return schema.map((entry: unknown) => rewrite(entry, schemas));
  return isObject(schema) ? rewriteObject(schema, schemas) : schema;
}

function rewriteObject(schema: JsonObject, schemas: Schemas): JsonObject {
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, rewrite(value, schemas)]),
  );
  return close(rewriteUnion(inner, schemas));
}

function close(schema: JsonObject): JsonObject {
  const isClosable = typesOf(schema).includes('object') && isObject(schema['properties']);
  if (!isClosable || schema['additionalProperties'] !== undefined) return schema;
  return { ...schema, additionalProperties: false };
}

function rewriteUnion(schema: JsonObject, schemas: Schemas): JsonObject {
  const { oneOf, anyOf, ...rest } = schema;
  const variants = oneOf ?? anyOf;
  if (!Array.isArray(variants) || !variants.every(isObject)) return schema;
  const constants = variants.map((variant) => variant['const']);
  if (constants.every((constant) => constant !== undefined)) return { ...rest, enum: constants };
  const union = byJsonType(variants, schemas);
  return union === undefined ? schema : { ...rest, ...union };
}

/** A union whose variants differ in JSON type (null, text, number, object), or in their tag. */
function byJsonType(variants: readonly JsonObject[], schemas: Schemas): JsonObject | undefined {
  const groups = new Map<string, JsonObject[]>();
  for (const variant of variants) {
    const types = typesOf(resolve(variant, schemas));
    if (types.length === 0) return undefined;
    for (const type of types) groups.set(type, [...(groups.get(type) ?? []), variant]);
  }
  if (groups.has('integer') && groups.has('number')) return undefined;
  const branches = [...groups].map(([type, group]) => {
    const [only] = group;
    const schema = group.length === 1 ? only : byTag(group, schemas);
    return schema === undefined ? undefined : { type, rule: when({ type }, schema) };
  });
  if (branches.includes(undefined)) return undefined;
  return {
    type: [...groups.keys()],
    allOf: branches.flatMap((branch) =>
      branch === undefined || branch.type === 'null' ? [] : [branch.rule],
    ),
  };
}

/** A union of objects that are told apart by their field `type`. */
function byTag(variants: readonly JsonObject[], schemas: Schemas): JsonObject | undefined {
  const tagged = variants.map((variant) => ({ variant, tags: tagsOf(resolve(variant, schemas)) }));
  if (tagged.some(({ tags }) => tags.length === 0)) return undefined;
  return {
    required: ['type'],
    properties: { type: { enum: tagged.flatMap(({ tags }) => tags) } },
    allOf: tagged.map(({ variant, tags }) =>
      when({ required: ['type'], properties: { type: { enum: tags } } }, variant),
    ),
  };
}

/** "If so, then", said as "if not so, else": an object with a `then` would pass for a promise. */
function when(condition: JsonObject, schema: JsonObject): JsonObject {
  return { if: { not: condition }, else: schema };
}

function tagsOf(schema: JsonObject): readonly unknown[] {
  const properties = schema['properties'];
  const tag = isObject(properties) ? properties['type'] : undefined;
  const values: unknown = isObject(tag) ? tag['enum'] : undefined;
  return Array.isArray(values) ? values : [];
}

function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((name) => typeof name === 'string') : [];
}

function resolve(schema: JsonObject, schemas: Schemas): JsonObject {
  const ref = schema['$ref'];
  if (typeof ref !== 'string' || !ref.startsWith(REF)) return schema;
  return schemas[ref.slice(REF.length)] ?? schema;
}
