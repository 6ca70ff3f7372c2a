import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const script = `
const [pacePath, clockPath] = process.argv.slice(1);
const { createPace } = await import(pacePath);
const { systemClock } = await import(clockPath);
const pace = createPace({
  clock: systemClock,
  accounts: [{ account: 'claid', windows: [{ limit: 1, windowMs: 3_600_000 }] }],
  guildConcurrent: 2,
  guildQueue: 20,
  memberConcurrent: 1,
  memberQueue: 3,
});
const controller = new AbortController();
const options = { signal: controller.signal, onPosition() {} };
await pace.take('g', 'a').run('claid', () => Promise.resolve(), options);
const waiting = pace.take('g', 'b').run('claid', () => Promise.resolve(), options);
// The second one sleeps until its departure in an hour now.
setTimeout(async () => {
  controller.abort();
  await waiting.catch(() => console.log('aborted'));
  await pace.close();
  console.log('closed');
}, 50);
`;

describe('close', () => {
  it('leaves nothing that keeps the process alive', async () => {
    const paths = ['pace/pace.ts', 'clock.ts'].map(
      (path) => new URL(`../../src/${path}`, import.meta.url).href,
    );
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, ...paths], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 20_000,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    await once(child, 'close');
    expect(output).toBe('aborted\nclosed\n');
    expect(child.exitCode).toBe(0);
  });
});
