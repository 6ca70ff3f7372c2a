import type { Answer } from '../../src/discord/answer.ts';
import type { Call, Form, Press } from '../../src/discord/call.ts';
import type { Command, Given, GivenChannel, GivenUser } from '../../src/discord/command.ts';
import { ComponentType } from 'discord-api-types/v10';
import type { Choice } from '../../src/discord/choice.ts';
import type { Offer } from '../../src/domain/catalogue.ts';
import type { GuildLogEntry } from '../../src/domain/guild-log.ts';
import type { Standing } from '../../src/domain/ledger.ts';
import { noRules } from '../../src/domain/rule.ts';
import type { Block, GuildRules } from '../../src/domain/rule.ts';
import type { GuildSettings, Settings } from '../../src/domain/settings.ts';
import type { Body } from '../../src/messages/body.ts';
import type { ModalBody } from '../../src/messages/modal-body.ts';
import { en } from '../../src/messages/en.ts';
import { createWords } from '../../src/policy/words.ts';
import { easel } from '../../commands/easel.ts';
import type { CommandParts } from '../../commands/parts.ts';
import { offer, titleOf } from '../policy/offers.ts';

/** Ids as Discord's, beyond 2^53. */
export const ids = {
  guild: '10000000000000000001',
  mod: '10000000000000000002',
  alice: '10000000000000000003',
  bot: '10000000000000000004',
  gone: '10000000000000000005',
  artist: '10000000000000000006',
  pictures: '10000000000000000007',
  category: '10000000000000000008',
  quiet: '10000000000000000009',
  thread: '10000000000000000010',
} as const;

export const now = Date.UTC(2026, 2, 29, 1, 30);

/** `/easel` over settings in memory, with everything that it answers. */
export interface Desk {
  readonly command: Command;
  readonly settings: Settings;
  /** Guilds whose log was woken. */
  readonly woken: string[];
  rules(): GuildRules;
  setRules(rules: Partial<GuildRules>, blocks?: readonly Block[]): void;
  /** Uses a subcommand as somebody who manages the server, and returns what is answered. */
  use(subcommand: string, options?: Given['options'], call?: Partial<Call>): Promise<Told>;
  press(action: string, press: Partial<Press>): Promise<Told>;
  submit(action: string, form: Partial<Form>): Promise<Told>;
  /** The modal that a subcommand, or a button by its action, opens at once. */
  open(subcommand: string, options?: Given['options']): ModalBody;
  openByButton(action: string, press: Partial<Press>): ModalBody | Told;
  /** What is offered while an option is typed. */
  suggested(subcommand: string, option: string, text: string): readonly Choice[];
  /** The settings are not in memory until they are loaded again. */
  forget(): void;
}

/** What somebody is told: as an answer, or beside it. */
export interface Told {
  readonly text: string;
  readonly body: Body | undefined;
  readonly beside: boolean;
}

export function createDesk(
  stored: {
    readonly standing?: Standing;
    readonly log?: readonly GuildLogEntry[];
    readonly hits?: ReadonlyMap<string, number>;
    readonly offers?: readonly Offer[];
  } = {},
): Desk {
  let current: GuildSettings = {
    guildId: ids.guild,
    version: 0,
    rules: noRules,
    blocks: new Map(),
  };
  let inMemory = true;
  const settings: Settings = {
    peek: () => (inMemory ? current : undefined),
    load() {
      inMemory = true;
      return Promise.resolve(current);
    },
    change(_guildId, _by, edit) {
      const edited = edit(current);
      if ('refused' in edited) return Promise.resolve(edited);
      current = { ...current, version: current.version + 1, rules: edited.rules };
      return Promise.resolve({ change: edited.change, settings: current });
    },
    block: () => Promise.reject(new Error('not here')),
    close: () => Promise.resolve(),
  };
  const woken: string[] = [];
  const caps = { member: 40, guild: 400, bot: 4000 };
  const spent = { credits: 0, freesAt: null };
  const offers = stored.offers ?? [offer('claid')];
  const commandParts = {
    parts: {
      settings,
      catalogue: { offers: () => offers },
      providers: new Map(
        offers.map(({ model }) => [
          model.provider,
          { name: model.provider, title: titleOf(model.provider) },
        ]),
      ),
      words: createWords(),
      clock: { now: () => now, id: () => crypto.randomUUID(), setTimer: () => () => undefined },
      guildLog: {
        note: () => undefined,
        troubled: () => false,
        wake: (guildId: string) => void woken.push(guildId),
      },
      limits: { contentRefusalsPerDay: 3 },
      store: {
        readLog: (
          _guildId: string,
          asked: { before: number | null; kinds: readonly string[]; limit: number },
        ) =>
          Promise.resolve(
            (stored.log ?? [])
              .filter(({ id }) => asked.before === null || id < asked.before)
              .filter(({ event }) => asked.kinds.length === 0 || asked.kinds.includes(event.kind))
              .slice(0, asked.limit),
          ),
        wordHits: () => Promise.resolve(stored.hits ?? new Map()),
        standing: (_guildId: string, _memberId: string, windows: readonly unknown[]) =>
          Promise.resolve({
            spent: windows.map(() => spent),
            granted: 0,
            contentRefusals: [],
            lastBegunAt: null,
            ...stored.standing,
          }),
      },
    },
    doors: { allowedGuilds: new Set(), blockedUsers: new Set() },
    operatorLimits: { caps, memberConcurrent: 1, memberQueue: 3 },
  } as unknown as CommandParts;
  const command = easel(commandParts);

  return {
    command,
    settings,
    woken,
    rules: () => current.rules,
    setRules(rules, blocks = []) {
      current = {
        ...current,
        rules: { ...current.rules, ...rules },
        blocks: new Map(blocks.map((block) => [block.memberId, block])),
      };
    },
    async use(subcommand, options = {}, more = {}) {
      const prepared = command.prepare(call(more), given(subcommand, options));
      if ('refused' in prepared) return refused(prepared.refused);
      if (prepared.answers === 'modal') throw new Error('a modal was opened');
      return telling((answer) => prepared.run(answer));
    },
    press(action, press) {
      const handler = command.buttons[action];
      if (!handler || handler.answers === 'modal') throw new Error(`there is no ${action}`);
      const pressed = { ...call(press), ...pressedOn, ...press };
      return telling((answer) => handler.press(pressed, answer));
    },
    submit(action, form) {
      const handler = command.forms?.[action];
      if (!handler) throw new Error(`there is no form ${action}`);
      const submitted = { ...call(form), ref: '', fields: {}, ...form };
      return telling((answer) => handler.submit(submitted, answer));
    },
    open(subcommand, options = {}) {
      const prepared = command.prepare(call({}), given(subcommand, options));
      if ('refused' in prepared || prepared.answers !== 'modal')
        throw new Error('no modal was opened');
      return prepared.modal;
    },
    openByButton(action, press) {
      const handler = command.buttons[action];
      if (handler?.answers !== 'modal') throw new Error(`no modal is opened by ${action}`);
      const opened = handler.modal({ ...call(press), ...pressedOn, ...press });
      return 'refused' in opened ? refused(opened.refused) : opened;
    },
    suggested(subcommand, option, text) {
      const typing = { subcommand, option, text, options: {}, roleNames: new Map() };
      return command.suggest?.(call({}), { ...typing, channelNames: new Map() }) ?? [];
    },
    forget: () => void (inMemory = false),
  };
}

const pressedOn = { ref: '', values: [], messageId: '1', messageIsPrivate: true };

function given(subcommand: string, options: Given['options']): Given {
  return { subcommand, options, users, channels, attachments: new Map(), message: null };
}

const users = new Map<string, GivenUser>([
  [ids.alice, { bot: false, roleIds: [ids.artist] }],
  [ids.bot, { bot: true, roleIds: [] }],
  [ids.gone, { bot: false, roleIds: null }],
]);

const channels = new Map<string, GivenChannel>([
  [ids.pictures, { path: [ids.pictures, ids.category], missingPermissions: [] }],
  [ids.category, { path: [ids.category], missingPermissions: [] }],
  [ids.thread, { path: [ids.thread, ids.pictures, ids.category], missingPermissions: [] }],
  [ids.quiet, { path: [ids.quiet], missingPermissions: ['Send Messages', 'Attach Files'] }],
]);

function call(more: Partial<Call>): Call {
  return {
    interactionId: '20000000000000000001',
    applicationId: ids.bot,
    token: 'token',
    createdAt: now,
    tokenEndsAt: now + 900_000,
    guildId: ids.guild,
    channelId: ids.pictures,
    memberId: ids.mod,
    roleIds: [],
    channelPath: [ids.pictures, ids.category],
    ageRestricted: false,
    may: { manageMessages: true, manageServer: true, moderateMembers: true },
    locale: 'en-US',
    maxFileBytes: 1_000_000,
    missingPermissions: () => [],
    ...more,
  };
}

/** Somebody without any right, who sends the interaction anyway. */
export const outsider: Partial<Call> = {
  memberId: ids.alice,
  may: { manageMessages: false, manageServer: false, moderateMembers: false },
};

function refused(refusal: Parameters<typeof en.refusal>[0]): Told {
  return { text: en.refusal(refusal), body: undefined, beside: true };
}

async function telling(run: (answer: Answer) => Promise<void>): Promise<Told> {
  const told: Told[] = [];
  const note = (beside: boolean) => (body: Body) => {
    told.push({ text: textOf(body), body, beside });
    return Promise.resolve('1');
  };
  await run({ finish: note(false), followUpPrivately: note(true) } as unknown as Answer);
  const [first, ...more] = told;
  if (!first || more.length > 0) throw new Error(`was told ${told.length} times`);
  return first;
}

function textOf(body: Body): string {
  return body.components
    .map((component) => (component.type === ComponentType.TextDisplay ? component.content : ''))
    .filter((text) => text !== '')
    .join('\n');
}
