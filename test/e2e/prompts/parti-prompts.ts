import { existsSync, readFileSync } from 'node:fs';

const path = new URL('../../../../shared/specs/parti-prompts.tsv', import.meta.url);

/** Why the tests that need the prompts are skipped; empty where they are at hand. */
export const promptsAbsent = existsSync(path)
  ? ''
  : ' (skipped: ../shared/specs/parti-prompts.tsv is not there)';

/** The first so many of the PartiPrompts, in their order, each once; none where the file is absent. */
export function partiPrompts(count: number): string[] {
  if (promptsAbsent !== '') return [];
  const [, ...lines] = readFileSync(path, 'utf8').split('\n');
  const prompts = lines.map((line) => line.split('\t')[0] ?? '').filter((prompt) => prompt !== '');
  return [...new Set(prompts.slice(0, count))];
}
