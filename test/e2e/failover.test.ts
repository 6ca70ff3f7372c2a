import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateFault } from '../../src/playground/image-api/faults.ts';
import { finished, saying, setStage, untilLogged } from './stage.ts';
import type { Settings, Stage } from './stage.ts';

let stage: Stage;
/** Whether the bot can know all that was charged. */
let books: 'equal' | 'differ';
beforeEach(() => {
  books = 'equal';
});
afterEach(() => stage.end({ books }));

/** Claid first, at a credit a picture, Stablecog behind it at two. */
async function open(options: { failover: boolean; settings?: Settings }): Promise<void> {
  stage = await setStage({
    providers: ['claid', 'stablecog'],
    settings: {
      PRICES: 'claid=1, stablecog=2',
      ...options.settings,
    },
  });
  if (!options.failover) return;
  const asked = stage.discord.as('mod').command('easel provider failover', { on: true });
  await saying(asked, '**yes**');
}

const imagine = (prompt = 'a fox', options: Record<string, unknown> = {}) =>
  stage.discord.as('alice').command('imagine', { prompt, images: 2, ...options });

const charged = (name: 'claid' | 'stablecog'): number =>
  stage.standIns.get(name)?.books.totalImages ?? 0;

const noCredits: GenerateFault = { kind: 'status', status: 402 };

describe('where the server allows that another model stands in', () => {
  it.each<[string, GenerateFault]>([
    ['has no credits', noCredits],
    ['does not know the key', { kind: 'status', status: 401 }],
    ['does not let the key do this', { kind: 'status', status: 403 }],
  ])('the next one makes it at its own price when the first %s', async (_, fault) => {
    await open({ failover: true });
    stage.claid.faults.next(fault);
    const answer = await finished(imagine());
    expect(answer.files).toHaveLength(2);
    expect(answer.text).toContain('Claid could not be had just now');
    expect(answer.text).toContain('Stablecog');
    expect(answer.text).toContain('4 credits spent · 36 of 40 left');
    expect([charged('claid'), charged('stablecog')]).toEqual([0, 2]);
  });

  it('the next requests go straight to it while the account rests', async () => {
    await open({ failover: true });
    stage.claid.faults.next(noCredits);
    await finished(imagine());
    const posted = stage.claid.requests.length;
    const answer = await finished(imagine('a boat'));
    expect(answer.text).toContain('Claid could not be had just now');
    expect(stage.claid.requests).toHaveLength(posted);
  });

  it('content that one refuses is not taken to the next', async () => {
    await open({ failover: true });
    stage.claid.faults.next({ kind: 'status', status: 422, message: 'not this' });
    await saying(imagine(), 'does not accept this request');
    expect(charged('stablecog')).toBe(0);
  });

  it('what may have been made is not asked for again', async () => {
    await open({ failover: true });
    books = 'differ';
    stage.claid.faults.next({ kind: 'cut', when: 'after-charging' });
    await saying(imagine(), 'may still have been made');
    expect(charged('stablecog')).toBe(0);
    expect(charged('claid')).toBe(2);
  });

  it('an option that the others do not take is not left out', async () => {
    await open({ failover: true });
    stage.claid.faults.next(noCredits);
    // Stablecog goes to 30.
    await saying(imagine('a fox', { guidance: 45 }), 'no credits left');
    expect(charged('stablecog')).toBe(0);
  });

  it('the first failure is told where the stand-in costs more than the limits allow', async () => {
    await open({ failover: true, settings: { MEMBER_CREDITS_PER_DAY: '3' } });
    stage.claid.faults.next(noCredits);
    await saying(imagine(), 'no credits left');
    expect(charged('stablecog')).toBe(0);
    expect(stage.sql("select state from generations where state <> 'returned'")).toEqual([]);
  });

  it('the last failure is told where the stand-in fails too', async () => {
    await open({ failover: true });
    stage.claid.faults.next(noCredits);
    stage.standIns.get('stablecog')?.faults.next({ kind: 'status', status: 401 });
    await saying(imagine(), 'does not accept the bot’s account');
    const rows = stage.sql('select provider, state, instead_of from generations order by id');
    expect(rows).toEqual([
      { provider: 'claid', state: 'returned', instead_of: null },
      { provider: 'stablecog', state: 'returned', instead_of: 'Claid' },
    ]);
  });

  it('a restart between the two finishes with the second', async () => {
    await open({ failover: true });
    const gate = Promise.withResolvers<void>();
    stage.claid.faults.next(noCredits);
    const stablecog = stage.standIns.get('stablecog');
    stablecog?.faults.next({ kind: 'hold', until: gate.promise });
    const arrived = stablecog?.next('request', ({ prompt }) => prompt === 'a fox');
    const asked = imagine();
    await arrived;
    const stopped = stage.stop();
    gate.resolve();
    await stopped;
    await stage.restart();
    const answer = await finished(asked);
    expect(answer.text).toContain('Claid could not be had just now');
    expect(charged('stablecog')).toBe(2);
  });
});

describe('where it does not', () => {
  it('the member is told, and nothing is asked elsewhere', async () => {
    await open({ failover: false });
    stage.claid.faults.next(noCredits);
    await saying(imagine(), 'no credits left');
    await saying(imagine('a boat'), 'does not accept this bot’s account at the moment');
    expect(charged('stablecog')).toBe(0);
  });
});

describe('a provider that fails again and again', () => {
  it('is left alone for a minute, after which one request tries it; the operator is told', async () => {
    await open({ failover: false, settings: { MEMBER_CREDITS_PER_DAY: '100' } });
    stage.claid.faults.next({ kind: 'status', status: 503 }, 5);
    for (let n = 1; n <= 5; n += 1) await saying(imagine(`fox ${n}`), 'may still have been made');
    const posted = stage.claid.requests.length;
    const refused = await saying(imagine('a sixth'), 'Claid** does not answer at the moment');
    expect(refused.ephemeral).toBe(true);
    expect(stage.claid.requests).toHaveLength(posted);
    stage.clock.advance(61_000);
    expect((await finished(imagine('a boat'))).files).toHaveLength(2);
    await untilLogged(stage, 'Claid answers again.');
    const notices = stage.logged().flatMap(({ notice }) => notice ?? []);
    expect(notices).toEqual(['provider-out', 'provider-back']);
  });
});
