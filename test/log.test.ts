import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createLog, passwordsIn } from '../src/log.ts';

/** Lines of a log, with what it was given. */
function logging(secrets: readonly string[]) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, log: createLog({ level: 'trace', secrets, destination }) };
}

describe('a log', () => {
  const secret = 'hunter2-hunter2';

  it.each([
    ['in a message', (log) => log.info(`it is ${secret}`)],
    ['in a value', (log) => log.info({ deep: { deeper: [{ deepest: secret }] } }, 'x')],
    ['in a name', (log) => log.info({ [secret]: 1 }, 'x')],
    ['in an error', (log) => log.error({ err: new Error(`no ${secret}`) }, 'x')],
    [
      'in an error’s cause',
      (log) => log.error({ err: new Error('x', { cause: new Error(secret) }) }),
    ],
    ['in an error that is the line', (log) => log.error(new Error(secret))],
    ['in a child’s bindings', (log) => log.child({ at: secret }).info('x')],
  ] satisfies [string, (log: ReturnType<typeof createLog>) => void][])(
    'hides a secret %s',
    (_, write) => {
      const { log, lines } = logging([secret]);
      write(log);
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain('hunter2');
      expect(() => JSON.parse(lines[0] ?? '') as unknown).not.toThrow();
    },
  );

  it.each([
    'with"quotes"in',
    'with\\backslashes\\in',
    'with/a?query&in',
    'with spaces and ünïcode',
  ])('hides a secret %s, as it stands in JSON and in an address too', (odd) => {
    const { log, lines } = logging([odd]);
    log.info({ value: odd, address: `https://x/?q=${encodeURIComponent(odd)}` }, odd);
    const text = lines.join('');
    expect(text).not.toContain(JSON.stringify(odd).slice(1, -1));
    expect(text).not.toContain(encodeURIComponent(odd));
    expect(JSON.parse(text)).toMatchObject({ value: '[hidden]', msg: '[hidden]' });
  });

  it('hides values under telling names, wherever they stand', () => {
    const { log, lines } = logging([]);
    for (const name of ['token', 'key', 'apiKey', 'authorization', 'prompt'])
      log.info({ [name]: 'v1', one: { [name]: 'v2', two: { [name]: 'v3' } } }, 'x');
    expect(lines.join('')).not.toMatch(/v[123]/);
  });

  it('hides interaction tokens in addresses, in whatever they stand', () => {
    const { log, lines } = logging([]);
    const token = 'aW50ZXJhY3Rpb246MTIz-_x';
    const addresses = [
      `https://discord.com/api/v10/webhooks/123/${token}/messages/@original`,
      `/webhooks/123/${token}`,
      `/webhooks/123/${token}?wait=true`,
      `/interactions/123/${token}/callback`,
    ];
    for (const address of addresses) {
      log.info(address);
      log.info({ path: address, text: `"${address}"` });
      log.error({ err: new Error(`failed: ${address}`) });
    }
    expect(lines.join('')).not.toContain(token);
  });

  it('says of an error from Discord what it was, not where to or what with', () => {
    const { log, lines } = logging([]);
    const error = new DiscordAPIError(
      { code: 50035, message: 'Invalid Form Body' },
      50035,
      400,
      'PATCH',
      'https://discord.com/api/v10/webhooks/123/tttttttttt/messages/@original',
      { body: { content: 'the words of a member' }, files: undefined },
    );
    log.warn({ err: error }, 'a post failed');
    expect(lines[0]).toContain('50035');
    expect(lines[0]).not.toMatch(/tttttttttt|words of a member/);
  });

  it('survives what is no error at all, and causes that go round in circles', () => {
    const { log, lines } = logging([]);
    const circle = new Error('one');
    circle.cause = new Error('two', { cause: circle });
    log.error({ err: circle }, 'x');
    log.error({ err: 'secret words' }, 'x');
    log.error({ err: { response: { data: 'secret words' } } }, 'x');
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toContain('secret words');
  });

  it.each([
    ['postgres://easel:hunter2@127.0.0.1:5432/easel', ['hunter2']],
    ['postgres://easel:p%40ss%2Fword@db/easel', ['p%40ss%2Fword', 'p@ss/word']],
    ['postgres://easel:p@ss/word@db/easel', ['p@ss/word']],
    ['postgres://db/easel?user=easel&password=hunter2&sslmode=require', ['hunter2']],
    ['redis://:hunter2@127.0.0.1:6379', ['hunter2']],
    ['postgres://easel:50%off@db/easel', ['50%off']],
    ['postgres://easel@db/easel', []],
    ['file:data/easel.db', []],
  ])('is told the passwords of %s', (address, passwords) => {
    expect(passwordsIn(address)).toEqual(passwords);
    const { log, lines } = logging(passwordsIn(address));
    log.error({ err: new Error(`cannot connect to ${address}`) }, address);
    for (const password of passwords) expect(lines.join('')).not.toContain(password);
  });
});
