import type { Generation } from '../domain/generation.ts';
import type { GuildLogEntry } from '../domain/guild-log.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';
import type { Texts } from './texts.ts';

/** Of a prompt, as much as tells what it is about. */
const promptUnits = 300;

/**
 * An entry of a guild's log in a few lines: when, who, what, and a link where there is a message.
 *
 * @param generation what was made or deleted, where it is at hand
 */
export function logEntryText(texts: Texts, entry: GuildLogEntry, generation?: Generation): string {
  return `<t:${Math.floor(entry.at / 1000)}:f> ${whatOf(texts, entry, generation)}`;
}

function whatOf(texts: Texts, entry: GuildLogEntry, generation: Generation | undefined): string {
  const { by, event } = entry;
  switch (event.kind) {
    case 'generation': {
      const link = linkTo(entry.guildId, event.messageId, generation);
      if (!generation) return texts.log.generation(by, null, link);
      const { pictures, credits, destination, request } = generation;
      // Of what was erased, or is past retention, nothing is left but its numbers.
      const known = request.prompt !== '';
      const made = {
        pictures: known ? pictures.length : null,
        credits,
        private: known && destination.private,
      };
      return `${texts.log.generation(by, made, link)}${quoted(generation)}`;
    }
    case 'refusal':
      return texts.log.refusal(by, event);
    case 'deletion':
      return `${texts.log.deletion(by, event.memberId)}${generation ? quoted(generation) : ''}`;
    case 'change':
      return texts.log.change(by, event);
  }
}

/** Below the entry, what was asked for, as far as it is still known. */
function quoted({ request }: Generation): string {
  if (request.prompt === '') return '';
  return `\n> ${escape(cut(request.prompt.replaceAll(/\s+/g, ' '), promptUnits))}`;
}

/** A private message has no address that others could open. */
function linkTo(
  guildId: string,
  messageId: string | null,
  generation: Generation | undefined,
): string | null {
  if (messageId === null || !generation || generation.destination.private) return null;
  return `https://discord.com/channels/${guildId}/${generation.destination.channelId}/${messageId}`;
}
