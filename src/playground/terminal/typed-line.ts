/** What a typed line asks for. */
export type TypedLine =
  | { readonly kind: 'nothing' | 'help' | 'look' | 'restart' | 'quit' | 'dm' }
  | { readonly kind: 'leave' }
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly rest: string;
      /** Sent by a hacked client, which checks nothing. */
      readonly raw: boolean;
    }
  | {
      readonly kind: 'press';
      /** Its number, or how its label begins. */
      readonly button: number | string;
      readonly raw: boolean;
    }
  | {
      readonly kind: 'menu';
      readonly name: string;
      /** The number of a button on the message; the newest message where there is none. */
      readonly on: number | undefined;
      readonly raw: boolean;
    }
  | {
      readonly kind: 'choose';
      /** Counted from 1. */
      readonly options: readonly number[];
      readonly on: number;
      readonly raw: boolean;
    }
  | { readonly kind: 'fill'; readonly text: string; readonly raw: boolean }
  | { readonly kind: 'suggest'; readonly name: string; readonly rest: string }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'remove'; readonly on: number | undefined }
  | { readonly kind: 'roles'; readonly person: string; readonly roles: readonly string[] }
  | { readonly kind: 'drop'; readonly role: string }
  | {
      readonly kind: 'access';
      readonly command: string;
      /** A member or a role. */
      readonly who: string;
      readonly allowed: boolean;
    }
  | {
      readonly kind: 'access';
      readonly channel: string;
      /** Only adults see it. */
      readonly adultsOnly: boolean;
    }
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
  const act = readAct(verb, object, raw !== undefined);
  if (act !== undefined) return act;
  if (raw !== undefined)
    return puzzle('"raw" goes before a command or a press: raw /imagine a fox images:9');
  switch (verb.toLowerCase()) {
    case 'help':
    case '?':
      return { kind: 'help' };
    case 'look':
      return object === '' ? { kind: 'look' } : stranger(text);
    case 'restart':
      return object === '' ? { kind: 'restart' } : stranger(text);
    case 'dm':
      return object === '' ? { kind: 'dm' } : stranger(text);
    case 'leave':
      return object === '' ? { kind: 'leave' } : stranger(text);
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
    case 'suggest':
      return readSuggest(object);
    case 'say':
      return object === ''
        ? puzzle('Say what? For example: say hello')
        : { kind: 'say', text: rest.slice(verb.length).trim() };
    case 'remove':
      return readRemove(object);
    case 'roles':
      return readRoles(words);
    case 'drop':
      return object === ''
        ? puzzle('Which role goes? For example: drop Guests')
        : { kind: 'drop', role: object };
    case 'allow':
    case 'deny':
      return readAccess(verb.toLowerCase(), object);
    case 'adults':
    case 'everybody':
      return object === ''
        ? puzzle(`Which channel? For example: ${verb.toLowerCase()} #general`)
        : {
            kind: 'access',
            channel: object.replace(/^#/, ''),
            adultsOnly: verb.toLowerCase() === 'adults',
          };
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

/** What can also be done with a hacked client. */
function readAct(verb: string, object: string, raw: boolean): TypedLine | undefined {
  switch (verb.toLowerCase()) {
    case 'press':
      return readPress(object, raw);
    case 'menu':
      return readMenu(object, raw);
    case 'choose':
      return readChoose(object, raw);
    case 'fill':
      return { kind: 'fill', text: object, raw };
    default:
      return undefined;
  }
}

function readMenu(object: string, raw: boolean): TypedLine {
  const [, quoted, plain, on] = /^(?:"([^"]+)"|(.+?))(?:\s+on\s+(\d{1,6}))?$/.exec(object) ?? [];
  const name = quoted ?? plain;
  if (name === undefined)
    return puzzle('Which command, and on which message? For example: menu "Easel: moderate" on 1');
  return { kind: 'menu', name, on: on === undefined ? undefined : Number(on), raw };
}

function readChoose(object: string, raw: boolean): TypedLine {
  const [, options, on] = /^(\d{1,2}(?:\s*,\s*\d{1,2})*)\s+on\s+(\d{1,6})$/.exec(object) ?? [];
  if (options === undefined)
    return puzzle('Which option of which list? They are numbered, for example: choose 2 on 3');
  return { kind: 'choose', options: options.split(',').map(Number), on: Number(on), raw };
}

function readSuggest(object: string): TypedLine {
  const [, name, rest = ''] = /^\/(\S+)\s*(.*)$/s.exec(object) ?? [];
  return name === undefined
    ? puzzle('Suggest what? For example: suggest /easel word remove rule:ba')
    : { kind: 'suggest', name, rest };
}

function readRemove(object: string): TypedLine {
  if (object === '') return { kind: 'remove', on: undefined };
  return /^\d{1,6}$/.test(object)
    ? { kind: 'remove', on: Number(object) }
    : puzzle('Which message? The newest, or that with a button: remove 1');
}

function readRoles(words: readonly string[]): TypedLine {
  const [person, ...roles] = words;
  return person === undefined
    ? puzzle('Whose roles are to be which? For example: roles bob Regulars Guests')
    : { kind: 'roles', person, roles };
}

function readAccess(verb: string, object: string): TypedLine {
  const [, slash, quoted, who] = /^(?:\/(\S+)|"([^"]+)")\s+for\s+@?(.+)$/.exec(object) ?? [];
  const command = slash ?? quoted;
  return command === undefined || who === undefined
    ? puzzle(`Which command, and for whom? For example: ${verb} /easel for Helpers`)
    : { kind: 'access', command, who, allowed: verb === 'allow' };
}

function readCommand(text: string, raw: boolean): TypedLine {
  const [, name, rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined || name === '') return puzzle('Which command? For example: /usage');
  return { kind: 'command', name, rest, raw };
}

function readPress(object: string, raw: boolean): TypedLine {
  if (object === '') return puzzle('Which button? They are numbered, for example: press 1');
  return { kind: 'press', button: /^\d{1,6}$/.test(object) ? Number(object) : object, raw };
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
