import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, hurried, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({
    providers: ['claid', 'stablecog'],
    settings: { PRICES: 'claid=1, stablecog=2', STABLECOG_PLAN: 'starter' },
  });
});
afterEach(() => stage.end());

const alice = () => stage.discord.as('alice');
const both = { 'model-1': 'claid', 'model-2': 'stablecog/flux.1' };
const begin = 'Compare for 3 credits';

const states = (): unknown[] =>
  stage
    .sql("select state || ' ' || delivery as state from generations order by id")
    .map(({ state }) => state);

/** What `/compare` asks before it begins. */
function confirmation(options: Record<string, unknown> = {}): Promise<SeenMessage> {
  const asked = alice().command('compare', { prompt: 'a fox', ...both, ...options });
  return saying(asked, 'Compare 2 models?');
}

async function compared(options: Record<string, unknown> = {}): Promise<Invocation> {
  return alice().press(await confirmation(options), begin);
}

describe('/compare', () => {
  it('shows what it costs together first, for the member alone, and spends nothing', async () => {
    const message = await confirmation();
    expect(message.ephemeral).toBe(true);
    expect(message.text).toContain('Claid: 1 picture, 1 credit');
    expect(message.text).toContain('FLUX\\.1: 1 picture, 2 credits');
    expect(stage.sql('select id from generations')).toEqual([]);
  });

  it('posts one message with the pictures of each model, its price, time and settings', async () => {
    const answer = await finished(await compared());
    expect(answer.files).toHaveLength(2);
    expect(answer.ephemeral).toBe(false);
    expect(answer.text).toMatch(/### Claid\n-# 1 credit · [\d.]+ s · .*guidance 5/);
    expect(answer.text).toMatch(/### Stablecog FLUX\\\.1\n-# 2 credits · [\d.]+ s · .*seed \d+/);
    expect(answer.text).toContain('3 credits spent in all · 37 of 40 left');
    await vi.waitFor(() =>
      expect(stage.sql('select state, delivery, credits from generations order by id')).toEqual([
        { state: 'made', delivery: 'posted', credits: 1 },
        { state: 'made', delivery: 'posted', credits: 2 },
      ]),
    );
  });

  it('is run once, however often it is pressed, and by its member only', async () => {
    const message = await confirmation();
    await finished(alice().press(message, begin));
    await toldPrivately(alice().press(message, begin), 'pressed that already');
    const bob = stage.discord.as('bob').press(message, begin, { raw: true });
    await toldPrivately(bob, 'Only the member who asked');
    expect(stage.sql('select id from generations')).toHaveLength(2);
  });

  it('shows what one made and tells what became of the other', async () => {
    stage.standIns.get('stablecog')?.faults.next({ kind: 'status', status: 403 });
    const answer = await finished(await compared());
    expect(answer.files).toHaveLength(1);
    expect(answer.text).toContain('does not accept the bot’s account');
    expect(answer.text).toContain('Your 2 credits are back.');
    expect(answer.text).toContain('1 credit spent in all');
  });

  it('says so where nothing was made at all', async () => {
    stage.claid.faults.next({ kind: 'status', status: 403 });
    stage.standIns.get('stablecog')?.faults.next({ kind: 'status', status: 403 });
    const answer = await saying(await compared(), '0 credits spent in all');
    expect(answer.files).toEqual([]);
    expect(answer.buttons).toEqual([]);
  });

  it('holds all of it or nothing', async () => {
    await saying(
      stage.discord.as('mod').command('easel limit set', { credits: 2, per: 'day' }),
      'each member',
    );
    const message = await confirmation();
    await toldPrivately(alice().press(message, begin), 'never fit into it');
    expect(stage.sql('select id from generations')).toEqual([]);
  });

  it('cancels what was not sent, and shows the rest', async () => {
    const gate = Promise.withResolvers<void>();
    stage.claid.faults.next({ kind: 'hold', until: gate.promise });
    const arrived = stage.claid.next('request', ({ prompt }) => prompt === 'a fox');
    const asked = await compared();
    await arrived;
    const waiting = await saying(asked, 'Painting with 2 models');
    alice().press(waiting, 'Cancel');
    await vi.waitFor(() =>
      expect(stage.sql("select id from generations where state = 'returned'")).toHaveLength(1),
    );
    gate.resolve();
    const answer = await finished(asked);
    expect(answer.files).toHaveLength(1);
    expect(answer.text).toContain('Cancelled.');
  });

  it('is finished by the next start, each model as far as it came', async () => {
    const gate = Promise.withResolvers<void>();
    const stablecog = stage.standIns.get('stablecog');
    stablecog?.faults.next({ kind: 'hold', until: gate.promise });
    const arrived = stablecog?.next('request', ({ prompt }) => prompt === 'a fox');
    const asked = await compared();
    await arrived;
    const stopped = stage.stop();
    gate.resolve();
    await stopped;
    await stage.restart();
    const answer = await finished(asked);
    expect(answer.files).toHaveLength(2);
    expect(stage.claid.books.totalImages).toBe(1);
    expect(stablecog?.books.totalImages).toBe(1);
  });

  it('deletes the pictures of all models at once', async () => {
    const answer = await finished(await compared());
    const question = await toldPrivately(alice().press(answer, 'Delete'), 'Delete these pictures');
    await saying(alice().press(question, 'Yes, delete'), 'Deleted.');
    expect(alice().message(answer.id)).toBeUndefined();
    expect(stage.sql('select delivery from generations')).toEqual([
      { delivery: 'deleted' },
      { delivery: 'deleted' },
    ]);
  });

  it('does not wait for ever for one whose pictures cannot be fetched; they are offered later', async () => {
    const stablecog = stage.standIns.get('stablecog');
    stablecog?.faults.next({ kind: 'picture', fault: { kind: 'error', status: 503 } });
    const asked = await compared();
    await saying(asked, 'cannot be fetched at the moment');
    // The answer has less than five minutes left then.
    stage.clock.advance(10.5 * 60_000);
    const answer = await hurried(stage, finished(asked), 2_000);
    expect(answer.files).toHaveLength(1);
    expect(answer.text).toContain('I offer them privately');
    await vi.waitFor(() => expect(states()).toEqual(['made posted', 'made waiting']));
  });

  it('tells of pictures that are gone for good beside those that came', async () => {
    const stablecog = stage.standIns.get('stablecog');
    stablecog?.faults.next({ kind: 'picture', fault: { kind: 'gone' } });
    const answer = await finished(await compared());
    expect(answer.files).toHaveLength(1);
    expect(answer.text).toContain('could not be fetched from the provider');
  });

  it('is not posted twice where only half of it was written down as posted', async () => {
    const answer = await finished(await compared());
    await vi.waitFor(() => expect(states()).toEqual(['made posted', 'made posted']));
    await stage.stop();
    stage.sql(
      "update generations set delivery = 'posting', message_id = null, lease_until = 0 where id like '%-1'",
    );
    stage.clock.advance(20 * 60_000);
    await stage.restart();
    await vi.waitFor(() => expect(states()).toEqual(['made posted', 'made posted']));
    expect(
      alice()
        .sees('pictures')
        .filter(({ files }) => files.length > 0),
    ).toHaveLength(1);
    expect(alice().message(answer.id)?.files).toHaveLength(2);
  });

  it('is over where the process died before it was written down that a failure was told', async () => {
    stage.claid.faults.next({ kind: 'status', status: 403 });
    await finished(await compared());
    await vi.waitFor(() => expect(states()).toEqual(['returned none', 'made posted']));
    await stage.stop();
    stage.sql("update generations set lease_until = 0 where id like '%-0'");
    await stage.restart();
    await vi.waitFor(() =>
      expect(stage.sql('select id from generations where lease_until is not null')).toEqual([]),
    );
  });

  it('asks again where it costs more by now', async () => {
    const message = await confirmation();
    await stage.restart({ PRICES: 'claid=4, stablecog=9' });
    await toldPrivately(alice().press(message, begin), 'it would be 13 credits now');
    expect(stage.sql('select id from generations')).toEqual([]);
  });

  it('is deleted by its member long after, though the first model failed', async () => {
    stage.claid.faults.next({ kind: 'status', status: 403 });
    const answer = await finished(await compared({ private: true }));
    await vi.waitFor(() => expect(states()).toEqual(['returned none', 'made posted']));
    stage.clock.advance(20 * 60_000);
    const question = await toldPrivately(alice().press(answer, 'Delete'), 'Delete these pictures');
    await saying(alice().press(question, 'Yes, delete'), 'Deleted.');
    expect(alice().message(answer.id)).toBeUndefined();
  });

  it('tells at once where so many models can never be in line together', async () => {
    await stage.restart({ MEMBER_QUEUE: '0' });
    const asked = alice().command('compare', { prompt: 'a fox', ...both });
    await saying(asked, 'No more than 1 model can be compared here at once; you named 2');
  });

  it('is run by its own button only', async () => {
    const message = await confirmation();
    const draft = message.buttons[0]?.customId?.split(':')[2] ?? '';
    const forged = alice().press(message, `imagine:instead:${draft}`, { raw: true });
    await toldPrivately(forged, 'do not know this request');
  });

  it.each([
    ['the same model by its title', { 'model-2': 'CLAID' }, 'must be another one'],
    ['the same model twice', { 'model-2': 'claid' }, 'must be another one'],
    ['a model that there is not', { 'model-2': 'midjourney' }, 'no model called midjourney'],
    ['what one of them cannot do', { seed: 7 }, 'Claid** cannot do that'],
  ])('refuses %s before anything is spent', async (_, options, text) => {
    const asked = alice().command('compare', { prompt: 'a fox', ...both, ...options });
    expect((await saying(asked, text)).ephemeral).toBe(true);
  });
});
