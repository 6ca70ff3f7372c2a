import type { RawFile } from 'discord.js';
import type { Generation } from '../domain/generation.ts';
import type { GuildLogEntry } from '../domain/guild-log.ts';
import type { Picture, PictureKey, Pictures } from '../domain/pictures.ts';
import type { Store } from '../domain/store.ts';
import type { Body } from '../messages/body.ts';
import { cut } from '../messages/cut.ts';
import { logChannelBody } from '../messages/log-body.ts';
import type { PostedEntry } from '../messages/log-body.ts';
import { logEntryText } from '../messages/log-entry.ts';
import { textsFor } from '../messages/texts.ts';

/** Of the 4000 characters that Discord takes in all. */
const messageUnits = 3_600;
const entryUnits = 1_500;
const mostFiles = 10;
/** Discord takes 10 MiB on a server without boosts; the text needs a little. */
const messageBytes = 8 * 1024 * 1024;

export interface LogMessageTools {
  readonly store: Pick<Store, 'find'>;
  readonly pictures: Pick<Pictures, 'fetch' | 'fit'>;
}

/** The pictures of an entry that went into no message yet: those from this one on. */
export interface Rest {
  readonly entry: GuildLogEntry;
  readonly from: number;
}

/** A message of a log channel, and what it had no room for. */
export interface LogMessage {
  readonly body: Body | undefined;
  readonly files: RawFile[];
  readonly left: readonly GuildLogEntry[];
  readonly rest: Rest | undefined;
}

/**
 * As many of the entries as one message takes, at least one, with their pictures as they are: none is
 * made smaller for the log but one that no message would take. `body` is `undefined` where there is
 * nothing to post any more.
 *
 * @param earlier what the message before had no room for, which comes first
 * @param held gets every picture that is in memory, for the caller to release
 */
export async function logMessage(
  tools: LogMessageTools,
  entries: readonly GuildLogEntry[],
  earlier: Rest | undefined,
  held: Picture[],
  signal: AbortSignal,
): Promise<LogMessage> {
  const posted: PostedEntry[] = [];
  const files: RawFile[] = [];
  let rest: Rest | undefined;
  let units = 0;
  let bytes = 0;
  const left = [...entries];
  if (earlier) left.unshift(earlier.entry);
  while (left[0] && !rest) {
    const entry: GuildLogEntry = left[0];
    const from = entry === earlier?.entry ? earlier.from : 0;
    const generation = await generationOf(tools, entry);
    const whole = cut(logEntryText(textsFor('en-US'), entry, generation), entryUnits);
    const text = from === 0 ? whole : `… ${whole.split('\n', 1).join('')}`;
    const keys = generation ? keysOf(generation, from) : [];
    const first = posted.length === 0;
    const room = { files: mostFiles - files.length, bytes: messageBytes - bytes };
    if (!first && (units + text.length > messageUnits || keys.length > room.files)) break;
    const fetched = await picturesOf(tools, keys, room, held, signal);
    // Rather together in the next message than apart.
    if (fetched.from !== undefined && !first) break;
    left.shift();
    // What it had left was deleted meanwhile.
    if (from > 0 && fetched.pictures.length === 0) continue;
    const own = fetched.pictures.map((picture, index) => fileOf(picture, files.length + index));
    files.push(...own);
    units += text.length;
    bytes += sizeOf(fetched.pictures);
    posted.push({ text, fileNames: own.map(({ name }) => name) });
    if (fetched.from !== undefined) rest = { entry, from: fetched.from };
  }
  const body = posted.length === 0 ? undefined : logChannelBody(posted);
  return { body, files, left, rest };
}

async function generationOf(
  { store }: LogMessageTools,
  { event }: GuildLogEntry,
): Promise<Generation | undefined> {
  return event.kind === 'generation' ? store.find(event.generationId) : undefined;
}

/** Deleted pictures are not looked for, and those of an age-restricted channel stay there. */
function keysOf({ id, pictures, destination }: Generation, from: number): PictureKey[] {
  if (destination.ageRestricted) return [];
  return pictures.flatMap(({ kind }, index) =>
    kind === 'kept' && index >= from ? [{ generationId: id, index }] : [],
  );
}

/** Those that are still in the spool, in order, while there is room; `from` is the first one without. */
async function picturesOf(
  { pictures }: LogMessageTools,
  keys: readonly PictureKey[],
  room: { readonly files: number; readonly bytes: number },
  held: Picture[],
  signal: AbortSignal,
): Promise<{ readonly pictures: readonly Picture[]; readonly from?: number }> {
  const found: Picture[] = [];
  for (const key of keys) {
    if (found.length === room.files) return { pictures: found, from: key.index };
    const options = { trustedHosts: [], signal };
    const picture = await pictures.fetch(key, { kind: 'spooled' }, options).catch(() => undefined);
    if (!picture) continue;
    held.push(picture);
    if (picture.bytes.length > messageBytes && room.bytes === messageBytes && found.length === 0) {
      const limits = { fileBytes: messageBytes, totalBytes: messageBytes };
      found.push(...(await pictures.fit([picture], limits)));
    } else if (sizeOf(found) + picture.bytes.length > room.bytes)
      return { pictures: found, from: key.index };
    else found.push(picture);
  }
  return { pictures: found };
}

const sizeOf = (pictures: readonly Picture[]): number =>
  pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);

function fileOf({ bytes, type }: Picture, index: number): RawFile {
  return {
    name: `SPOILER_${index + 1}.${type}`,
    data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    contentType: `image/${type}`,
  };
}
