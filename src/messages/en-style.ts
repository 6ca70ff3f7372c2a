import type { Style } from '../domain/style.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';

/** What was added, removed or changed of a style, a line each. */
export function styleLines(before: Style | null, after: Style | null): string[] {
  if (before === null) return after === null ? [] : [`Added the style ${described(after)}`];
  if (after === null) return [`Removed the style ${described(before)}`];
  return [`Changed the style **${escape(before.name)}**`, ...changes(before, after)];
}

/** A style in one line. */
function described({ name, text, negative, options }: Style): string {
  const parts = [
    ...(text === '' ? [] : [`text: ${escape(text)}`]),
    ...(negative === '' ? [] : [`not to show: ${escape(negative)}`]),
    ...styleOptionsText(options).map((option) => escape(option)),
  ];
  return `**${escape(name)}**${parts.length === 0 ? '' : ` (${parts.join('; ')})`}`;
}

/** Of each side so much is shown, so that the new value is never cut away with the old one. */
const sideUnits = 300;

/** A line for each part that is another one now. */
function changes(before: Style, after: Style): string[] {
  const parts: readonly (readonly [string, (style: Style) => string])[] = [
    ['name', ({ name }) => name],
    ['text', ({ text }) => text],
    ['not to show', ({ negative }) => negative],
    ['options', ({ options }) => styleOptionsText(options).join(', ')],
  ];
  return parts.flatMap(([name, of]) =>
    of(before) === of(after) ? [] : [`- ${name}: ${side(of(before))} → **${side(of(after))}**`],
  );
}

function side(value: string): string {
  return value === '' ? 'none' : escape(cut(value, sideUnits));
}

/** Its default options as moderators write them: `aspect 16:9`. */
export function styleOptionsText({
  aspect,
  guidance,
  steps,
  scheduler,
}: Style['options']): string[] {
  return [
    ...(aspect === undefined ? [] : [`aspect ${aspect}`]),
    ...(guidance === undefined ? [] : [`guidance ${guidance}`]),
    ...(steps === undefined ? [] : [`steps ${steps}`]),
    ...(scheduler === undefined ? [] : [`scheduler ${scheduler}`]),
  ];
}
