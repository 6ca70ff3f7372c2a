import { Routes } from 'discord.js';
import type { RawFile, REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Generation } from '../domain/generation.ts';
import type { GuildLog, GuildLogEntry } from '../domain/guild-log.ts';
import type { Picture, Pictures } from '../domain/pictures.ts';
import type { Settings } from '../domain/settings.ts';
import type { Store } from '../domain/store.ts';
import type { Log } from '../log.ts';
import { logChannelBody } from '../messages/log-body.ts';
import type { PostedEntry } from '../messages/log-body.ts';
import { cut } from '../messages/cut.ts';
import { logEntryText } from '../messages/log-entry.ts';
import { textsFor } from '../messages/texts.ts';
import { sleep } from '../schedule.ts';
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
const entriesAtOnce = 10;
/** What waits to be written down; beyond it entries are dropped rather than memory filled. */
const mostNoted = 5_000;
/** Of the 4000 characters that Discord takes in all. */
const messageUnits = 3_600;
const entryUnits = 1_500;
/** Discord takes 10 files and, on a server without boosts, 10 MiB; the text needs a little. */
const mostFiles = 10;
const messageBytes = 9 * 1024 * 1024;

export interface GuildLogTools {
  readonly store: Store;
  readonly settings: Settings;
  readonly pictures: Pictures;
  readonly rest: REST;
  readonly clock: Clock;
  readonly log: Log;
}

/** An entry on its way to the channel, with what it shows. */
interface Item {
  readonly text: string;
  readonly pictures: readonly Picture[];
}

/** Keeps the guilds' logs in the store and posts them to the log channels that are set. */
export function createGuildLog(tools: GuildLogTools): GuildLog {
  const { store, settings, clock, log } = tools;
  const closing = new AbortController();
  const noting = new Set<Promise<void>>();
  /** The guilds that are being posted for, and whether there is more since it was last looked. */
  const posting = new Map<string, { more: boolean; done: Promise<void> }>();
  const troubled = new Set<string>();

  function wake(guildId: string): void {
    if (closing.signal.aborted) return;
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
      for (;;) {
        const { rules } = await settings.load(guildId);
        if (rules.logChannelId === null) return;
        const since = clock.now() - postedWithinMs;
        const entries = await store.takeUnposted(guildId, since, entriesAtOnce);
        if (entries.length === 0) break;
        await postEntries(guildId, rules.logChannelId, entries);
      }
    }
  }

  async function postEntries(
    guildId: string,
    channelId: string,
    entries: readonly GuildLogEntry[],
  ): Promise<void> {
    const left = [...entries];
    while (left.length > 0) {
      const items: Item[] = [];
      try {
        await fill(items, left);
        await post(guildId, channelId, items);
      } finally {
        tools.pictures.release(items.flatMap(({ pictures }) => pictures));
      }
      const waitMs = troubled.has(guildId) ? postAgainMs : postEveryMs;
      await sleep(clock, waitMs, closing.signal);
    }
  }

  /** As many of the entries as one message takes, at least one; they leave the list. */
  async function fill(items: Item[], left: GuildLogEntry[]): Promise<void> {
    let units = 0;
    let files = 0;
    for (let entry = left[0]; entry; entry = left[0]) {
      const generation = await generationOf(entry);
      const text = cut(logEntryText(textsFor('en-US'), entry, generation), entryUnits);
      const kept = generation?.pictures.filter(({ kind }) => kind === 'kept').length ?? 0;
      const full = units + text.length > messageUnits || files + kept > mostFiles;
      if (items.length > 0 && full) return;
      left.shift();
      units += text.length;
      files += kept;
      items.push({ text, pictures: generation ? await picturesOf(generation) : [] });
    }
  }

  async function generationOf({ event }: GuildLogEntry): Promise<Generation | undefined> {
    return event.kind === 'generation' ? store.find(event.generationId) : undefined;
  }

  /** Those that are still in the spool; deleted ones are not looked for anywhere else. */
  async function picturesOf({ id, pictures }: Generation): Promise<Picture[]> {
    const found: Picture[] = [];
    for (const [index, { kind }] of pictures.entries()) {
      if (kind !== 'kept' || found.length === mostFiles) continue;
      const options = { trustedHosts: [], signal: closing.signal };
      const key = { generationId: id, index };
      const picture = await tools.pictures
        .fetch(key, { kind: 'spooled' }, options)
        .catch(() => undefined);
      if (picture) found.push(picture);
    }
    return found;
  }

  async function post(guildId: string, channelId: string, items: readonly Item[]): Promise<void> {
    const limits = { fileBytes: messageBytes, totalBytes: messageBytes };
    const fitted = await tools.pictures.fit(
      items.flatMap(({ pictures }) => pictures),
      limits,
    );
    const files = fitted.map(({ bytes, type }, index): RawFile => {
      const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return { name: `SPOILER_${index + 1}.${type}`, data, contentType: `image/${type}` };
    });
    let next = 0;
    const entries = items.map(({ text, pictures }): PostedEntry => {
      const own = files.slice(next, (next += pictures.length));
      return { text, fileNames: own.map(({ name }) => name) };
    });
    await send(guildId, channelId, logChannelBody(entries), files);
  }

  async function send(
    guildId: string,
    channelId: string,
    body: ReturnType<typeof logChannelBody>,
    files: readonly RawFile[],
  ): Promise<void> {
    const request = files.length === 0 ? { body } : multipart(body, files);
    for (const waitMs of [...waitsMs, undefined]) {
      try {
        await tools.rest.post(Routes.channelMessages(channelId), request);
        troubled.delete(guildId);
        return;
      } catch (error) {
        if (problemOf(error) === 'broken' && waitMs !== undefined) {
          await sleep(clock, waitMs, closing.signal);
          continue;
        }
        // Once, until it works again; the entries stay readable with `/easel log show`.
        if (!troubled.has(guildId))
          log.warn({ err: error, guild: guildId, channel: channelId }, 'a log cannot be posted');
        troubled.add(guildId);
        return;
      }
    }
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
