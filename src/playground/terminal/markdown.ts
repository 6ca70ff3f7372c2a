import type { Moments } from './moment.ts';

/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: 'plain' | 'bold' | 'code' | 'mention';
}

export interface TextLine {
  readonly kind: 'plain' | 'small' | 'heading';
  readonly spans: readonly Span[];
}

/** What a reader's client knows and a text only refers to. */
export interface Reader {
  readonly moments: Moments;
  /** The name behind an id of a person, role or channel. */
  nameOf(id: string): string | undefined;
}

const token =
  /\\([!-/:-@[-`{-~])|(\*\*)|`([^`\n]+)`|<t:(-?\d{1,13})(?::([a-zA-Z]))?>|<(@[!&]?|#)(\d{1,20})>/g;

/**
 * Reads the part of Discord's markdown that the bot uses: escapes, bold, code (also blocks of it),
 * small lines, headings, timestamps and mentions. Everything else stays as it is written.
 */
export function readMarkdown(text: string, reader: Reader): TextLine[] {
  let inCode = false;
  return text.split('\n').flatMap((line): TextLine[] => {
    if (line === '```') {
      inCode = !inCode;
      return [];
    }
    if (inCode) return [{ kind: 'plain', spans: [{ text: line, style: 'code' }] }];
    const small = /^-# (.*)$/.exec(line);
    const heading = /^#{1,3} (.*)$/.exec(line);
    if (small) return [{ kind: 'small', spans: readSpans(small[1] ?? '', reader) }];
    if (heading) return [{ kind: 'heading', spans: readSpans(heading[1] ?? '', reader) }];
    return [{ kind: 'plain', spans: readSpans(line, reader) }];
  });
}

function readSpans(line: string, reader: Reader): Span[] {
  const spans: Span[] = [];
  let bold = false;
  const add = (text: string, style: Span['style'] = bold ? 'bold' : 'plain'): void => {
    const last = spans.at(-1);
    if (text === '') return;
    if (last?.style === style) spans[spans.length - 1] = { text: last.text + text, style };
    else spans.push({ text, style });
  };
  let at = 0;
  for (const match of line.matchAll(token)) {
    add(line.slice(at, match.index));
    at = match.index + match[0].length;
    const [all, escaped, stars, code, seconds, form, sign, id] = match;
    if (escaped !== undefined) add(escaped);
    else if (stars !== undefined) bold = !bold;
    else if (code !== undefined) add(code, 'code');
    else if (seconds !== undefined) add(moment(Number(seconds) * 1000, form, reader.moments));
    else if (id !== undefined) add(mention(sign, reader.nameOf(id)) ?? all, 'mention');
  }
  add(line.slice(at));
  return spans;
}

function moment(atMs: number, form: string | undefined, moments: Moments): string {
  return form === 'R' ? moments.relative(atMs) : moments.date(atMs);
}

function mention(sign: string | undefined, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return `${sign?.startsWith('#') ? '#' : '@'}${name}`;
}
