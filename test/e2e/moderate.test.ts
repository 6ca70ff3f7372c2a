import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientRefused } from '../../src/playground/discord/control.ts';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import { finished, holding, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

const hourMs = 3_600_000;
const menu = 'Easel: moderate';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

const as = (name: string) => stage.discord.as(name);
/** Pictures for somebody, once the bot knows which message shows them. */
async function asked(name: string, prompt: string, options = {}): Promise<SeenMessage> {
  const answer = await finished(as(name).command('imagine', { prompt, images: 1, ...options }));
  const known = `select id from generations where message_id = '${answer.id}'`;
  await vi.waitFor(() => {
    expect(stage.sql(known)).toHaveLength(1);
  });
  return answer;
}
/** A refusal for the member alone, at once or after the acknowledgement. */
const refused = (name: string, told: string, options = {}): Promise<SeenMessage> =>
  as(name)
    .command('imagine', { prompt: 'never made', images: 1, ...options })
    .waitFor(
      ({ answer, followUps }: Invocation) =>
        [answer, ...followUps].find((seen) => seen?.ephemeral && seen.text.includes(told)),
      { what: `a refusal that says ${told}` },
    );
const moderated = (subcommand: string, options: Record<string, string | number>, told: string) =>
  saying(as('dave').command(`moderate ${subcommand}`, options), told);
const logged = (kind: string): Record<string, unknown>[] =>
  stage.sql(`select by_id, event from guild_log where kind = '${kind}' order by id`);

describe('/moderate block and unblock', () => {
  it('keeps a member from pictures until the time is over, with the reason', async () => {
    const options = { member: 'alice', until: 'day', reason: 'too *much*' };
    const answer = await moderated('block', options, 'not blocked → **blocked until <t:');
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain(String.raw`(too \*much\*)`);
    const told = await refused('alice', 'have blocked you from asking for pictures until <t:');
    expect(told.text).toContain(String.raw`They say: too \*much\*`);
    await asked('bob', 'picture 1');
    stage.clock.advance(24 * hourMs + 1_000);
    await asked('alice', 'picture 2');
  });

  it('is lifted before its time, once', async () => {
    await moderated('block', { member: 'alice' }, '**blocked until lifted**');
    stage.clock.advance(1_000 * hourMs);
    await refused('alice', 'have blocked you');
    await moderated('unblock', { member: 'alice' }, 'blocked until lifted → **not blocked**');
    await asked('alice', 'picture 3');
    await moderated('unblock', { member: 'alice' }, 'so nothing was changed');
    expect(logged('change').map(({ by_id }) => by_id)).toEqual([as('dave').id, as('dave').id]);
  });

  it('replaces an earlier block, of somebody who left too', async () => {
    stage.discord.guild().removeMember('bob');
    await moderated('block', { member: 'bob', until: 'hour' }, 'not blocked → **blocked');
    await moderated('block', { member: 'bob', until: 'week' }, 'blocked until <t:');
    await moderated('unblock', { member: 'bob' }, '**not blocked**');
  });

  it('is told to the second of two moderators at once as the first left it', async () => {
    const block = (name: string, until: string) =>
      saying(as(name).command('moderate block', { member: 'alice', until }), '**blocked until <t:');
    const answers = await Promise.all([block('dave', 'day'), block('mod', 'week')]);
    const first = answers.filter(({ text }) => text.includes(': not blocked →'));
    const second = answers.filter(({ text }) => text.includes(': blocked until <t:'));
    expect([first.length, second.length]).toEqual([1, 1]);
    expect(logged('change')).toHaveLength(2);
  });

  it('is not for bots, nor for oneself', async () => {
    await moderated('block', { member: 'Jukebox' }, 'That is a bot.');
    await moderated('block', { member: 'dave' }, 'somebody other than you');
    await saying(
      as('mod').command('moderate block', { member: 'dave', until: 'hour' }),
      '**blocked until',
    );
    await moderated('unblock', { member: 'dave' }, 'it needs the permission **Manage Server**');
  });

  it.each([
    ['block', { member: 'alice', until: 'for ever' }, '`until` must be 1 hour'],
    ['block', { member: 'alice', reason: 'x'.repeat(201) }, 'yours has 201'],
    ['unblock', { member: 'nobody' }, '`member` must be a member of this server'],
    ['member', {}, '`member` must be a member of this server'],
    ['grant', { member: 'alice', credits: 0, reason: 'a prize' }, 'for example 20; you gave 0.'],
    ['reset', { member: 'Jukebox' }, 'That is a bot.'],
    ['stop', { reason: 'x'.repeat(201) }, 'yours has 201'],
    ['start', {}, 'Pictures are on already; nothing was changed.'],
  ])('refuses a wrong %s past the client: %j', async (subcommand, options, told) => {
    const sent = as('dave').command(`moderate ${subcommand}`, options, { raw: true });
    const answer = await saying(sent, told);
    expect(answer.ephemeral).toBe(true);
    expect(logged('change')).toEqual([]);
  });
});

describe('/moderate stop and start', () => {
  it('lets what runs finish, and refuses the rest with the reason', async () => {
    const { asked: running, release } = await holding(stage);
    const answer = await moderated('stop', { reason: 'a pause' }, 'on → **stopped (a pause)**');
    expect(answer.text).toContain('What has begun is finished.');
    const told = await refused('bob', 'stopped');
    expect(told.text).toContain('They say: a pause');
    release();
    await finished(running);
    await moderated('stop', {}, 'already; nothing was changed');
    await stage.restart();
    await refused('bob', 'stopped');
    await moderated('start', {}, 'stopped (a pause) → **on**');
    await asked('bob', 'picture 4');
  });
});

describe('/moderate grant and reset', () => {
  beforeEach(async () => {
    await saying(
      as('mod').command('easel limit set', { credits: 2, per: 'day' }),
      'none → **2 credits**',
    );
  });
  const overLimit = (name: string) => refused(name, '2 credits per day', { images: 2 });

  it('gives credits that are spent after the allowance, and takes unspent ones back', async () => {
    await asked('alice', 'a fox 1', { images: 2 });
    await overLimit('alice');
    const options = { member: 'alice', credits: 3, reason: 'a prize' };
    const answer = await moderated('grant', options, '0 → **3** (a prize)');
    expect(answer.text).toContain('Spent after the allowance');
    await asked('alice', 'a fox 2', { images: 2 });
    await overLimit('alice');
    const back = { member: 'alice', credits: -5, reason: 'a slip' };
    const taken = await moderated('grant', back, '1 → **0** (a slip)');
    expect(taken.text).toContain('Only 1 credit of the 5 had not been spent.');
    await moderated('grant', back, 'There is no unspent granted credit of that member');
  });

  it('lets the allowance begin anew, and says what it leaves alone', async () => {
    await asked('alice', 'a fox 3', { images: 2 });
    await overLimit('alice');
    const answer = await moderated('reset', { member: 'alice' }, 'counts no more');
    expect(answer.text).toContain('Not touched: granted credits');
    await asked('alice', 'a fox 4', { images: 2 });
  });
});

describe('/moderate member', () => {
  const lastOf = async (name: string): Promise<SeenMessage> =>
    saying(as('dave').command('moderate member', { member: name }), 'Spent here');

  it('shows use, rules and block, and opens the last pictures byte for byte', async () => {
    const message = await asked('alice', 'a fox & a hare', { images: 2 });
    await asked('alice', 'a private boat', { private: true });
    const answer = await lastOf('alice');
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain(`<@${as('alice').id}>`);
    expect(answer.text).toContain('Spent here: 3 credits in 24 h, 3 in 30 days');
    expect(answer.text).toContain('Not blocked.');
    expect(answer.text).toContain('3 of 40 used');
    const [select] = answer.selects;
    expect(select?.options.map(({ label }) => label)).toEqual(['a private boat', 'a fox & a hare']);

    const choose = (value: string | undefined) =>
      as('dave').choose(answer, select?.customId ?? '', [value ?? '']);
    const opened = await saying(choose(select?.options[1]?.value), 'Asked by');
    expect(opened.ephemeral).toBe(true);
    expect(opened.text).toContain(String.raw`**a fox \& a hare**`);
    expect(opened.text).toContain(
      `https://discord.com/channels/${stage.discord.guild().id}/${message.channelId}/${message.id}`,
    );
    expect(opened.files.map(({ bytes }) => Buffer.from(bytes))).toEqual(
      message.files.map(({ bytes }) => Buffer.from(bytes)),
    );
    expect(opened.files.every(({ visible }) => visible)).toBe(true);
    expect(as('alice').message(opened.id)).toBeUndefined();

    const hidden = await saying(choose(select?.options[0]?.value), 'Only they can see');
    expect(hidden.files).toHaveLength(1);
  });

  it('says so where the pictures are not kept any more, and where the message is gone', async () => {
    const message = await asked('alice', 'picture 5');
    as('mod').remove(message);
    const pictures = join(stage.folder, 'pictures');
    for (const folder of await readdir(pictures))
      await rm(join(pictures, folder), { recursive: true });
    const answer = await lastOf('alice');
    const [select] = answer.selects;
    const value = select?.options[0]?.value ?? '';
    const opened = await saying(
      as('dave').choose(answer, select?.customId ?? '', [value]),
      'I do not have the pictures any more',
    );
    expect(opened.text).toContain('Its message is gone.');
    expect(opened.files).toEqual([]);
  });

  it('works for somebody who left, and who never asked', async () => {
    await asked('bob', 'picture 6');
    stage.discord.guild().removeMember('bob');
    expect((await lastOf('bob')).text).toContain('Not on this server now.');
    const never = await lastOf('erin');
    expect(never.text).toContain('No pictures are known of them here.');
    expect(never.selects).toEqual([]);
  });

  it('leaves the words out that AutoMod does not let through', async () => {
    await asked('alice', 'a secretword');
    stage.discord.guild().settings.forbiddenWords = ['secretword'];
    const answer = await lastOf('alice');
    const [select] = answer.selects;
    const value = select?.options[0]?.value ?? '';
    const opened = await saying(
      as('dave').choose(answer, select?.customId ?? '', [value]),
      'AutoMod',
    );
    expect(opened.files.map(({ filename }) => filename)).toEqual(['picture-1.png']);
  });

  it('knows only requests of this server, and refuses what is none', async () => {
    await asked('alice', 'picture 7');
    const answer = await lastOf('alice');
    const customId = answer.selects[0]?.customId ?? '';
    for (const values of [['12-0'], ['a b'], []])
      await saying(
        as('dave').choose(answer, customId, values, { raw: true }),
        'I do not know this request any more.',
      );
  });
});

describe('the menu on a message', () => {
  it('shows who asked for what, and deletes it with the second press, after a restart too', async () => {
    const message = await asked('alice', 'a fox');
    const opened = await saying(as('dave').menu(menu, message), '**a fox**');
    expect(opened.ephemeral).toBe(true);
    expect(opened.text).toContain(`Asked by <@${as('alice').id}>`);
    expect(opened.text).toContain('Claid · 1 picture · 64 × 64 · guidance 5 · 1 credit');
    expect(opened.buttons.map(({ label }) => label)).toEqual([
      'Delete',
      'Delete and block 1 day',
      'Last 10',
    ]);
    await stage.restart();
    await saying(as('dave').press(opened, 'Delete'), 'Deleted.');
    expect(as('alice').message(message.id)).toBeUndefined();
    expect(await readdir(join(stage.folder, 'pictures'))).toEqual([]);
    await vi.waitFor(() => {
      expect(logged('deletion')).toEqual([
        { by_id: as('dave').id, event: expect.stringContaining(as('alice').id) as string },
      ]);
    });
    const again = as('dave').press(opened, opened.buttons[0]?.customId ?? '', { raw: true });
    await saying(again, 'were deleted already');
  });

  it('deletes and blocks for a day with one press', async () => {
    const message = await asked('alice', 'picture 8');
    const opened = await saying(as('dave').menu(menu, message), 'Asked by');
    const done = await saying(as('dave').press(opened, 'Delete and block 1 day'), 'Deleted.');
    expect(done.text).toContain('not blocked → **blocked until <t:');
    expect(as('alice').message(message.id)).toBeUndefined();
    await refused('alice', 'have blocked you');
    const last = await saying(as('dave').press(done, 'Last 10'), 'Last pictures of');
    const [select] = last.selects;
    const gone = as('dave').choose(last, select?.customId ?? '', [select?.options[0]?.value ?? '']);
    const told = await saying(gone, 'Deleted, and its pictures with it.');
    expect(told.buttons.map(({ label }) => label)).toEqual(['Last 10']);
    stage.clock.advance(24 * hourMs + 1_000);
    await asked('alice', 'picture 9');
  });

  it('does not shorten a longer block, and blocks nobody by their own hand', async () => {
    const message = await asked('alice', 'picture 10');
    await moderated('block', { member: 'alice' }, 'until lifted');
    const opened = await saying(as('dave').menu(menu, message), 'Asked by');
    const done = await saying(as('dave').press(opened, 'Delete and block 1 day'), 'Deleted.');
    expect(done.text).toContain('Blocked already until lifted; that stays.');

    const own = await asked('dave', 'picture 11');
    const seen = await saying(as('dave').menu(menu, own), 'Asked by');
    expect(seen.buttons.map(({ label }) => label)).toEqual(['Delete', 'Last 10']);
  });

  it('blocks once where two moderators press one after the other', async () => {
    const message = await asked('alice', 'picture 13');
    const [daves, mods] = [
      await saying(as('dave').menu(menu, message), 'Asked by'),
      await saying(as('mod').menu(menu, message), 'Asked by'),
    ];
    await saying(as('dave').press(daves, 'Delete and block 1 day'), 'Deleted.');
    stage.clock.advance(60_000);
    const second = as('mod').press(mods, 'Delete and block 1 day');
    const told = await saying(second, 'These pictures were deleted already.');
    expect(told.text).toMatch(/Blocked already until <t:\d+:f>; that stays\./);
    expect(logged('change')).toHaveLength(1);
  });

  it('lists the last pictures beside it', async () => {
    const message = await asked('alice', 'a fox');
    await asked('alice', 'a boat');
    const opened = await saying(as('dave').menu(menu, message), 'Asked by');
    const last = await saying(as('dave').press(opened, 'Last 10'), 'Their last 2 requests');
    expect(last.id).not.toBe(opened.id);
    expect(last.selects[0]?.options.map(({ label }) => label)).toEqual(['a boat', 'a fox']);
  });

  it('is friendly on other messages', async () => {
    const said = as('alice').say('hello');
    await saying(as('dave').menu(menu, said), 'That message is not one of mine.');
    const message = await asked('alice', 'picture 12');
    stage.sql('update generations set message_id = null');
    await saying(as('dave').menu(menu, message), 'I know of no pictures in this message');
  });
});

describe('somebody who may not moderate', () => {
  it('is not offered the commands', async () => {
    const message = await asked('alice', 'picture 13');
    expect(() => as('erin').command('moderate stop', {})).toThrow(ClientRefused);
    expect(() => as('erin').menu(menu, message)).toThrow(ClientRefused);
    const where = { channel: 'dm', raw: true };
    await saying(as('erin').command('moderate stop', {}, where), 'on servers only');
  });

  it('gets nowhere with buttons and selects sent all the same', async () => {
    const message = await asked('alice', 'picture 14');
    const opened = await saying(as('dave').menu(menu, message), 'Asked by');
    const list = await saying(as('dave').press(opened, 'Last 10'), 'One request of theirs');
    const why = 'it needs the permission **Moderate Members**';
    for (const { customId } of opened.buttons.slice(0, 2)) {
      const pressed = as('erin').press(opened, customId ?? '', { raw: true });
      await toldPrivately(pressed, why);
    }
    const last = as('erin').press(opened, opened.buttons[2]?.customId ?? '', { raw: true });
    expect((await saying(last, why)).selects).toEqual([]);
    const [select] = list.selects;
    const values = [select?.options[0]?.value ?? ''];
    const chosen = as('erin').choose(list, select?.customId ?? '', values, { raw: true });
    expect((await saying(chosen, why)).files).toEqual([]);
    expect(as('alice').message(message.id)?.files).toHaveLength(1);
    expect(logged('change')).toEqual([]);
    expect(logged('deletion')).toEqual([]);
  });

  it('may press as an administrator, who has every permission without its name', async () => {
    const guild = stage.discord.guild();
    guild.addRole('Admins', ['Administrator']);
    guild.setRoles('erin', ['Admins']);
    const shown = await asked('alice', 'a fox');
    const opened = await saying(as('erin').menu(menu, shown), 'a fox');
    await saying(as('erin').press(opened, 'Delete'), 'Deleted');
    expect(as('alice').message(shown.id)).toBeUndefined();
    await saying(as('erin').command('easel limit set', { credits: 3, per: 'day' }), '3 credits');
  });

  it('may press once they have the moderators’ role, and no more without it', async () => {
    const message = await asked('alice', 'picture 15');
    const opened = await saying(as('dave').menu(menu, message), 'Asked by');
    await saying(
      as('mod').command('easel moderators role', { role: 'Helpers' }),
      'Moderators’ role',
    );
    const last = opened.buttons[2]?.customId ?? '';
    await saying(as('erin').press(opened, last, { raw: true }), 'One request of theirs');
    stage.discord.guild().setRoles('erin', []);
    await saying(as('erin').press(opened, last, { raw: true }), 'That is for moderators');
  });

  it('cannot reach another server’s pictures', async () => {
    const message = await asked('alice', 'picture 16');
    const opened = await saying(as('dave').menu(menu, message), 'Asked by');
    const elsewhere = await finished(
      as('carol').command('imagine', { prompt: 'a boat', images: 1 }),
    );
    for (const { customId } of opened.buttons.slice(0, 2)) {
      const pressed = as('carol').press(elsewhere, customId ?? '', { raw: true });
      await toldPrivately(pressed, 'I do not know this request any more.');
    }
    expect(as('alice').message(message.id)?.files).toHaveLength(1);
  });
});
