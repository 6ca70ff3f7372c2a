import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { createLog, type Log } from '../../src/log.ts';
import { checkKey } from '../../src/providers/check-key.ts';
import { createClaid } from '../../src/providers/claid/claid.ts';
import { StartError } from '../../src/start-error.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { answer, startScriptedApi, type ScriptedApi } from './scripted-api.ts';

const apiKey = 'key-4711-secret';
const clock = createHurriedClock();
let api: ScriptedApi;
let provider: Provider;
let log: Log;
let lines: string[];

beforeEach(async () => {
  api = await startScriptedApi();
  const claid = createClaid({ apiKey, apiUrl: api.url, windows: [], timeoutMs: 60_000, clock });
  // Any provider's: what it is called is its own affair.
  provider = { ...claid, title: 'Easelry', keySetting: 'EASELRY_API_KEY' };
  lines = [];
  const destination = { write: (line: string) => void lines.push(line) };
  log = createLog({ level: 'info', secrets: [], destination });
});
afterEach(async () => {
  await provider.close();
  await api.close();
});

describe('a key', () => {
  it('that the API accepts is passed over in silence', async () => {
    api.script = ({ socket }) => socket.write(answer(200, '{}'));
    await checkKey(provider, systemClock, log);
    expect(lines).toEqual([]);
  });

  it('that is wrong stops the start, naming the setting that holds it', async () => {
    api.script = ({ socket }) => socket.write(answer(401, '{}'));
    const error: unknown = await checkKey(provider, systemClock, log).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StartError);
    expect(error).toHaveProperty(
      'message',
      'Easelry does not accept the key in EASELRY_API_KEY (401). Copy it anew from your Easelry account, without spaces.',
    );
  });

  it('is given the benefit of the doubt, with a warning, where the API is in trouble', async () => {
    api.script = ({ socket }) => socket.write(answer(500, '{}'));
    await checkKey(provider, systemClock, log);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      msg: 'Easelry could not be asked whether the key is good; going on',
    });
  });

  it('is not waited for longer than 10 s', async () => {
    const asked: number[] = [];
    const impatient = {
      ...clock,
      setTimer(run: () => void, afterMs: number) {
        asked.push(afterMs);
        // Only when the API has been asked: it never answers.
        if (afterMs === 10_000) void api.next().then(run);
        return () => undefined;
      },
    };
    await checkKey(provider, impatient, log);
    expect(asked).toEqual([10_000]);
    expect(lines).toHaveLength(1);
    await api.requests[0]?.closed;
  });
});
