import { ApplicationCommandOptionType as Option, ApplicationCommandType } from 'discord.js';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Form, Press } from '../../src/discord/call.ts';
import type { Command, Typing } from '../../src/discord/command.ts';
import { body, select, textBody } from '../../src/messages/body.ts';
import { customId } from '../../src/messages/custom-id.ts';
import type { ModalBody } from '../../src/messages/modal-body.ts';
import { staffDesk } from './staffed-desk.ts';

const definition: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'rules',
  description: 'Rules',
  options: [
    { type: Option.String, name: 'rule', description: 'Which', autocomplete: true },
    { type: Option.Integer, name: 'credits', description: 'How many', max_value: 10 },
  ],
};

const id = (action: string, ref = 'r1'): string => customId({ command: 'rules', action, ref });

const modal: ModalBody = {
  customId: id('save'),
  title: 'Rules',
  fields: [
    {
      id: 'words',
      label: 'Words',
      hint: 'One a line',
      lines: 'many',
      required: true,
      maxLength: 9,
    },
    {
      id: 'why',
      label: 'Why',
      placeholder: 'A reason',
      lines: 'one',
      required: false,
      minLength: 3,
      maxLength: 100,
      value: 'because',
    },
  ],
};

/** A command whose answer has these buttons, by their actions. */
function command(parts: Partial<Command>, isPrivate = true): Command {
  const buttons = Object.keys(parts.buttons ?? {}).map((action) => ({
    label: action,
    customId: id(action),
  }));
  return {
    definition,
    prepare: () => ({
      answers: isPrivate ? 'private' : 'public',
      async run(answer) {
        await answer.finish(textBody('rules', buttons));
      },
    }),
    buttons: {},
    ...parts,
  };
}

const refusals = async (metrics: { refusals: { get(): Promise<{ values: unknown }> } }) =>
  (await metrics.refusals.get()).values;

describe('a modal', () => {
  it('is the first answer to a command, and comes back as a form with its fields', async () => {
    const forms: Form[] = [];
    const { discord, metrics } = await staffDesk([
      command({
        prepare: () => ({ answers: 'modal', modal }),
        forms: {
          save: {
            answers: 'update',
            async submit(form, answer) {
              forms.push(form);
              await answer.finish(textBody('saved'));
            },
          },
        },
      }),
    ]);
    const alice = discord.as('alice');
    const use = alice.command('rules');
    expect(await use.acknowledged).toMatchObject({ kind: 'modal' });
    expect(use.modal?.title).toBe('Rules');
    expect(() => alice.submit(use, {})).toThrow(/words: is required/);
    expect(() => alice.submit(use, { words: '1234567890' })).toThrow(/at most 9/);
    expect(() => alice.submit(use, { words: 'a', why: 'so' })).toThrow(/at least 3/);
    // Without a message that could change the answer is one of its own.
    const sent = alice.submit(use, { words: 'a\nb' });
    const answer = await sent.waitFor((view) => view.answer?.text === 'saved' && view.answer);
    expect(answer.ephemeral).toBe(true);
    expect(forms).toMatchObject([
      { ref: 'r1', fields: { words: 'a\nb', why: 'because' }, memberId: alice.id },
    ]);
    const acknowledged = await metrics.acknowledgement.get();
    expect(new Set(acknowledged.values.map(({ labels }) => labels.command))).toEqual(
      new Set(['rules', 'rules:save']),
    );
  });

  it('opened by a button changes the message with the button', async () => {
    const { discord } = await staffDesk([
      command({
        buttons: {
          edit: {
            answers: 'modal',
            modal: ({ ref }) => ({ ...modal, customId: id('save', `${ref}-x`) }),
          },
        },
        forms: {
          save: {
            answers: 'update',
            async submit({ ref, fields }, answer) {
              await answer.finish(textBody(`${ref} ${fields.words}`));
            },
          },
        },
      }),
    ]);
    const alice = discord.as('alice');
    const use = alice.command('rules');
    const message = await use.waitFor(({ answer }) => answer?.text === 'rules' && answer);
    const press = alice.press(message, 'edit');
    expect(await press.acknowledged).toMatchObject({ kind: 'modal' });
    alice.submit(press, { words: 'cat' });
    await use.waitFor(({ answer }) => answer?.text === 'r1-x cat');
  });

  it('is not opened where its handler refuses, or meets a bug', async () => {
    const { discord, log } = await staffDesk([
      command({
        buttons: {
          refuse: { answers: 'modal', modal: () => ({ refused: { reason: 'guild-only' } }) },
          fail: {
            answers: 'modal',
            modal() {
              throw new Error('a secret');
            },
          },
        },
      }),
    ]);
    const alice = discord.as('alice');
    const message = await alice
      .command('rules')
      .waitFor((view) => view.answer?.buttons[1] && view.answer);
    const refused = alice.press(message, 'refuse');
    await refused.waitFor(({ answer }) => answer?.text.includes('on servers only'));
    const failed = alice.press(message, 'fail');
    const told = await failed.waitFor(({ answer }) => answer?.text);
    const [, incident] = /Incident: `(\w{8})`/.exec(told) ?? [];
    expect(log.some((line) => line.includes(`"incident":"${incident}"`))).toBe(true);
    expect(told).not.toContain('secret');
  });

  it('that is filled in when the bot does not know it is answered all the same', async () => {
    const { discord } = await staffDesk([
      command({ prepare: () => ({ answers: 'modal', modal }) }),
    ]);
    const use = discord.as('alice').command('rules');
    await use.acknowledged;
    const sent = discord.as('alice').submit(use, { words: 'a' });
    await sent.waitFor(({ answer }) => answer?.text.includes('do not know'));
  });

  it('whose handler meets a bug is answered with an incident', async () => {
    const { discord } = await staffDesk([
      command({
        prepare: () => ({ answers: 'modal', modal }),
        forms: { save: { answers: 'private', submit: () => Promise.reject(new Error('no')) } },
      }),
    ]);
    const use = discord.as('alice').command('rules');
    await use.acknowledged;
    const sent = discord.as('alice').submit(use, { words: 'a' });
    await sent.waitFor(({ answer }) => answer?.text.includes('Incident: `'));
  });

  it('that two processes hear of is handled by one', async () => {
    const forms: Form[] = [];
    const submit = async (form: Form, answer: { finish(body: unknown): Promise<string> }) => {
      forms.push(form);
      await answer.finish(textBody('saved'));
    };
    const { discord } = await staffDesk(
      [
        command({
          prepare: () => ({ answers: 'modal', modal }),
          forms: { save: { answers: 'private', submit } },
        }),
      ],
      { processes: 2 },
    );
    const use = discord.as('alice').command('rules');
    await use.acknowledged;
    const sent = discord.as('alice').submit(use, { words: 'a' });
    await sent.waitFor(({ answer }) => answer?.text === 'saved');
    const callbacks = () =>
      discord.requests.filter(({ path }) => path.startsWith(`/interactions/${sent.id}/`));
    await discord.events.until(() => callbacks().length === 2, { what: 'two acknowledgements' });
    expect(new Set(callbacks().map(({ code }) => code))).toEqual(new Set([undefined, 40060]));
    expect(forms).toHaveLength(1);
  });
});

describe('a command that two processes hear of', () => {
  async function runsOf(prepared: { readonly repeatable?: true }): Promise<number> {
    let runs = 0;
    const run = async (answer: { finish(body: unknown): Promise<string> }) => {
      runs += 1;
      await answer.finish(textBody('done'));
    };
    const { discord, idle } = await staffDesk(
      [command({ prepare: () => ({ answers: 'private', ...prepared, run }) })],
      { processes: 2 },
    );
    const use = discord.as('alice').command('rules');
    const callbacks = () =>
      discord.requests.filter(({ path }) => path.startsWith(`/interactions/${use.id}/`));
    await discord.events.until(() => callbacks().length === 2, { what: 'two acknowledgements' });
    await use.waitFor(({ answer }) => answer?.text === 'done');
    await idle();
    return runs;
  }

  it('is run by the one whose acknowledgement was taken', async () => {
    expect(await runsOf({})).toBe(1);
  });

  it('is run by both where it may be repeated', async () => {
    expect(await runsOf({ repeatable: true })).toBe(2);
  });
});

describe('an acknowledgement whose answer is lost', () => {
  const losing = async (prepared: { readonly repeatable?: true }) => {
    const staffed = await staffDesk([
      command({
        prepare: () => ({
          answers: 'private',
          ...prepared,
          async run(answer) {
            await answer.finish(textBody('done'));
          },
        }),
      }),
    ]);
    staffed.discord.faults.add({
      route: '/interactions/:interaction/:token/callback',
      cut: 'after-processing',
    });
    const use = staffed.discord.as('alice').command('rules');
    await staffed.discord.events.until(() =>
      staffed.discord.requests.some(({ code }) => code === 40060),
    );
    await staffed.idle();
    return { ...staffed, use };
  };

  it('leaves no placeholder for ever: after a minute it is an apology', async () => {
    const { use, clock, log } = await losing({});
    expect(use.answer?.thinking).toBe(true);
    clock.advance(60_000);
    const told = await use.waitFor(({ answer }) => answer?.text);
    const [, incident] = /Incident: `(\w{8})`/.exec(told) ?? [];
    expect(log.some((line) => line.includes(`"incident":"${incident}"`))).toBe(true);
  });

  it('changes nothing where the command was run all the same', async () => {
    const { use, clock, discord } = await losing({ repeatable: true });
    const answered = await use.waitFor(({ answer }) => answer?.text === 'done' && answer);
    const looked = () =>
      discord.requests.filter(({ method, path }) => method === 'GET' && path.includes(use.token));
    clock.advance(60_000);
    await discord.events.until(() => looked().length === 1, { what: 'a look at the answer' });
    // Whatever followed from that look has long arrived when another command has its answer.
    await discord
      .as('bob')
      .command('rules')
      .waitFor(({ answer }) => answer?.text === 'done');
    expect(use.answer).toEqual(answered);
    expect(looked()).toHaveLength(1);
  });
});

describe('a press', () => {
  it('brings what was chosen in a select', async () => {
    const presses: Press[] = [];
    const { discord } = await staffDesk([
      command({
        prepare: () => ({
          answers: 'private',
          async run(answer) {
            const options = ['hour', 'day'].map((value) => ({ label: value, value }));
            await answer.finish(body(select({ customId: id('per'), placeholder: 'Per', options })));
          },
        }),
        buttons: {
          per: {
            answers: 'update',
            async press(press, answer) {
              presses.push(press);
              await answer.finish(textBody(press.values.join()));
            },
          },
        },
      }),
    ]);
    const alice = discord.as('alice');
    const use = alice.command('rules');
    const message = await use.waitFor(({ answer }) => answer?.selects[0] && answer);
    alice.choose(message, id('per'), ['day']);
    await use.waitFor(({ answer }) => answer?.text === 'day');
    expect(presses).toMatchObject([{ ref: 'r1', values: ['day'] }]);
  });

  it('can be answered for all to see', async () => {
    const { discord } = await staffDesk([
      command({
        buttons: {
          run: {
            answers: 'public',
            async press({ values }, answer) {
              expect(values).toEqual([]);
              await answer.finish(textBody('for all'));
            },
          },
        },
      }),
    ]);
    const alice = discord.as('alice');
    const message = await alice
      .command('rules')
      .waitFor((view) => view.answer?.buttons[0] && view.answer);
    const press = alice.press(message, 'run');
    const answer = await press.waitFor((view) => view.answer?.text === 'for all' && view.answer);
    expect(answer.ephemeral).toBe(false);
    expect(discord.as('bob').message(answer.id)?.text).toBe('for all');
  });

  it.each(['update', 'private', 'public'] as const)(
    'that is answered by %s and meets a bug is told an incident, and no more',
    async (answers) => {
      const press = (): Promise<void> => Promise.reject(new Error('a secret'));
      const { discord } = await staffDesk([command({ buttons: { fail: { answers, press } } })]);
      const alice = discord.as('alice');
      const message = await alice
        .command('rules')
        .waitFor((view) => view.answer?.buttons[0] && view.answer);
      const told = alice.press(message, 'fail');
      const texts = await told.waitFor(({ answer, followUps }) => {
        const seen = [...followUps, ...(answer ? [answer] : [])].map(({ text }) => text);
        return seen.some((text) => text.includes('Incident: `')) && seen;
      });
      expect(texts.join()).not.toContain('secret');
    },
  );
});

describe('typing', () => {
  const type = async (suggest: NonNullable<Command['suggest']>, text = 'ba') => {
    const staffed = await staffDesk([command({ suggest })]);
    const use = staffed.discord.as('alice').complete('rules', { rule: text }, 'rule');
    expect(await use.acknowledged).toMatchObject({ kind: 'choices' });
    return { ...staffed, choices: use.choices };
  };

  it('is answered with what fits it', async () => {
    const typed: Typing[] = [];
    const { choices, discord } = await type((_, typing) => {
      typed.push(typing);
      return [{ name: 'bad apple', value: 'w1' }];
    });
    expect(typed).toMatchObject([{ subcommand: '', option: 'rule', text: 'ba' }]);
    const guild = discord.guild();
    expect(typed[0]?.roleNames.get(guild.roleId('Helpers'))).toBe('Helpers');
    expect(typed[0]?.channelNames.get(guild.channelId('sketches'))).toBe('sketches');
    expect(choices).toEqual([{ name: 'bad apple', value: 'w1' }]);
  });

  it('comes with the other options as they stand, which the client alone has checked', async () => {
    const typed: Typing[] = [];
    const suggest = (_: unknown, typing: Typing) => {
      typed.push(typing);
      return [];
    };
    const { discord } = await staffDesk([command({ suggest })]);
    const alice = discord.as('alice');
    await alice.complete('rules', { credits: 7, rule: 'ba' }, 'rule').acknowledged;
    await alice.complete('rules', { rule: '' }, 'rule').acknowledged;
    await alice.complete('rules', { rule: '', credits: 'x' }, 'rule', { raw: true }).acknowledged;
    expect(typed.map(({ text, options }) => ({ text, options }))).toEqual([
      { text: 'ba', options: { credits: 7 } },
      { text: '', options: {} },
      { text: '', options: { credits: 'x' } },
    ]);
  });

  it('is answered with no more and no longer choices than Discord takes', async () => {
    const { choices } = await type(() => [
      { name: '', value: 'nameless' },
      ...Array.from({ length: 40 }, (_, n) => ({
        name: `${n} ${'x'.repeat(200)}`,
        value: 'y'.repeat(101),
      })),
    ]);
    expect(choices).toHaveLength(25);
    expect(choices?.[0]?.name).toMatch(/^0 x+…$/);
    expect(choices?.every(({ name }) => name.length === 100)).toBe(true);
    expect(choices?.[0]?.value).toBe('y'.repeat(100));
  });

  it('is answered with nothing, and logged, where the command meets a bug', async () => {
    const { choices, log } = await type(() => {
      throw new Error('out of order');
    });
    expect(choices).toEqual([]);
    expect(log.some((line) => line.includes('out of order'))).toBe(true);
  });

  it('is answered with nothing by a command that suggests nothing', async () => {
    const { discord } = await staffDesk([command({})]);
    const use = discord.as('alice').complete('rules', { rule: '' }, 'rule');
    expect(await use.acknowledged).toMatchObject({ kind: 'choices' });
    expect(use.choices).toEqual([]);
  });
});

describe('a refusal', () => {
  it('is told at once, to the member alone, and counted', async () => {
    const { discord, metrics } = await staffDesk([
      command({ prepare: () => ({ refused: { reason: 'guild-only' } }) }),
    ]);
    const use = discord.as('alice').command('rules');
    expect(await use.acknowledged).toMatchObject({ kind: 'message', ephemeral: true });
    expect(await refusals(metrics)).toEqual([{ value: 1, labels: { reason: 'guild-only' } }]);
  });

  it('is all there is once the bot stops, for forms and presses as well', async () => {
    const { discord, metrics, stop } = await staffDesk([
      command({
        buttons: { edit: { answers: 'modal', modal: () => modal } },
        forms: { save: { answers: 'private', submit: () => Promise.resolve() } },
      }),
    ]);
    const alice = discord.as('alice');
    const message = await alice
      .command('rules')
      .waitFor((view) => view.answer?.buttons[0] && view.answer);
    const opened = alice.press(message, 'edit');
    await opened.acknowledged;
    stop();
    for (const use of [
      alice.submit(opened, { words: 'a' }),
      alice.press(message, 'edit'),
      alice.command('rules'),
    ])
      await use.waitFor(({ answer }) => answer?.text.includes('being restarted'));
    expect(await refusals(metrics)).toEqual([{ value: 3, labels: { reason: 'stopping' } }]);
  });

  it('of a command that the bot does not know says so', async () => {
    const { discord } = await staffDesk([command({})]);
    const use = discord.as('alice').command('nothing', {}, { raw: true });
    await use.waitFor(({ answer }) => answer?.text.includes('do not know'));
  });
});
