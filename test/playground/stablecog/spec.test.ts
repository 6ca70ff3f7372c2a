import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { startStablecog } from '../../../src/playground/stablecog/stablecog.ts';
import { ask, get } from './ask.ts';

const file = new URL('../../../../shared/specs/stablecog.openapi.yaml', import.meta.url);

const json = z.record(z.string(), z.unknown());
const contract = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ $ref: z.string() })).optional(),
        responses: z.record(z.string(), z.object({ content: json.optional() })),
      }),
    ),
  ),
  components: z.object({
    parameters: z.record(z.string(), z.object({ name: z.string() })),
    schemas: json,
  }),
});

function read(): z.infer<typeof contract> {
  return contract.parse(parse(readFileSync(file, 'utf8')));
}

/** Checks a JSON answer of an operation against the contract. */
function validator(path: string, method: string, status: string): ValidateFunction {
  const { paths, components } = read();
  const content = paths[path]?.[method]?.responses[status]?.content?.['application/json'];
  const { schema } = z.object({ schema: json }).parse(content);
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components });
  const text = JSON.stringify(schema).replaceAll('"#/', '"api#/');
  return ajv.compile(json.parse(JSON.parse(text)));
}

describe.skipIf(!existsSync(file))(
  'against Stablecog’s own contract (skipped where ../shared/specs/stablecog.openapi.yaml is absent)',
  () => {
    const create = '/v1/image/generation/create';

    test('the stand-in answers as the contract has it', async () => {
      const api = await startStablecog({
        clock: createShiftedClock(),
        latencyMs: 0,
        windows: 'off',
        pictures: 'small',
        credits: 4,
      });
      const check = (valid: ValidateFunction, answer: unknown): void => {
        expect(valid(answer), JSON.stringify(valid.errors)).toBe(true);
      };
      const body = { prompt: 'a', negative_prompt: 'b', guidance_scale: 7.5 };
      check(validator(create, 'post', '200'), (await ask(api, body)).json);
      for (const path of [
        '/v1/image/generation/models',
        '/v1/image/generation/defaults',
        '/v1/image/generation/outputs',
        '/v1/credits',
      ]) {
        const reply = await get(api, path);
        expect(reply.status).toBe(200);
        check(validator(path, 'get', '200'), reply.json);
      }
      const bad = validator(create, 'post', '400');
      for (const wrong of ['{', { prompt: 'a', width: 1 }, { prompt: 'a', num_outputs: 4 }]) {
        const reply = await ask(api, wrong);
        expect(reply.status).toBe(400);
        check(bad, reply.json);
      }
      check(
        validator(create, 'post', '401'),
        (await ask(api, body, { authorization: 'Bearer x' })).json,
      );
      await api.close();
    });

    test('the stand-in knows every parameter of the list of outputs', async () => {
      const api = await startStablecog({ clock: createShiftedClock(), windows: 'off' });
      const { paths, components } = read();
      const path = '/v1/image/generation/outputs';
      const names = (paths[path]?.['get']?.parameters ?? []).map(
        ({ $ref }) => components.parameters[$ref.split('/').at(-1) ?? '']?.name ?? '',
      );
      expect(names.length).toBeGreaterThan(20);
      for (const name of names.filter((it) => it !== 'search' && it !== 'gallery_status')) {
        expect([name, (await get(api, `${path}?${name}=%21`)).status]).toEqual([name, 400]);
      }
      await api.close();
    });
  },
);
