import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ providers: ['claid', 'stablecog'] });
});
afterEach(() => stage.end());

const alice = () => stage.discord.as('alice');
const imagine = (options: Record<string, unknown> = {}) =>
  alice().command('imagine', { prompt: 'a fox', images: 1, ...options });

/** What the stand-in of Stablecog was last asked for. */
function order(): Record<string, unknown> {
  const last = stage.standIns
    .get('stablecog')
    ?.requests.findLast(({ prompt }) => prompt === 'a fox');
  const body: unknown = JSON.parse(last?.body ?? '{}');
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

const asked = (name: 'claid' | 'stablecog'): number =>
  stage.standIns.get(name)?.requests.filter(({ prompt }) => prompt !== undefined).length ?? 0;

describe('without a model', () => {
  it('the first provider is taken that honours all that was given', async () => {
    expect((await finished(imagine())).text).toContain('Claid · 1 picture');
    const answer = await finished(imagine({ seed: 7, aspect: '16:9' }));
    expect(answer.text).toMatch(/Stablecog .* · 1 picture · 16:9 · .*seed 7/);
    expect(order()).toMatchObject({ seed: 7, width: 1280, height: 720 });
  });

  it('what none can do is refused before anything is spent, with a button that leaves it out', async () => {
    // Claid takes no seed, and Stablecog no guidance above 30.
    const asking = imagine({ seed: 7, guidance: 45 });
    const refusal = await toldPrivately(asking, 'all of that together');
    expect(asked('claid') + asked('stablecog')).toBe(0);
    const [button] = refusal.buttons;
    expect(button?.label).toMatch(/^Make it without (seed|guidance)$/);
    expect((await finished(alice().press(refusal, button?.label ?? ''))).files).toHaveLength(1);
  });
});

describe('a model that was chosen', () => {
  it('that cannot honour an option is refused, naming what can, and made without it at a press', async () => {
    const refusal = await toldPrivately(
      imagine({ model: 'claid', seed: 7, negative: 'text' }),
      'Claid** cannot do that',
    );
    expect(refusal.text).toContain('does not take `seed`');
    expect(refusal.text).toMatch(/\*\*Stablecog .*, or \d+ more can\./);
    const answer = await finished(alice().press(refusal, 'Make it without negative and seed'));
    expect(answer.text).toContain('Claid · 1 picture');
    expect(asked('stablecog')).toBe(0);
  });

  it('is suggested while its name is typed, with its price', async () => {
    const typing = alice().complete('imagine', { model: 'flux' }, 'model');
    const choices = await typing.waitFor((seen) => seen.choices, { what: 'choices' });
    expect(choices).toContainEqual({
      name: 'Stablecog FLUX.1 · 1 credit a picture',
      value: 'stablecog/flux.1',
    });
  });

  it('whose pictures everybody can see is not private', async () => {
    const refusal = await saying(
      imagine({ model: 'stablecog/flux.1', private: true }),
      'cannot be private',
    );
    expect(refusal.text).toContain('You can choose **Claid**');
  });

  it('shows the seed that was used though none was given, and hides what is a spoiler', async () => {
    const answer = await finished(imagine({ model: 'stablecog/flux.1', spoiler: true }));
    expect(answer.text).toMatch(/seed \d+/);
    expect(answer.files.map(({ spoiler }) => spoiler)).toEqual([true]);
    expect(answer.text).toContain(`seed ${String(order()['seed'])}`);
  });
});

describe('a model that moderators deny', () => {
  it('makes nothing for those who were in line already, whose credits are back', async () => {
    const gate = Promise.withResolvers<void>();
    stage.claid.faults.next({ kind: 'hold', until: gate.promise });
    const arrived = stage.claid.next('request');
    const first = imagine({ prompt: 'a hare' });
    await arrived;
    const second = imagine({ model: 'stablecog/sdxl' });
    await saying(second, 'Next in line');
    const mod = stage.discord.as('mod');
    await saying(mod.command('easel provider deny', { model: 'stablecog' }), '**denied**');
    gate.resolve();
    await finished(first);
    const told = await saying(second, 'may not be used here any more');
    expect(told.text).toContain('Your 1 credit is back.');
    expect(asked('stablecog')).toBe(0);
  });
});

describe('a style of the server', () => {
  it('puts its words around the member’s, who see their own', async () => {
    await addStyle({ name: 'Ink', text: '{prompt}, drawn in ink', negative: '', options: '' });
    const answer = await finished(imagine({ style: 'ink' }));
    expect(answer.text).toContain('**a fox**');
    expect(answer.text).toContain('style Ink');
    const prompts = stage.claid.requests.flatMap(({ prompt }) => prompt ?? []);
    expect(prompts).toEqual(['a fox, drawn in ink']);
  });

  it('is refused where it breaks the server’s own rules on words', async () => {
    const { discord } = stage;
    await saying(discord.as('mod').command('easel word add', { text: 'ink' }), 'Added');
    const told = await addStyle({ name: 'Ink', text: 'in ink', negative: '', options: '' });
    expect(told.text).toContain('break this server’s own rules on words');
  });
});

/** Adds a style as a moderator; what they are told. */
async function addStyle(fields: Record<string, string>): Promise<SeenMessage> {
  const mod = stage.discord.as('mod');
  const opened = mod.command('easel style add');
  await opened.acknowledged;
  return saying(mod.submit(opened, fields), /style/i);
}
