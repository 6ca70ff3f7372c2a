import { ApplicationCommandOptionType } from 'discord.js';
import type { APIApplicationCommandUserOption } from 'discord.js';
import type { Refused } from '../../src/discord/command.ts';
import { en } from '../../src/messages/en.ts';
import type { Asked } from '../asked.ts';
import { id, readOptions, wrong } from '../options.ts';

/** Whom a subcommand is about. Somebody who left the server has no roles, but can still be named. */
export interface Target {
  readonly id: string;
  readonly here: boolean;
  readonly roleIds: readonly string[];
}

/** The option that names them. */
export const targetOption: APIApplicationCommandUserOption = {
  type: ApplicationCommandOptionType.User,
  name: 'member',
  description: en.moderate.options.who,
  required: true,
};

/** Reads that option; bots are refused. */
export function readTarget({ given, texts }: Asked): Target | Refused {
  const { somebody } = texts.moderate.allows;
  const options = readOptions({ member: id(somebody) }, given.options);
  if ('refused' in options) return options;
  const { member } = options.values;
  const user = given.users.get(member);
  if (!user) return wrong('member', member, { kind: 'like', ...somebody });
  if (user.bot) return { refused: { reason: 'is-bot' } };
  return { id: member, here: user.roleIds !== null, roleIds: user.roleIds ?? [] };
}
