import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** The table of the README: which part may import which others, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  policy: ['base'],
  messages: ['base'],
  providers: ['base'],
  pictures: ['base'],
  storage: ['base'],
  pace: ['base'],
  generation: ['base', 'policy'],
  discord: ['base', 'policy', 'messages', 'generation'],
  commands: ['base', 'policy', 'messages', 'generation', 'discord'],
  playground: ['base'],
};

/** Entry points see everything and are seen by nobody but each other. */
const entryPoints = [
  'src/main.ts',
  'src/run.ts',
  'src/start.ts',
  'src/open-parts.ts',
  'src/play.ts',
  'src/ledger.ts',
];

function partOf(file: string): string {
  const path = relative(root, file).split('\\').join('/');
  if (entryPoints.includes(path)) return 'entry';
  if (path.startsWith('commands/')) return 'commands';
  const [, folder, more] = path.split('/');
  if (more === undefined || folder === 'domain') return 'base';
  return folder ?? '';
}

function sources(): string[] {
  return ['src', 'commands'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, folder, name)),
  );
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path),
  );
}

describe('the layout', () => {
  const files = sources();

  it('knows every folder of src', () => {
    const parts = new Set(files.map(partOf));
    parts.delete('entry');
    expect([...parts].toSorted()).toEqual(Object.keys(mayImport).toSorted());
  });

  it.each(Object.entries(mayImport))('%s imports only what the table allows', (part, allowed) => {
    const ours = files.filter((file) => partOf(file) === part);
    expect(ours.length).toBeGreaterThan(0);
    const offences = ours.flatMap((file) =>
      importsOf(file)
        .filter((imported) => ![part, ...allowed].includes(partOf(imported)))
        .map((imported) => `${relative(root, file)} → ${relative(root, imported)}`),
    );
    expect(offences).toEqual([]);
  });

  it('keeps the README’s table the same', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/ +/g, ' ');
    for (const [part, allowed] of Object.entries(mayImport))
      if (allowed.length > 1)
        expect(readme).toContain(
          `| \`${part}\` | ${allowed.map((name) => `\`${name}\``).join(', ')} |`,
        );
  });

  it('has no file that is too long to hold one idea', () => {
    const long = files
      .map((file) => ({
        file: relative(root, file),
        lines: readFileSync(file, 'utf8').split('\n').length,
      }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });
});
