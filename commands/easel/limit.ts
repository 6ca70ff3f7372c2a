import type { RuleChange } from '../../src/domain/rule-change.ts';
import type { LimitSubject } from '../../src/domain/rule.ts';
import { en } from '../../src/messages/en.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { removeLimit } from '../../src/policy/edits/remove-limit.ts';
import { setLimit } from '../../src/policy/edits/set-limit.ts';
import type { Asked } from '../asked.ts';
import { id, integer, oneOf, optional, readOptions, text, wrong } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import type { Change } from './change.ts';
import { periods, readLimitName } from './limit-name.ts';
import { easelRanges } from './ranges.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel limit …` */
export function limitSubcommands(
  { operatorLimits }: CommandParts,
  change: Change,
): Readonly<Record<string, Subcommand>> {
  return {
    'limit set'(asked) {
      const read = readOptions(setOptions, asked.given.options);
      if ('refused' in read) return read;
      const { credits, per, for: whom } = read.values;
      const subject = subjectOf(asked, whom);
      if (subject === 'bot') return { refused: { reason: 'is-bot' } };
      return change(
        asked,
        (settings) => setLimit(settings, operatorLimits, { subject, period: per, credits }),
        (made) => note(asked.texts, made),
      );
    },

    'limit server'(asked) {
      const read = readOptions(serverOptions, asked.given.options);
      if ('refused' in read) return read;
      const { credits, per } = read.values;
      const subject = { kind: 'guild' } as const;
      return change(
        asked,
        (settings) => setLimit(settings, operatorLimits, { subject, period: per, credits }),
        (made) => note(asked.texts, made),
      );
    },

    'limit remove'(asked) {
      const { given, texts } = asked;
      const read = readOptions(removeOptions, given.options);
      if ('refused' in read) return read;
      const name = readLimitName(read.values.rule);
      if (name === undefined)
        return wrong('rule', given.options['rule'], {
          kind: 'like',
          ...texts.easel.wanted.limitRule,
        });
      return change(asked, (settings) => removeLimit(settings, name.subject, name.period));
    },
  };
}

const credits = integer(easelRanges.credits);
const per = oneOf(periods);
const setOptions = { credits, per, for: optional(id(en.easel.wanted.person)) };
const serverOptions = { credits, per };
const removeOptions = { rule: text({ min: 1, max: 100 }) };

/** A mentionable is a user where Discord names one of this id, else a role. Everybody has the role with the guild's id. */
function subjectOf({ call, given }: Asked, whom: string | undefined): LimitSubject | 'bot' {
  if (whom === undefined || whom === call.guildId) return { kind: 'each-member' };
  const user = given.users.get(whom);
  if (!user) return { kind: 'role', roleId: whom };
  return user.bot ? 'bot' : { kind: 'member', memberId: whom };
}

function note({ easel: { note: notes } }: Texts, change: RuleChange): string {
  if (change.what !== 'limit') return '';
  switch (change.subject.kind) {
    case 'each-member':
      return notes.eachMember;
    case 'role':
      return change.after === 0 ? notes.shutOut : notes.role;
    case 'member':
      return notes.member;
    case 'guild':
      return notes.server;
  }
}
