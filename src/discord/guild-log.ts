import { Routes } from 'discord.js';
import type { REST } from 'discord.js';
import { atMost } from '../at-most.ts';
import type { Clock } from '../clock.ts';
import type { GuildLog, GuildLogEntry } from '../domain/guild-log.ts';
import type { Picture, Pictures } from '../domain/pictures.ts';
import type { Settings } from '../domain/settings.ts';
import type { Store } from '../domain/store.ts';
import type { Log } from '../log.ts';
import { sleep } from '../schedule.ts';
import { logMessage } from './log-message.ts';
import type { LogMessage, LogMessageTools, Rest } from './log-message.ts';
import { multipart } from './multipart.ts';
import { problemOf } from './problem.ts';

/** A channel gets a message at most this often; what comes meanwhile stands in the next one together. */
const postEveryMs = 2_000;
/** One that cannot be written to is tried this often at most. */
const postAgainMs = 60_000;
/** Discord being away is waited out so many times, ever longer. */
const waitsMs = [5_000, 30_000, 120_000];
/** What is older than this when the bot comes back is only read with `/easel log show`. */
const postedWithinMs = 24 * 60 * 60_000;
/** As many as there can be files in a message. */
const entriesAtOnce = 10;
/** What waits to be written down; beyond it entries are dropped rather than memory filled. */
const mostNoted = 5_000;

type LogStore = LogMessageTools['store'] &
  Pick<Store, 'noteLog' | 'takeUnposted' | 'giveBackUnposted' | 'guildsWithUnposted'>;
type LogPictures = LogMessageTools['pictures'] & Pick<Pictures, 'release'>;

export interface GuildLogTools {
  readonly store: LogStore;
  readonly settings: Pick<Settings, 'load' | 'peek'>;
  readonly pictures: LogPictures;
  readonly rest: Pick<REST, 'post'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one look came to: nothing waited, it was posted (or given up), or another try may work. */
type Look = 'nothing' | 'done' | 'again';

/** Keeps the guilds' logs in the store and posts them to the log channels that are set. */
export function createGuildLog(tools: GuildLogTools): GuildLog {
  const { store, settings, clock, log } = tools;
  const closing = new AbortController();
  const noting = new Set<Promise<void>>();
  /** The guilds that are being posted for, and whether there is more since it was last looked. */
  const posting = new Map<string, { more: boolean; done: Promise<void> }>();
  const troubled = new Set<string>();
  /** One message over all guilds: members' pictures come first, and memory is bounded so. */
  const turns = atMost(1);

  function wake(guildId: string): void {
    if (closing.signal.aborted) return;
    // Most guilds have no channel for it, and their entries are only read.
    if (settings.peek(guildId)?.rules.logChannelId === null) return;
    const under = posting.get(guildId);
    if (under) {
      under.more = true;
      return;
    }
    const state = { more: true, done: Promise.resolve() };
    posting.set(guildId, state);
    state.done = postAll(guildId, state)
      .catch((error: unknown) => {
        if (!closing.signal.aborted) log.warn({ err: error, guild: guildId }, 'a log stopped');
      })
      .finally(() => {
        posting.delete(guildId);
        // What came when the last look was over.
        if (state.more) wake(guildId);
      });
  }

  async function postAll(guildId: string, state: { more: boolean }): Promise<void> {
    while (state.more) {
      state.more = false;
      let rest: Rest | undefined;
      let failures = 0;
      for (;;) {
        const look = await turns(() => postNext(guildId, failures, rest));
        if (look.outcome === 'nothing') break;
        rest = look.rest;
        const againMs = look.outcome === 'again' ? waitsMs[failures] : undefined;
        failures = againMs === undefined ? 0 : failures + 1;
        const pauseMs = troubled.has(guildId) ? postAgainMs : postEveryMs;
        await sleep(clock, againMs ?? pauseMs, closing.signal);
      }
    }
  }

  /**
   * Posts as much of what waits as one message takes. What is not in it is given back, so that it does
   * not wait in memory, where a restart would lose it.
   */
  async function postNext(
    guildId: string,
    failures: number,
    earlier: Rest | undefined,
  ): Promise<{ readonly outcome: Look; readonly rest?: Rest | undefined }> {
    closing.signal.throwIfAborted();
    const { rules } = await settings.load(guildId);
    if (rules.logChannelId === null) return { outcome: 'nothing' };
    const since = clock.now() - postedWithinMs;
    const entries = await store.takeUnposted(guildId, since, entriesAtOnce);
    if (entries.length === 0 && !earlier) return { outcome: 'nothing' };
    const held: Picture[] = [];
    // One that no message can be made of must not hold up those behind it for ever.
    let left: readonly GuildLogEntry[] = entries.slice(1);
    try {
      const message = await logMessage(tools, entries, earlier, held, closing.signal);
      left = entries;
      const last = failures === waitsMs.length;
      // Pictures that were not fetched because the bot stops are not missing.
      closing.signal.throwIfAborted();
      const outcome = await send(guildId, rules.logChannelId, message, last);
      if (outcome === 'again') return { outcome, rest: earlier };
      left = message.left;
      return { outcome, rest: message.rest };
    } finally {
      tools.pictures.release(held);
      await store.giveBackUnposted(left.map(({ id }) => id));
    }
  }

  async function send(
    guildId: string,
    channelId: string,
    { body, files }: LogMessage,
    last: boolean,
  ): Promise<Look> {
    if (!body) return 'done';
    try {
      const request = files.length === 0 ? { body } : multipart(body, files);
      await tools.rest.post(Routes.channelMessages(channelId), request);
      troubled.delete(guildId);
    } catch (error) {
      if (problemOf(error) === 'broken' && !last) return 'again';
      // Once, until it works again; the entries stay readable with `/easel log show`.
      if (!troubled.has(guildId))
        log.warn({ err: error, guild: guildId, channel: channelId }, 'a log cannot be posted');
      troubled.add(guildId);
    }
    return 'done';
  }

  return {
    note(guildId, by, event) {
      if (noting.size >= mostNoted) {
        log.error({ guild: guildId, kind: event.kind }, 'an entry of a log was dropped');
        return;
      }
      const task = store
        .noteLog(guildId, by, event, clock.now())
        .then(() => {
          wake(guildId);
        })
        .catch((error: unknown) => {
          log.error({ err: error, guild: guildId, kind: event.kind }, 'a log entry was not kept');
        })
        .finally(() => noting.delete(task));
      noting.add(task);
    },
    wake,
    troubled: (guildId) => troubled.has(guildId),
    async begin() {
      for (const guildId of await store.guildsWithUnposted(clock.now() - postedWithinMs))
        wake(guildId);
    },
    async close() {
      await Promise.all(noting);
      closing.abort(new Error('the log is closed'));
      await Promise.all([...posting.values()].map(({ done }) => done));
    },
  };
}
