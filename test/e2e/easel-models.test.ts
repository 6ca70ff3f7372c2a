import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, saying, setStage } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ providers: ['claid', 'stablecog'] });
});
afterEach(() => stage.end());

type Options = Parameters<ReturnType<Stage['discord']['as']>['command']>[1];

/** What a moderator is told, for them alone. */
async function told(subcommand: string, options: Options, text: string): Promise<SeenMessage> {
  const asked = stage.discord.as('mod').command(`easel ${subcommand}`, options);
  const answer = await saying(asked, text);
  expect(answer.ephemeral).toBe(true);
  return answer;
}

const imagine = (options: Options = {}): Invocation =>
  stage.discord.as('alice').command('imagine', { prompt: 'a fox', images: 1, ...options });

async function offered(subcommand: string, option: string, text: string) {
  const mod = stage.discord.as('mod');
  const typing = mod.complete(`easel ${subcommand}`, { [option]: text }, option);
  await typing.acknowledged;
  return typing.choices?.map(({ value }) => value);
}

describe('what a moderator sets on models', () => {
  it('decides which serve, and which is tried first, and survives a restart', async () => {
    const shown = await told('provider list', {}, '**Claid** is tried first');
    await saying(stage.discord.as('mod').press(shown, 'More'), '6–');
    expect(await offered('provider deny', 'model', 'all of')).toEqual(['stablecog']);
    await told('provider default', { model: 'stablecog/flux.1' }, '→ **stablecog\\/flux\\.1**');
    expect((await finished(imagine())).text).toContain('Stablecog FLUX\\.1 · 1 picture');

    await told('provider deny', { model: 'stablecog' }, 'is denied now, so Claid is tried first');
    const refused = await saying(
      imagine({ model: 'stablecog/flux.1' }),
      '**Stablecog FLUX\\.1** is not allowed on this server',
    );
    expect(refused.ephemeral).toBe(true);
    await stage.restart();
    expect((await finished(imagine())).text).toContain('Claid · 1 picture');
    await told('show', {}, '- denied: All of Stablecog');

    await told('provider clear', { rule: 'stablecog' }, 'denied → **not set**');
    expect((await finished(imagine({ prompt: 'an owl' }))).text).toContain(
      'Stablecog FLUX\\.1 · 1 picture',
    );
    await told('provider failover', { on: true }, 'no → **yes**');
    await told('provider list', {}, 'Another model stands in');
  });
});

describe('a style that a moderator makes', () => {
  it('is told what is wrong with it at once, is kept then, and puts its words around the member’s', async () => {
    const { discord } = stage;
    const mod = discord.as('mod');
    const opened = mod.command('easel style add');
    await opened.acknowledged;
    const wrong = await saying(
      mod.submit(opened, { name: 'Ink', text: '{prompt}, in ink', options: 'aspect 7:1, steps 0' }),
      'there are 2 problems',
    );
    expect(wrong.ephemeral).toBe(true);
    expect(wrong.text).toContain('{prompt}, in ink');
    const again = mod.command('easel style add');
    await again.acknowledged;
    await saying(
      mod.submit(again, { name: 'Ink', text: '{prompt}, in ink', options: 'aspect 16:9' }),
      'Added the style **Ink**',
    );
    const answer = await finished(imagine({ style: 'ink' }));
    expect(answer.text).toContain('style Ink');
    await told('style list', {}, '**Ink** · aspect 16\\:9');
  });

  it('is changed in a form that holds what there is, also after a restart, and removed', async () => {
    const { discord } = stage;
    const mod = discord.as('mod');
    const opened = mod.command('easel style add');
    await opened.acknowledged;
    await saying(mod.submit(opened, { name: 'Ink', text: '{prompt}, in ink' }), 'Added the style');
    expect(await offered('style edit', 'style', 'in')).toEqual(['Ink']);
    const edit = mod.command('easel style edit', { style: 'ink' });
    await edit.acknowledged;
    await saying(mod.submit(edit, { name: 'Oil' }), '- name: Ink → **Oil**');
    await finished(imagine({ style: 'oil' }));
    expect(stage.claid.requests.flatMap(({ prompt }) => prompt ?? [])).toEqual(['a fox, in ink']);

    await stage.restart();
    const shown = await told('style edit', { style: 'oil' }, '**Oil**\n-# Text:');
    const form = mod.press(shown, 'Change it');
    await form.acknowledged;
    await saying(mod.submit(form, { text: '{prompt}, in oil' }), '- text: \\{prompt\\}');
    await told('style remove', { style: 'OIL' }, 'Removed the style **Oil**');
    await told('log show', { kind: 'change' }, 'Removed the style');
    const bob = discord.as('bob');
    const late = bob.submit(form, { text: 'mine' }, { raw: true });
    await saying(late, 'Manage Server');
  });
});
