import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startClaid } from '../../../src/playground/claid/claid.ts';
import { readGenerateBody } from '../../../src/playground/claid/contract.ts';
import { createShiftedClock } from '../../../src/playground/clock.ts';
import { ask } from './ask.ts';

const file = new URL('../../../../shared/specs/claid-generate.openapi.json', import.meta.url);

function validator(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8'))), 'spec');
  return ajv.compile({ $ref: `spec#/components/schemas/${name}` });
}

describe.skipIf(!existsSync(file))(
  'against Claid’s own contract (skipped where ../shared/specs/claid-generate.openapi.json is absent)',
  () => {
    const edges = (values: readonly unknown[], body: (value: unknown) => unknown): unknown[] =>
      values.map(body);
    const bodies: unknown[] = [
      null,
      [],
      'text',
      {},
      ...edges(
        [
          '',
          'ab',
          'abc',
          '🐕🐕',
          '🐕🐕🐕',
          'x'.repeat(1024),
          'x'.repeat(1025),
          '🐕'.repeat(1024),
          '🐕'.repeat(1025),
          3,
          null,
        ],
        (input) => ({ input }),
      ),
      ...edges([{}, null, [], 'x', { more: 1 }], (options) => ({ input: 'abc', options })),
      ...edges([0, 1, 2, 4, 5, -1, 1.5, '1', null, true], (number_of_images) => ({
        input: 'abc',
        options: { number_of_images },
      })),
      ...edges([0, 0.999, 1, 5, 49.99, 49.999999, 50, 51, -1, '5', null], (guidance_scale) => ({
        input: 'abc',
        options: { guidance_scale },
      })),
      ...edges(
        [
          '',
          'storage://a/',
          'storage://a/b/',
          'storage://a/b c/',
          'storage://a/%zz/',
          `storage://a/${'x'.repeat(4083)}/`,
          `storage://a/${'x'.repeat(4084)}/`,
          7,
          null,
        ],
        (output) => ({ input: 'abc', output }),
      ),
      { input: 'abc', more: 1 },
      { input: 'abc', Options: {} },
    ];

    it.each(bodies.map((body) => [JSON.stringify(body).slice(0, 80), body]))(
      'takes exactly what the schema takes: %s',
      (_, body) => {
        expect('problems' in readGenerateBody(body)).toBe(!validator('GenerateRequest')(body));
      },
    );

    it('answers with what the schema promises', async () => {
      const claid = await startClaid({
        clock: createShiftedClock(),
        latencyMs: 0,
        windows: 'off',
        pictures: 'small',
        credits: 8,
      });
      const good = validator('Response_GenerateResponse_');
      const bad = validator('HttpErrorDetails');
      for (const body of [{ input: 'abc' }, { input: 'abc', output: 'storage://easel/x/' }]) {
        const reply = await ask(claid, body);
        expect(reply.status).toBe(200);
        expect(good(reply.json), JSON.stringify(good.errors)).toBe(true);
      }
      const refused = [
        await ask(claid, { input: 'abc' }),
        await ask(claid, {}),
        await ask(claid, '{'),
        await ask(claid, {}, { key: 'wrong' }),
      ];
      expect(refused.map((each) => each.status)).toEqual([402, 422, 400, 401]);
      for (const reply of refused) {
        expect(bad(reply.json), JSON.stringify(bad.errors)).toBe(true);
      }
      claid.books.creditsLeft = Infinity;
      for (const status of [403, 404, 409, 429, 500, 502, 503]) {
        claid.faults.next({ kind: 'status', status, nested: false });
        expect(bad((await ask(claid, { input: 'abc' })).json)).toBe(true);
      }
      await claid.close();
    });
  },
);
