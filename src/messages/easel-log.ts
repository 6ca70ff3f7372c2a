import type { Generation } from '../domain/generation.ts';
import type { GuildEvent, GuildLogEntry } from '../domain/guild-log.ts';
import { body, row, select, text } from './body.ts';
import type { Body, Button } from './body.ts';
import { cut } from './cut.ts';
import { easelIds } from './easel-ids.ts';
import { logEntryText } from './log-entry.ts';
import type { Texts } from './texts.ts';

type Kind = 'all' | GuildEvent['kind'];

export interface LogView {
  readonly kind: Kind;
  /** What can be chosen. */
  readonly kinds: readonly Kind[];
  /** The page begins before this entry; `null`: with the newest. */
  readonly before: number | null;
  /** Newest first; those that do not fit are for the next page. */
  readonly entries: readonly GuildLogEntry[];
  /** By id, as far as they are still known. */
  readonly generations: ReadonlyMap<string, Generation>;
}

const mostEntries = 10;
/** Of the 4000 characters that Discord takes in all; the title and the select need the rest. */
const pageUnits = 3500;
const entryUnits = 1200;

/** A page of the guild's log, for a moderator alone: a select of what is shown, and a way to older entries. */
export function logBody(texts: Texts, view: LogView): Body {
  const { kind, kinds, before, entries } = view;
  const labels = texts.easel.log;
  const shown = page(texts, view);
  const last = entries[shown.length - 1];
  const buttons: Button[] = [
    ...(before === null ? [] : [{ label: labels.newest, customId: easelIds.log(kind, null) }]),
    ...(last === undefined || shown.length === entries.length
      ? []
      : [{ label: labels.older, customId: easelIds.log(kind, last.id) }]),
  ];
  const none = before === null ? labels.none : labels.noMore;
  return body([
    text(labels.title(texts.easel.kinds[kind])),
    text(shown.length === 0 ? none : shown.join('\n')),
    ...select({
      customId: easelIds.logKind,
      placeholder: labels.choose,
      options: kinds.map((value) => ({
        label: texts.easel.kinds[value],
        value,
        chosen: value === kind,
      })),
    }),
    ...row(buttons),
  ]);
}

/** As many as fit, at least one. */
function page(texts: Texts, { entries, generations }: LogView): string[] {
  const shown: string[] = [];
  let units = 0;
  for (const entry of entries.slice(0, mostEntries)) {
    const { event } = entry;
    const generation = 'generationId' in event ? generations.get(event.generationId) : undefined;
    const line = cut(logEntryText(texts, entry, generation), entryUnits);
    units += line.length + 1;
    if (units > pageUnits && shown.length > 0) break;
    shown.push(line);
  }
  return shown;
}
