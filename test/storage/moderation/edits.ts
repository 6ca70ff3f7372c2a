import type { Refusal } from '../../../src/domain/refusal.ts';
import type { Block, GuildRules, Limit } from '../../../src/domain/rule.ts';
import type { GuildSettings, RuleEdit, RulesChanged } from '../../../src/domain/settings.ts';
import { start } from '../fixtures.ts';

/** Ids as Discord gives them: not exact as numbers. */
export const guild = '1180000000000000001';
export const member = '1180000000000000003';
export const moderator = '1180000000000000005';

type Edit = (settings: GuildSettings) => RuleEdit;

export function setLimit(limit: Limit): Edit {
  return ({ rules }) => {
    const { subject, period, credits } = limit;
    const isIt = (other: Limit): boolean =>
      JSON.stringify([other.subject, other.period]) === JSON.stringify([subject, period]);
    return {
      rules: { ...rules, limits: [...rules.limits.filter((other) => !isIt(other)), limit] },
      change: {
        what: 'limit',
        subject,
        period,
        before: rules.limits.find(isIt)?.credits ?? null,
        after: credits,
      },
    };
  };
}

export const eachMemberADay = (credits: number): Edit =>
  setLimit({ subject: { kind: 'each-member' }, period: 'day', credits });

export function setLogChannel(after: string | null): Edit {
  return ({ rules }) => ({
    rules: { ...rules, logChannelId: after },
    change: { what: 'log-channel', before: rules.logChannelId, after },
  });
}

export function setWords(words: GuildRules['words']): Edit {
  return ({ rules }) => ({
    rules: { ...rules, words },
    change: { what: 'words', added: words, removed: rules.words },
  });
}

export const refuse =
  (refused: Refusal): Edit =>
  () => ({ refused });

export function block(wishes: Partial<Block> = {}): Block {
  return {
    memberId: member,
    until: null,
    reason: 'spam',
    by: moderator,
    at: start,
    ...wishes,
  };
}

/** What a change came to; throws where it was refused. */
export function done(changed: RulesChanged): Exclude<RulesChanged, { refused: Refusal }> {
  if ('refused' in changed) throw new Error(`refused: ${changed.refused.reason}`);
  return changed;
}
