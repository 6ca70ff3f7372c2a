import type {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
} from 'discord-api-types/v10';
import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { contentTypeOf } from './content-type.ts';
import { ClientRefused } from './person.ts';
import type { GivenFile, OptionValues } from './person.ts';
import type { Resolver } from './resolver.ts';

/** An option as an interaction carries it. */
export interface SentOption {
  readonly name: string;
  readonly type: number;
  readonly value?: unknown;
  readonly focused?: boolean;
  readonly options?: readonly SentOption[];
}

export interface Filling {
  readonly values: OptionValues;
  readonly resolver: Resolver;
  /** Nothing is checked. */
  readonly raw: boolean;
  /**
   * The option being typed, of an autocomplete: it may be half a value, nothing is required yet, and of
   * the others only what the client has no fault with is sent along. Source:
   * interactions/application-commands, "Autocomplete".
   */
  readonly focused?: string;
}

/**
 * The options of a command as the client sends them, its groups and subcommand around them.
 *
 * @param path the words after the command's name
 * @throws {ClientRefused} what Discord's client would not send
 */
export function fillOptions(
  command: APIApplicationCommand,
  path: readonly string[],
  filling: Filling,
): SentOption[] {
  const [word, ...rest] = path;
  const options: readonly APIApplicationCommandOption[] = command.options ?? [];
  if (word !== undefined) {
    const group = options.find(
      (option) =>
        option.name === word &&
        (option.type === Type.Subcommand || option.type === Type.SubcommandGroup),
    );
    if (group === undefined && !filling.raw)
      throw new ClientRefused(`/${command.name} has no subcommand "${word}"`);
    const inner =
      group !== undefined && 'options' in group
        ? { options: group.options ?? [] }
        : { options: [] };
    return [
      {
        name: word,
        type: group?.type ?? Type.Subcommand,
        options: fillOptions({ ...command, ...inner }, rest, filling),
      },
    ];
  }
  if (options.some(isGroup) && !filling.raw)
    throw new ClientRefused(`/${command.name} needs one of its subcommands`);
  return fillValues(
    command.name,
    options.filter((option) => !isGroup(option)),
    filling,
  );
}

function isGroup(
  option: APIApplicationCommandOption,
): option is Exclude<APIApplicationCommandOption, APIApplicationCommandBasicOption> {
  return option.type === Type.Subcommand || option.type === Type.SubcommandGroup;
}

function fillValues(
  name: string,
  options: readonly APIApplicationCommandBasicOption[],
  { values, resolver, raw, focused }: Filling,
): SentOption[] {
  const sent: SentOption[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const option = options.find((candidate) => candidate.name === key);
    if (option === undefined && !raw) throw new ClientRefused(`/${name} has no option "${key}"`);
    const type = option?.type ?? guessType(value);
    if (key === focused) {
      if (!raw && option !== undefined && !isCompleted(option))
        throw new ClientRefused(`${key}: offers nothing while it is typed`);
      const typed = raw || typeof value === 'object' ? value : String(value);
      sent.push({ name: key, type, value: typed, focused: true });
      continue;
    }
    const problem = raw || option === undefined ? undefined : problemOf(option, value);
    if (focused !== undefined && (problem !== undefined || isUnsent(value))) continue;
    if (problem !== undefined) throw new ClientRefused(`${key}: ${problem}`);
    const sentValue = resolver.resolve(type, value, { raw, ...kindsOf(option) });
    sent.push({ name: key, type, value: sentValue });
  }
  if (!raw && focused === undefined)
    for (const option of options)
      if (option.required === true && !sent.some((given) => given.name === option.name))
        throw new ClientRefused(`${option.name}: is required`);
  return sent;
}

function isCompleted(option: APIApplicationCommandBasicOption): boolean {
  return 'autocomplete' in option && (option.autocomplete ?? false);
}

/** A file is not uploaded before the command is used. (Discord does not document what it sends till then.) */
function isUnsent(value: OptionValues[string]): boolean {
  return typeof value === 'object';
}

/** The kinds of channel that the client offers for an option. */
function kindsOf(option: APIApplicationCommandBasicOption | undefined): {
  readonly channelTypes?: readonly number[];
} {
  return option !== undefined && 'channel_types' in option && option.channel_types !== undefined
    ? { channelTypes: option.channel_types }
    : {};
}

function guessType(value: string | number | boolean | GivenFile): Type {
  if (typeof value === 'string') return Type.String;
  if (typeof value === 'boolean') return Type.Boolean;
  if (typeof value === 'number') return Number.isInteger(value) ? Type.Integer : Type.Number;
  return Type.Attachment;
}

/** Why the client would mark the field red. Source: interactions/application-commands, "Option Structure". */
function problemOf(
  option: APIApplicationCommandBasicOption,
  value: string | number | boolean | GivenFile,
): string | undefined {
  switch (option.type) {
    case Type.String: {
      if (typeof value !== 'string') return `must be text, not ${typeof value}`;
      if ('choices' in option && option.choices !== undefined && option.choices.length > 0)
        return notAmong(option.choices, value);
      const length = Array.from(value).length;
      const { min_length: min = 1, max_length: max = 6000 } = option;
      if (length < Math.max(min, 1)) return `must have at least ${Math.max(min, 1)} characters`;
      return length > max ? `must have at most ${max} characters` : undefined;
    }
    case Type.Integer:
    case Type.Number: {
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
      if (option.type === Type.Integer && !Number.isSafeInteger(value))
        return 'must be a whole number';
      if ('choices' in option && option.choices !== undefined && option.choices.length > 0)
        return notAmong(option.choices, value);
      if ('min_value' in option && option.min_value !== undefined && value < option.min_value)
        return `must be ${option.min_value} or more`;
      if ('max_value' in option && option.max_value !== undefined && value > option.max_value)
        return `must be ${option.max_value} or less`;
      return undefined;
    }
    case Type.Boolean:
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case Type.Attachment:
      if (typeof value !== 'object') return 'must be a file';
      return fileProblem(value, option.file_types ?? []);
    case Type.User:
    case Type.Channel:
    case Type.Role:
    case Type.Mentionable:
      return typeof value === 'string' ? undefined : 'must be a name or an id';
  }
}

/** The client goes by the file's name alone. */
function fileProblem({ filename }: GivenFile, types: readonly string[]): string | undefined {
  const name = filename.toLowerCase();
  const kind = contentTypeOf(filename)?.split('/')[0];
  const fits = types.some((type) => (type.startsWith('.') ? name.endsWith(type) : type === kind));
  return types.length === 0 || fits ? undefined : `must be one of ${types.join(', ')}`;
}

function notAmong(
  choices: readonly { readonly name: string; readonly value: string | number }[],
  value: string | number,
): string | undefined {
  if (choices.some((choice) => choice.value === value)) return undefined;
  return `must be one of ${choices.map((choice) => choice.value).join(', ')}`;
}
