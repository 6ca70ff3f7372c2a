import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const as = (name: string) => stage.discord.as(name);
const unknown = 'do not know this request';

function pictures(name: string, channel = 'pictures'): Promise<SeenMessage> {
  return finished(
    as(name).command('imagine', { prompt: `a fox for ${name}`, images: 1 }, { channel }),
  );
}

/** The id that the buttons of an answer refer to. */
function refOf({ buttons }: SeenMessage): string {
  return buttons[0]?.customId?.split(':')[2] ?? '';
}

describe('a custom id that a changed client sends', () => {
  it('of a name that every object has is not known', async () => {
    const message = await pictures('alice');
    for (const id of ['imagine:constructor:x', 'easel:toString:x'])
      await saying(as('alice').press(message, id, { raw: true }), unknown);
  });

  it('does not lend the right to manage messages in one channel to another', async () => {
    const message = await pictures('alice');
    stage.discord.guild().setOverwrite('general', 'erin', { allow: ['ManageMessages'] });
    const own = await pictures('erin', 'general');
    const question = await toldPrivately(as('erin').press(own, 'Delete'), 'Delete these pictures');
    const id = `imagine:really-delete:${refOf(message)}`;
    await saying(as('erin').press(question, id, { raw: true }), 'Only the member who asked');
    expect(as('alice').message(message.id)?.files).toHaveLength(1);
  });

  it.each([
    ['imagine:delete', 'alice'],
    ['imagine:really-delete', 'alice'],
    ['moderate:delete', 'dave'],
    ['moderate:delete-and-block', 'dave'],
  ])('%s changes no message but its own', async (action, name) => {
    const own = await pictures('alice');
    const other = await pictures('bob');
    const pressed = as(name).press(other, `${action}:${refOf(own)}`, { raw: true });
    await toldPrivately(pressed, unknown);
    expect(as('bob').message(other.id)).toMatchObject({ text: other.text });
    expect(as('alice').message(own.id)).toMatchObject({ text: own.text });
  });

  it('does not erase a member, or show the rules, on a message that all see', async () => {
    const message = await pictures('alice');
    const erase = `privacy:erase:${as('alice').id}`;
    await toldPrivately(as('alice').press(message, erase, { raw: true }), unknown);
    for (const id of ['easel:words:0', 'easel:log:all-newest', 'easel:log-kind:any'])
      await toldPrivately(as('mod').press(message, id, { raw: true }), unknown);
    expect(as('bob').message(message.id)?.text).toBe(message.text);
  });
});

describe('the offer of fewer pictures', () => {
  const button = 'Make 2 pictures instead';

  /** A refusal with the offer, by a limit of two credits a day. */
  async function offered(): Promise<SeenMessage> {
    await saying(as('mod').command('easel limit set', { credits: 2, per: 'day' }), 'each member');
    const asked = as('alice').command('imagine', { prompt: 'a fox', images: 4 });
    return toldPrivately(asked, '2 pictures would still fit');
  }

  it('is refused for the presser alone, and leaves nothing in the channel', async () => {
    const refusal = await offered();
    const answer = await finished(as('alice').press(refusal, button));
    const again = as('alice').press(refusal, button);
    await toldPrivately(again, 'pressed that already');
    const strange = as('bob').press(refusal, button, { raw: true });
    await toldPrivately(strange, 'Only the member who asked');
    for (const pressed of [again, strange])
      await pressed.waitFor((view) => view.answer === undefined, { what: 'no placeholder' });
    const seen = as('erin').sees('pictures');
    expect(seen.map(({ id }) => id)).toEqual([answer.id]);
  });

  it('is not taken from whoever the operator has blocked since', async () => {
    const refusal = await offered();
    await stage.restart({ BLOCKED_USERS: as('alice').id });
    await toldPrivately(as('alice').press(refusal, button), 'has blocked you');
    expect(stage.claid.requests.flatMap(({ prompt }) => prompt ?? [])).toEqual([]);
  });

  it('is not taken where the bot may not post any more', async () => {
    const refusal = await offered();
    stage.discord.guild().setOverwrite('pictures', 'bot', { deny: ['AttachFiles'] });
    await toldPrivately(as('alice').press(refusal, button), 'Attach Files');
    expect(stage.claid.requests.flatMap(({ prompt }) => prompt ?? [])).toEqual([]);
  });

  it('of what was asked for in public is not run in private', async () => {
    const refusal = await offered();
    const id = `imagine:fewer-private:${refOf(refusal)}`;
    await saying(as('alice').press(refusal, id, { raw: true }), unknown);
  });
});
