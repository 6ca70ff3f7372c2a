/** What a typed line asks for. */
export type TypedLine =
  | { readonly kind: 'nothing' | 'help' | 'look' | 'restart' | 'quit' }
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly rest: string;
      /** Sent by a hacked client, which checks nothing. */
      readonly raw: boolean;
    }
  | { readonly kind: 'press'; readonly button: number; readonly raw: boolean }
  | { readonly kind: 'as'; readonly person: string }
  | { readonly kind: 'in'; readonly channel: string }
  | { readonly kind: 'clock'; readonly ms: number }
  | { readonly kind: 'fault'; readonly name: string }
  | { readonly kind: 'wait'; readonly text: string }
  /** Cannot be followed; says what to type instead. */
  | { readonly kind: 'puzzle'; readonly hint: string };

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const longestMs = 30 * 86_400_000;

/** Reads one line. Never throws: what cannot be understood comes back with a hint. */
export function readTypedLine(line: string): TypedLine {
  const text = line.trim();
  if (text === '' || (text.startsWith('#') && !text.startsWith('#/'))) return { kind: 'nothing' };
  const raw = /^raw\s+(.*)$/s.exec(text)?.[1];
  const rest = (raw ?? text).trim();
  if (rest.startsWith('/')) return readCommand(rest, raw !== undefined);
  const [verb = '', ...words] = rest.split(/\s+/);
  const object = words.join(' ');
  if (verb === 'press') return readPress(object, raw !== undefined);
  if (raw !== undefined)
    return puzzle('"raw" goes before a command or a press: raw /imagine a fox images:9');
  switch (verb.toLowerCase()) {
    case 'help':
    case '?':
      return { kind: 'help' };
    case 'look':
    case 'restart':
      return object === '' ? { kind: verb === 'look' ? 'look' : 'restart' } : stranger(text);
    case 'quit':
    case 'exit':
      return { kind: 'quit' };
    case 'as':
      return object === ''
        ? puzzle('As whom? For example: as bob')
        : { kind: 'as', person: object };
    case 'in':
      return object === ''
        ? puzzle('In which channel? For example: in #general')
        : { kind: 'in', channel: object.replace(/^#/, '') };
    case 'clock':
      return readClock(object);
    case 'fault':
      return { kind: 'fault', name: object.toLowerCase() };
    case 'wait':
      return object === ''
        ? puzzle('Wait for which text? For example: wait Painting')
        : { kind: 'wait', text: object };
    default:
      return stranger(text);
  }
}

function readCommand(text: string, raw: boolean): TypedLine {
  const [, name, rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || name === '') return puzzle('Which command? For example: /usage');
  return { kind: 'command', name, rest, raw };
}

function readPress(object: string, raw: boolean): TypedLine {
  if (!/^\d{1,6}$/.test(object))
    return puzzle('Which button? They are numbered, for example: press 1');
  return { kind: 'press', button: Number(object), raw };
}

function readClock(object: string): TypedLine {
  const [, amount, unit = ''] = /^\+?(\d{1,6})\s*([smhd])$/.exec(object) ?? [];
  const ms = Number(amount) * (unitMs[unit] ?? Number.NaN);
  if (Number.isNaN(ms) || ms <= 0)
    return puzzle('How far? Time only goes on: clock +30s, clock +15m, clock +24h, clock +2d');
  if (ms > longestMs) return puzzle('That is too far; 30 days is the most at once.');
  return { kind: 'clock', ms };
}

function stranger(text: string): TypedLine {
  const start = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return /^(imagine|usage)\b/i.test(text)
    ? puzzle(`Commands begin with a slash: /${start}`)
    : puzzle(`I do not know "${start}". Try: /imagine a fox in the snow — or help`);
}

function puzzle(hint: string): TypedLine {
  return { kind: 'puzzle', hint };
}
