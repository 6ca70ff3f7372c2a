import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { createContract } from '../../../../src/playground/discord/contract/contract.ts';
import type {
  Contract,
  Operation,
  UploadedFile,
} from '../../../../src/playground/discord/contract/contract.ts';

const SPEC = fileURLToPath(
  new URL('../../../../../shared/specs/discord.openapi.json', import.meta.url),
);
const hasSpec = existsSync(SPEC);

/** One rule: a body that keeps it, and one that breaks it at one place only. */
export interface Rule {
  readonly rule: string;
  readonly operation?: Operation;
  readonly passes: unknown;
  readonly fails: unknown;
  readonly files?: readonly UploadedFile[];
  /** The files of the failing request, where they differ. */
  readonly failingFiles?: readonly UploadedFile[];
  readonly path: string;
  readonly problem: RegExp;
}

/** Runs the body once without Discord's OpenAPI document and once with it, which is skipped where it is absent. */
export function withAndWithoutSpec(body: (contract: Contract) => void): void {
  describe('by our own rules', () => {
    body(createContract({}));
  });
  withSpec(body);
}

export function withSpec(body: (contract: Contract) => void): void {
  if (hasSpec) {
    describe("with Discord's OpenAPI document", () => {
      body(createContract({ openApiPath: SPEC }));
    });
  } else {
    test("with Discord's OpenAPI document", (context) => {
      context.skip('../shared/specs/discord.openapi.json is not there');
    });
  }
}

export function testRules(contract: Contract, operation: Operation, rules: readonly Rule[]): void {
  test.each(rules)('$rule', (row) => {
    const kind = row.operation ?? operation;
    const files = row.files ?? [];
    expect(contract.check(kind, row.passes, files)).toEqual([]);
    const violations = contract.check(kind, row.fails, row.failingFiles ?? files);
    expect(violations).not.toEqual([]);
    for (const violation of violations) {
      expect(violation).toMatchObject({ operation: kind, path: row.path });
    }
    expect(violations.map(({ problem }) => problem).join('\n')).toMatch(row.problem);
  });
}

export function file(index: number, filename: string): UploadedFile {
  return { name: `files[${String(index)}]`, filename, bytes: 1000, contentType: 'image/png' };
}

/** So many of something, told apart by their index. */
export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
