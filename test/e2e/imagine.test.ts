import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, saying, setStage, toldPrivately } from './stage.ts';
import type { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

describe('/imagine', () => {
  it('posts the pictures byte for byte, with prompt, settings and credit summary in one message', async () => {
    const { discord, claid } = stage;
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox in the snow' });
    const answer = await finished(asked);

    expect(answer.files.map(({ filename }) => filename)).toEqual([
      'a-fox-in-the-snow-1.png',
      'a-fox-in-the-snow-2.png',
      'a-fox-in-the-snow-3.png',
      'a-fox-in-the-snow-4.png',
    ]);
    const { requestId } = claid.requests.find(({ prompt }) => prompt) ?? {};
    for (const [index, file] of answer.files.entries()) {
      expect(file.visible).toBe(true);
      expect(file.description).toBe('a fox in the snow');
      expect(Buffer.from(file.bytes)).toEqual(await claid.pictureBytes(requestId ?? '', index));
    }
    expect(answer.text).toContain('a fox in the snow');
    expect(answer.text).toContain('Claid · 4 pictures · 64 × 64 · guidance 5');
    expect(answer.text).toMatch(
      /4 credits spent · 36 of 40 left for you in 24 h · next one frees up <t:\d+:R>/,
    );
    expect(answer.usedBy).toEqual({ person: 'alice', command: 'imagine' });
    expect(discord.as('bob').sees('pictures')).toHaveLength(1);
    expect(answer.mentions).toEqual([]);
  });

  it('hands the options on as they were given', async () => {
    const { discord, claid } = stage;
    const asked = discord
      .as('alice')
      .command('imagine', { prompt: '  a boat  ', images: 2, guidance: 12.5, private: true });
    const answer = await finished(asked);
    expect(answer.ephemeral).toBe(true);
    expect(answer.files).toHaveLength(2);
    expect(answer.text).toContain('Claid · 2 pictures · 64 × 64 · guidance 12.5');
    expect(JSON.parse(claid.requests.at(-1)?.body ?? '')).toEqual({
      input: 'a boat',
      options: { number_of_images: 2, guidance_scale: 12.5 },
    });
    expect(discord.as('bob').sees('pictures')).toEqual([]);
  });

  it.each([
    ['prompt', { prompt: 'ab' }, '`prompt` must be 3 to 1,024 characters long; yours has 2.'],
    ['prompt', { prompt: `${' '.repeat(9)}ab ` }, 'yours has 2'],
    ['prompt', { prompt: 'x'.repeat(1025) }, 'yours has 1,025'],
    [
      'images',
      { prompt: 'a fox', images: 5 },
      '`images` must be a whole number from 1 to 4; you gave 5.',
    ],
    ['images', { prompt: 'a fox', images: 1.5 }, 'you gave 1.5'],
    [
      'guidance',
      { prompt: 'a fox', guidance: 50 },
      '`guidance` must be a number from 1 to 49.99; you gave 50.',
    ],
    ['guidance', { prompt: 'a fox', guidance: 0.5 }, 'you gave 0.5'],
    [
      'private',
      { prompt: 'a fox', private: 'yes' },
      '`private` must be True or False; you gave yes.',
    ],
  ])('refuses a wrong %s past the client, for the member alone: %j', async (_, options, told) => {
    const asked = stage.discord.as('alice').command('imagine', options, { raw: true });
    const answer = await saying(asked, told);
    expect(answer.ephemeral).toBe(true);
    expect(stage.claid.requests.some(({ prompt }) => prompt)).toBe(false);
  });

  it('takes a prompt of 3 and one of 1,024 code points beyond the BMP', async () => {
    for (const prompt of ['🦊🦊🦊', '🦊'.repeat(1024)]) {
      const answer = await finished(
        stage.discord.as('alice').command('imagine', { prompt, images: 1 }, { raw: true }),
      );
      expect(answer.files).toHaveLength(1);
    }
  });

  it('finds missing permissions before anything is paid', async () => {
    const { discord, claid } = stage;
    discord.guild().setOverwrite('general', 'bot', { deny: ['AttachFiles', 'SendMessages'] });
    const asked = discord
      .as('alice')
      .command('imagine', { prompt: 'a fox' }, { channel: 'general' });
    const answer = await saying(asked, 'Send Messages');
    expect(answer.text).toContain('Attach Files');
    expect(answer.ephemeral).toBe(true);
    expect(claid.requests.some(({ prompt }) => prompt)).toBe(false);
  });

  it('works in threads', async () => {
    const { discord } = stage;
    const answer = await finished(
      discord.as('alice').command('imagine', { prompt: 'a fox' }, { channel: 'sketches' }),
    );
    expect(answer.files).toHaveLength(4);
  });
});

describe('the queue', () => {
  it('shows position and estimate, and cancels what was not sent', async () => {
    const { discord, claid, clock } = stage;
    await finished(
      discord.as('bob').command('imagine', { prompt: 'first to know how long it takes' }),
    );
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    claid.faults.when((prompt) => prompt.startsWith('slow'), { kind: 'hold', until: held });
    const alice = discord.as('alice');
    const running = alice.command('imagine', { prompt: 'slow one' });
    await claid.next('request', ({ prompt }) => prompt === 'slow one');
    const waiting = alice.command('imagine', { prompt: 'never made' });
    const shown = await saying(waiting, /Next in line\. Expected <t:\d+:R>\./);
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Cancel']);

    const stranger = discord.as('bob').press(shown, 'Cancel');
    await toldPrivately(stranger, 'Only the member who asked');
    const pressed = alice.press(shown, 'Cancel');
    const cancelled = await saying(waiting, 'Cancelled.');
    expect(cancelled.text).toContain('Your 4 credits are back.');
    expect(cancelled.buttons).toEqual([]);
    const again = alice.press(shown, shown.buttons[0]?.customId ?? '', { raw: true });
    await toldPrivately(again, 'has ended already');
    await pressed.acknowledged;

    clock.advance(1_000);
    release();
    await finished(running);
    expect(claid.requests.map(({ prompt }) => prompt)).not.toContain('never made');
  });

  it('refuses a member with too many requests, with the time to come back', async () => {
    const { discord, claid } = stage;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    claid.faults.when(() => true, { kind: 'hold', until: held });
    const alice = discord.as('alice');
    const taken = [1, 2, 3, 4].map((n) =>
      alice.command('imagine', { prompt: `picture ${n}`, images: 1 }),
    );
    await Promise.all(taken.map(({ acknowledged }) => acknowledged));
    await claid.next('request', () => true);
    const refused = await saying(
      alice.command('imagine', { prompt: 'one too many' }),
      /You have 4 requests under way or in line.*<t:\d+:R>/s,
    );
    expect(refused.ephemeral).toBe(true);
    release();
    await Promise.all(taken.map(finished));
  });
});

describe('Delete', () => {
  it('asks once, privately, and removes the message for author and moderators only', async () => {
    const { discord } = stage;
    const alice = discord.as('alice');
    const answer = await finished(alice.command('imagine', { prompt: 'a fox' }));
    await toldPrivately(discord.as('bob').press(answer, 'Delete'), 'Only the member who asked');

    const asked = discord.as('mod').press(answer, 'Delete');
    const question = await toldPrivately(asked, 'Delete these pictures for good?');
    const sure = discord.as('mod').press(question, 'Yes, delete');
    await sure.waitFor(({ answer: done }) => done?.text === 'Deleted.');
    expect(alice.sees('pictures')).toEqual([]);
  });

  it('works for a private answer, after a restart, and more than 15 minutes later', async () => {
    const { discord, clock } = stage;
    const alice = discord.as('alice');
    const answer = await finished(alice.command('imagine', { prompt: 'a fox', private: true }));
    clock.advance(16 * 60_000);
    await stage.restart();
    const question = await toldPrivately(alice.press(answer, 'Delete'), 'Delete these pictures');
    const sure = alice.press(question, 'Yes, delete');
    await sure.waitFor(({ answer: done }) => done?.text === 'Deleted.');
    expect(alice.message(answer.id)).toBeUndefined();
  });
});

describe('/usage', () => {
  it('shows members their own part and the guild’s too to those with Manage Server', async () => {
    const { discord } = stage;
    await finished(discord.as('alice').command('imagine', { prompt: 'a fox', images: 3 }));
    const own = await saying(discord.as('alice').command('usage'), '37 of 40 left');
    expect(own.ephemeral).toBe(true);
    expect(own.text).not.toContain('This server');
    const guild = await saying(discord.as('mod').command('usage'), 'This server');
    expect(guild.text).toContain('397 of 400 left');
    expect(guild.text).toContain('3 credits for 3 pictures in 1 request of 1 member');
    // Whoever invites a bot that is open to all servers does not see its operator's account.
    expect(guild.text).not.toMatch(/account|CLAID_CREDITS/);
  });

  it('names the setting where the operator gave no figure of the account', async () => {
    await stage.restart({ ALLOWED_GUILDS: stage.discord.guild().id });
    await saying(stage.discord.as('owner').command('usage'), 'CLAID_CREDITS');
  });

  it('counts the operator’s figure of the account down, saying about', async () => {
    await stage.restart({ CLAID_CREDITS: '100', ALLOWED_GUILDS: stage.discord.guild().id });
    const { discord } = stage;
    await finished(discord.as('alice').command('imagine', { prompt: 'a fox', images: 3 }));
    await saying(discord.as('owner').command('usage'), 'about 97 credits left');
  });
});
