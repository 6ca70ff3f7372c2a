import { en } from '../../src/messages/en.ts';
import { setModeratorRole } from '../../src/policy/edits/set-moderator-role.ts';
import { id, optional, readOptions } from '../options.ts';
import type { Change } from './change.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel moderators role`; without a role nobody besides those whom Discord lets. */
export function moderatorsSubcommands(change: Change): Readonly<Record<string, Subcommand>> {
  return {
    'moderators role'(asked) {
      const { given, texts } = asked;
      const read = readOptions(options, given.options);
      if ('refused' in read) return read;
      const { role } = read.values;
      return change(
        asked,
        (settings) => setModeratorRole(settings, role ?? null),
        () => (role === undefined ? '' : texts.easel.note.moderators),
      );
    },
  };
}

const options = { role: optional(id(en.easel.wanted.role)) };
