import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { APIApplicationCommand } from 'discord-api-types/v10';

export type TypedOptions = Readonly<Record<string, string | number | boolean>>;

/**
 * Reads what stands behind a command's name: `prompt:a fox images:2`, as Discord's client writes it,
 * or text alone, which is the first option. A value that does not fit its option's type stays text,
 * so that whoever checks it can say so.
 */
export function readCommandOptions(rest: string, command: APIApplicationCommand): TypedOptions {
  const options = (command.options ?? []).filter(
    ({ type }) => type !== Type.Subcommand && type !== Type.SubcommandGroup,
  );
  const typeOf = (name: string): Type | undefined =>
    options.find((option) => option.name === name)?.type;
  const names = options.map(({ name }) => name).join('|');
  const pattern = new RegExp(String.raw`(?:^|\s)(${names}):`, 'g');
  const marks = names === '' ? [] : [...rest.matchAll(pattern)];
  const values: Record<string, string | number | boolean> = {};
  const before = rest.slice(0, marks[0]?.index ?? rest.length).trim();
  // Without options to take it, the text goes under a name that the client refuses.
  if (before !== '') values[options[0]?.name ?? before] = before;
  for (const [index, mark] of marks.entries()) {
    const name = mark[1] ?? '';
    const text = rest.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim();
    values[name] = valueOf(text, typeOf(name));
  }
  return values;
}

/** The value that a text stands for in an option of this type. */
export function valueOf(text: string, type: Type | undefined): string | number | boolean {
  if (type === Type.Boolean && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if ((type === Type.Integer || type === Type.Number) && /^-?\d+(\.\d+)?$/.test(text))
    return Number(text);
  return text;
}
