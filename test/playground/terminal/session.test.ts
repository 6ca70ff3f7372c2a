import { statSync } from 'node:fs';
import { basename } from 'node:path';
import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType,
  ComponentType,
} from 'discord-api-types/v10';
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Command } from '../../../src/discord/command.ts';
import { body, row, select, textBody } from '../../../src/messages/body.ts';
import { startStandIn } from '../../../src/playground/stand-ins.ts';
import type { AnyStandIn, StandInName } from '../../../src/playground/stand-ins.ts';
import { vagueMomentsFrom } from '../../../src/playground/terminal/moment.ts';
import { plainInk } from '../../../src/playground/terminal/print-message.ts';
import { createSession } from '../../../src/playground/terminal/session.ts';
import { staffDesk } from '../../discord/staffed-desk.ts';

const definition: RESTPostAPIChatInputApplicationCommandsJSONBody = {
  type: ApplicationCommandType.ChatInput,
  name: 'rules',
  description: 'Rules',
  contexts: [0, 1],
  options: [
    {
      type: Option.SubcommandGroup,
      name: 'limit',
      description: 'Limits',
      options: [
        {
          type: Option.Subcommand,
          name: 'set',
          description: 'Sets one',
          options: [
            { type: Option.Integer, name: 'credits', description: 'How many', min_value: 0 },
            { type: Option.Mentionable, name: 'for', description: 'Whose' },
            { type: Option.Attachment, name: 'sample', description: 'Like this' },
          ],
        },
      ],
    },
    {
      type: Option.Subcommand,
      name: 'word',
      description: 'Words',
      options: [{ type: Option.String, name: 'rule', description: 'Which', autocomplete: true }],
    },
    { type: Option.Subcommand, name: 'pick', description: 'Picks' },
    { type: Option.Subcommand, name: 'write', description: 'Writes' },
  ],
};

/** Says what it was given; `pick` has a list and a button, `write` opens a form. */
const rules: Command = {
  definition,
  prepare(call, { subcommand, options, attachments }) {
    if (subcommand === 'write')
      return {
        answers: 'modal',
        modal: {
          customId: 'rules:save:1',
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
              lines: 'one',
              required: false,
              maxLength: 1000,
              value: 'so',
            },
          ],
        },
      };
    return {
      answers: 'public',
      async run(answer) {
        await answer.finish(
          subcommand === 'pick'
            ? body([
                ...select({
                  customId: 'rules:per:1',
                  placeholder: 'Per what?',
                  options: [
                    { label: 'Hour', value: 'h', chosen: true },
                    { label: 'Day', value: 'd', description: '24 hours' },
                  ],
                }),
                ...row([{ label: 'Done', customId: 'rules:done:1' }]),
              ])
            : textBody(
                JSON.stringify([
                  subcommand,
                  ...Object.entries(options),
                  ...[...attachments.values()].map(({ name, sizeBytes }) => ({ name, sizeBytes })),
                  ...(call.ageRestricted ? ['adults only'] : []),
                ]),
              ),
        );
      },
    };
  },
  buttons: {
    per: {
      answers: 'update',
      press: async ({ values }, answer) =>
        void (await answer.finish(textBody(`per ${values.join()}`))),
    },
    done: {
      answers: 'private',
      async press(_, answer) {
        const file = {
          type: ComponentType.File,
          file: { url: 'attachment://rules.json' },
        } as const;
        const message = body([{ type: ComponentType.TextDisplay, content: 'done' }, file]);
        await answer.finish(message, [{ name: 'rules.json', data: Buffer.from('{}') }]);
      },
    },
  },
  forms: {
    save: {
      answers: 'private',
      submit: async ({ fields }, answer) =>
        void (await answer.finish(textBody(JSON.stringify(fields)))),
    },
  },
  suggest: (_, { text }) =>
    ['bad apple', 'bat']
      .filter((name) => name.startsWith(text))
      .map((name, n) => ({ name, value: `w${n}` })),
};

const menu: Command = {
  definition: {
    type: ApplicationCommandType.Message,
    name: 'Rules: look',
    default_member_permissions: String(1n << 40n),
  },
  prepare: (_, { message }) => ({
    answers: 'private',
    run: async (answer) =>
      void (await answer.finish(textBody(message?.own ? 'a message of mine' : 'not mine'))),
  }),
  buttons: {},
};

/** Types lines, and returns what is written by each. */
async function terminal(
  apis: readonly StandInName[] = ['claid'],
): Promise<(line: string) => Promise<string>> {
  const { discord, clock } = await staffDesk([rules, menu]);
  const standIns = new Map<StandInName, AnyStandIn>();
  for (const name of apis) {
    const { standIn } = await startStandIn(name, { clock, pictures: 'small' });
    onTestFinished(() => standIn.close());
    standIns.set(name, standIn);
  }
  let written: string[] = [];
  const nothing = (): Promise<void> => Promise.resolve();
  const session = createSession({
    stage: { clock, discord, standIns, isProgress: () => false, restart: nothing, close: nothing },
    ink: plainInk,
    moments: vagueMomentsFrom(() => clock.now()),
    fileBytes: false,
    write: (text) => void written.push(text),
  });
  onTestFinished(() => session.end());
  return async (line) => {
    written = [];
    await session.type(line);
    await session.settled();
    session.view.flush({ progress: false });
    return [`${session.place}>`, ...written].join('\n').replaceAll(/\d{17,20}/g, '<id>');
  };
}

describe('before Discord’s client', () => {
  it('commands with groups are typed as they are called, people and roles by name', async () => {
    const type = await terminal();
    expect(await type('/rules limit set credits:40 for:@Regulars')).toContain(
      '["limit set",["credits",40],["for","<id>"]]',
    );
    expect(await type('/rules word a bad apple')).toContain('["word",["rule","a bad apple"]]');
    expect(await type('/rules limit')).toContain('/rules needs one of its subcommands');
    expect(await type('/rules limit get')).toContain('/rules has no subcommand "get"');
    expect(await type('/rules limit set for:@nobody')).toContain('nobody and nothing called');
    expect(await type('raw /rules limit get credits:x')).toContain('["limit get"]');
    expect(await type('/rules')).toContain('/rules needs one of its subcommands');
    expect(await type('raw /rules')).toContain('[""]');
  });

  it('files are given by their path on this machine', async () => {
    const type = await terminal();
    const path = import.meta.filename;
    const { size } = statSync(path);
    expect(await type(`/rules limit set credits:4 sample=${path}`)).toContain(
      `["limit set",["credits",4],["sample","<id>"],{"name":"${basename(path)}","sizeBytes":${size}}]`,
    );
    expect(await type('/rules limit set sample=no/such.png')).toContain(
      'There is no file no/such.png on this machine.',
    );
    expect(await type('raw /rules limit set sample=no/such.png')).toContain(
      '["sample","no/such.png"]',
    );
  });

  it('channels are age-restricted, and opened to everybody again', async () => {
    const type = await terminal();
    expect(await type('adults #pictures')).toContain('#pictures is age-restricted now.');
    expect(await type('/rules word x')).toContain('"adults only"');
    expect(await type('everybody pictures')).toContain('#pictures is open to everybody now.');
    expect(await type('/rules word x')).not.toContain('"adults only"');
    expect(await type('adults #sketches')).toContain('cannot be done: a thread is age-restricted');
    expect(await type('adults #Text')).toContain('cannot be done: nobody writes in Text');
    expect(await type('adults #nowhere')).toContain('Playground has no channel nowhere');
  });

  it('what goes wrong is named with the image API, or is the first one’s', async () => {
    const type = await terminal(['kidjig', 'claid']);
    expect(await type('fault claid down')).toContain('Claid is out of order and answers 503.');
    expect(await type('fault DOWN')).toContain('Kidjig is out of order and answers 503.');
    expect(await type('fault stablecog down')).toContain('There is no fault "stablecog down"');
    const list = await type('fault');
    expect(list).toContain('  fault kidjig slow           Kidjig keeps every request waiting.');
    expect(list).toContain('In the place of kidjig also claid.');
    expect(list).not.toContain('fault claid');
    expect(await type('fault off')).toContain('Everything works again.');
  });

  it('lists and buttons have numbers, by which they are used', async () => {
    const type = await terminal();
    expect(await type('/rules pick')).toBe(
      [
        'alice #pictures>',
        '┌ alice used /rules pick',
        '│ Easel [APP]',
        '│ [1 Per what? ▾]',
        '│   1 Hour ✓',
        '│   2 Day  24 hours',
        '└ [2 Done]',
      ].join('\n'),
    );
    expect(await type('choose 3 on 1')).toContain('does not offer 3');
    expect(await type('choose 1 on 7')).toContain('There is no list 7 yet');
    expect(await type('press 2')).toMatch(/done\n└ ▣ rules\.json$/);
    expect(await type('press Done')).toMatch(/done\n└ ▣ rules\.json$/);
    expect(await type('press done')).toContain('There is no button that begins with "done".');
    expect(await type('choose 2 on 1')).toContain('per d');
    expect(await type('choose 2 on 1')).toContain('List 1 is not there any more.');
  });

  it('a form is shown with its fields, filled in and sent', async () => {
    const type = await terminal();
    expect(await type('fill words=a')).toContain('No form is open for alice.');
    expect(await type('/rules write')).toBe(
      [
        'alice #pictures>',
        '╔ a form: Rules',
        '║ words  Words  (required, at most 9 characters)',
        '║   One a line',
        '║ why  Why  (may be left out, at most 1,000 characters)',
        '║   > so',
        '╚ fill words=… why=…',
      ].join('\n'),
    );
    expect(await type('fill why=because')).toContain('words: is required');
    const filled = await type(String.raw`fill words=a\nb why=just so`);
    expect(filled).toContain('alice filled in a form');
    expect(filled).toContain(String.raw`{"words":"a\nb","why":"just so"}`);
    expect(await type('raw fill words=far too long')).toContain('"words":"far too long"');
    expect(await type('fill alone')).toContain('"words":"alone","why":"so"');
  });

  it('what is offered while something is typed can be seen', async () => {
    const type = await terminal();
    expect(await type('suggest /rules word rule:ba')).toBe(
      ['alice #pictures>', '  bad apple  → w0', '  bat  → w1'].join('\n'),
    );
    expect(await type('suggest /rules word rule:x')).toContain('(no choices)');
    expect(await type('suggest /rules limit set credits:4')).toContain('offers nothing');
    expect(await type('suggest /rules word')).toContain('Which option is being typed?');
  });

  it('the menu of a message is there for those who are offered it', async () => {
    const type = await terminal();
    await type('/rules pick');
    expect(await type('menu "Rules: look" on 1')).toContain('alice lacks ModerateMembers');
    expect(await type('menu "Rules: hide" on 1')).toContain('There are: "Rules: look"');
    await type('as dave');
    const used = await type('menu "Rules: look" on 1');
    expect(used).toContain('dave used Rules: look');
    expect(used).toContain('a message of mine');
    expect(await type('say hello')).toContain('└ hello');
    expect(await type('menu Rules: look')).toContain('not mine');
    expect(await type('menu "Rules: look" on 9')).toContain('There is no button 9 yet');
    await type('as erin');
    expect(await type('raw menu "Rules: look" on 1')).toContain('erin lacks ModerateMembers');
  });

  it('commands are given to roles and members, and taken from them, by Discord itself', async () => {
    const type = await terminal();
    await type('/rules pick');
    expect(await type('allow "Rules: look" for @Regulars')).toContain(
      'Discord lets Regulars use Rules: look now.',
    );
    expect(await type('menu "Rules: look" on 1')).toContain('a message of mine');
    expect(await type('deny /rules for alice')).toContain('Discord does not let alice use rules');
    expect(await type('/rules pick')).toContain('the server does not let alice use it');
    expect(await type('raw /rules pick')).toContain('the server does not let alice use it');
    expect(await type('allow /rules for Kings')).toContain('There is no member Kings either.');
  });

  it('messages are removed by those who may manage them', async () => {
    const type = await terminal();
    await type('/rules pick');
    expect(await type('remove 1')).toContain('alice may not delete');
    await type('as dave');
    expect(await type('remove 1')).toContain('✕ deleted: [1 Per what?');
    expect(await type('remove 1')).toContain('does not see the message');
  });

  it('direct messages are open to those who have left, and the server is not', async () => {
    const type = await terminal();
    expect(await type('leave')).toContain('alice has left Playground.');
    expect(await type('/rules word x')).toContain('alice does not see #pictures');
    expect(await type('dm')).toBe('alice @Easel>');
    expect(await type('/rules word x')).toContain('["word",["rule","x"]]');
    expect(await type('look')).toContain('["word",["rule","x"]]');
    expect(await type('in #pictures')).toBe('alice #pictures>');
  });

  it('roles are given, taken and deleted', async () => {
    const type = await terminal();
    await type('/rules pick');
    expect(await type('roles alice Moderators @Guests')).toContain(
      'alice has Moderators and Guests now.',
    );
    expect(await type('menu "Rules: look" on 1')).toContain('a message of mine');
    expect(await type('drop Moderators')).toContain('The role Moderators is no more.');
    expect(await type('menu "Rules: look" on 1')).toContain('alice lacks');
    expect(await type('roles alice')).toContain('alice has no role now.');
    expect(await type('roles carol Guests')).toContain('There is no carol in Playground.');
    expect(await type('drop Kings')).toContain('Playground has the roles');
  });
});
