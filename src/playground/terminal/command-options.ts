import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';

export type TypedOptions = Readonly<Record<string, string | number | boolean | TypedFile>>;

/** A file that is to be uploaded, by where it lies on this machine. */
export interface TypedFile {
  readonly path: string;
}

/** A command as it was typed. */
export interface TypedUse {
  /** The command's name and, where it has them, its group and subcommand. */
  readonly path: string;
  readonly options: TypedOptions;
  /** The option that was typed last. */
  readonly last: string | undefined;
}

/**
 * Reads what stands behind a command's name: `limit set credits:40 per:day`, as Discord's client writes
 * it, or text alone, which is the first option; a file is named by its path, `image=out/1.png`. A value
 * that does not fit its option's type stays text, so that whoever checks it can say so; so does a word
 * where a subcommand is missing.
 */
export function readCommandOptions(typed: string, command: APIApplicationCommand): TypedUse {
  const { path, rest, options } = descend(typed, command);
  const typeOf = (name: string): Type | undefined =>
    options.find((option) => option.name === name)?.type;
  const marks = marksIn(rest, options);
  const values: Record<string, string | number | boolean | TypedFile> = {};
  const before = rest.slice(0, marks[0]?.index ?? rest.length).trim();
  // Without options to take it, the text goes under a name that the client refuses.
  const first = options[0]?.name ?? before;
  if (before !== '') values[first] = readOption(before, typeOf(first));
  for (const [index, mark] of marks.entries()) {
    const text = rest.slice(mark.end, marks[index + 1]?.index).trim();
    values[mark.name] = readOption(text, typeOf(mark.name));
  }
  return {
    path: [command.name, ...path].join(' '),
    options: values,
    last: marks.at(-1)?.name ?? (before === '' ? undefined : first),
  };
}

/** Where the names of options stand: before a colon, those of files before an equals sign as well. */
function marksIn(
  text: string,
  options: readonly APIApplicationCommandOption[],
): { readonly name: string; readonly index: number; readonly end: number }[] {
  const marks = options.flatMap(({ name, type }) => [
    `${name}:`,
    ...(type === Type.Attachment ? [`${name}=`] : []),
  ]);
  if (marks.length === 0) return [];
  const pattern = new RegExp(String.raw`(?:^|\s)(${marks.join('|')})`, 'g');
  return [...text.matchAll(pattern)].map(({ 0: whole, 1: mark = '', index }) => ({
    name: mark.slice(0, -1),
    index,
    end: index + whole.length,
  }));
}

/** What was typed into an option of this type; without one it stays text. */
export function readOption(
  text: string,
  type: Type | undefined,
): string | number | boolean | TypedFile {
  return type === Type.Attachment ? { path: text.replace(/^"(.*)"$/, '$1') } : valueOf(text, type);
}

/** Goes into groups and subcommands as long as their names are typed. */
function descend(
  typed: string,
  command: APIApplicationCommand,
): {
  readonly path: readonly string[];
  readonly rest: string;
  readonly options: readonly APIApplicationCommandOption[];
} {
  const path: string[] = [];
  let options: readonly APIApplicationCommandOption[] = command.options ?? [];
  let rest = typed.trim();
  while (options.some(isFolder)) {
    const [word = ''] = rest.split(/\s+/, 1);
    if (word === '') return { path, rest, options: [] };
    const folder = options.filter(isFolder).find(({ name }) => name === word);
    path.push(word);
    rest = rest.slice(word.length).trim();
    if (folder === undefined) return { path, rest: '', options: [] };
    options = folder.options ?? [];
  }
  return { path, rest, options };
}

function isFolder(
  option: APIApplicationCommandOption,
): option is Extract<
  APIApplicationCommandOption,
  { type: Type.Subcommand | Type.SubcommandGroup }
> {
  return option.type === Type.Subcommand || option.type === Type.SubcommandGroup;
}

/** The value that a text stands for in an option of this type. */
function valueOf(text: string, type: Type | undefined): string | number | boolean {
  if (type === Type.Boolean && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if ((type === Type.Integer || type === Type.Number) && /^-?\d+(\.\d+)?$/.test(text))
    return Number(text);
  return text;
}
