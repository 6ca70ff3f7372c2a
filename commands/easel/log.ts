import type { Answer } from '../../src/discord/answer.ts';
import type { ButtonHandler } from '../../src/discord/command.ts';
import type { Generation } from '../../src/domain/generation.ts';
import type { GuildLogEntry } from '../../src/domain/guild-log.ts';
import type { Store } from '../../src/domain/store.ts';
import { logBody } from '../../src/messages/easel-log.ts';
import { en } from '../../src/messages/en.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { setLogChannel } from '../../src/policy/edits/set-log-channel.ts';
import { oneOf, optional, readOptions } from '../options.ts';
import { onPrivateAnswer } from '../on-private-answer.ts';
import type { CommandParts } from '../parts.ts';
import type { Change } from './change.ts';
import { givenChannel } from './given-channel.ts';
import { logKinds } from './log-kinds.ts';
import type { LogKind } from './log-kinds.ts';
import { setterUp } from './setter-up.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel log …`; without a channel nothing is posted. */
export function logSubcommands(
  commandParts: CommandParts,
  change: Change,
): Readonly<Record<string, Subcommand>> {
  return {
    'log channel'(asked) {
      const channel = givenChannel(asked.given, en.easel.wanted.channel);
      if (channel && 'refused' in channel) return channel;
      if (channel && channel.missingPermissions.length > 0)
        return {
          refused: {
            reason: 'cannot-post',
            channelId: channel.id,
            permissions: channel.missingPermissions,
          },
        };
      const { logOn, logOff } = asked.texts.easel.note;
      return change(
        asked,
        (settings) => setLogChannel(settings, channel?.id ?? null),
        () => (channel ? logOn : logOff),
      );
    },

    'log show'({ call, given, texts }) {
      const read = readOptions({ kind: optional(oneOf(logKinds)) }, given.options);
      if ('refused' in read) return read;
      const kind = read.values.kind ?? 'all';
      return {
        answers: 'private',
        run: (answer) => showLog(commandParts, answer, texts, call.guildId, { kind, before: null }),
      };
    },
  };
}

/** The button that goes on to older entries (`log`), and the select of what is shown (`log-kind`). */
export function logButtons(commandParts: CommandParts): Readonly<Record<string, ButtonHandler>> {
  return {
    log: onPrivateAnswer({
      answers: 'update',
      async press(press, answer) {
        const guildId = await setterUp(press, answer);
        if (guildId === undefined) return;
        const [kind, before] = press.ref.split('-');
        const page = { kind: kindOf(kind), before: numberOf(before) };
        await showLog(commandParts, answer, textsFor(press.locale), guildId, page);
      },
    }),
    'log-kind': onPrivateAnswer({
      answers: 'update',
      async press(press, answer) {
        const guildId = await setterUp(press, answer);
        if (guildId === undefined) return;
        const page = { kind: kindOf(press.values[0]), before: null };
        await showLog(commandParts, answer, textsFor(press.locale), guildId, page);
      },
    }),
  };
}

/** So many are read for a page; fewer are shown where they are long. */
const entriesRead = 11;

async function showLog(
  { parts }: CommandParts,
  answer: Answer,
  texts: Texts,
  guildId: string,
  page: { readonly kind: LogKind; readonly before: number | null },
): Promise<void> {
  const { kind, before } = page;
  const entries = await parts.store.readLog(guildId, {
    before,
    kinds: kind === 'all' ? [] : [kind],
    limit: entriesRead,
  });
  const generations = await generationsOf(parts.store, entries);
  await answer.finish(logBody(texts, { kind, kinds: logKinds, before, entries, generations }));
}

/** What the entries are about, as far as it is still known. */
async function generationsOf(
  store: Store,
  entries: readonly GuildLogEntry[],
): Promise<ReadonlyMap<string, Generation>> {
  const found = await Promise.all(
    entries.flatMap(({ event }) =>
      'generationId' in event ? [store.find(event.generationId)] : [],
    ),
  );
  return new Map(found.flatMap((each) => (each ? [[each.id, each]] : [])));
}

/** A ref may have been made up; it shows everything then. */
function kindOf(text: string | undefined): LogKind {
  return logKinds.find((each) => each === text) ?? 'all';
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
