import { expect } from 'vitest';
import type { LimitSubject } from '../../../src/domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../../src/domain/settings.ts';
import { removeLimit } from '../../../src/policy/edits/remove-limit.ts';
import { setLimit } from '../../../src/policy/edits/set-limit.ts';
import { setRequests } from '../../../src/policy/edits/set-requests.ts';
import type { OperatorLimits } from '../../../src/policy/operator-limits.ts';
import type { Action, Subject } from './actions.ts';
import type { Model } from './model.ts';
import { chosen, guildOf, roleOf } from './stage.ts';
import type { Stage } from './stage.ts';

export const moderator = '900000000000000001';
const unlimited: OperatorLimits = {
  caps: { member: null, guild: null, bot: null },
  memberConcurrent: 1,
  memberQueue: 3,
};

/** Sets or removes a limit on both sides. */
export async function changeLimit(
  stage: Stage,
  action: Extract<Action, { do: 'limit' }>,
): Promise<void> {
  const { model } = stage;
  const guild = guildOf(stage, action.guild);
  const { period, credits } = action;
  const { subject, id } = subjectOf(stage, guild, action.subject);
  const isIt = (limit: Model['limits'][number]): boolean =>
    limit.guild === guild &&
    limit.of === subject.kind &&
    limit.id === id &&
    limit.period === period;
  const before = model.limits.find(isIt)?.credits ?? null;
  const changed = await change(stage, guild, (settings) =>
    credits === null
      ? removeLimit(settings, subject, period)
      : setLimit(settings, unlimited, { subject, period, credits }),
  );
  expect(changed).toBe(before !== credits);
  model.limits = model.limits.filter((limit) => !isIt(limit));
  if (credits !== null) model.limits.push({ guild, of: subject.kind, id, period, credits });
}

/** Sets what requests may be on both sides. */
export async function changeRequests(
  stage: Stage,
  action: Extract<Action, { do: 'requests' }>,
): Promise<void> {
  const { coolDownSeconds, mostPictures } = stage.model;
  const guild = guildOf(stage, action.guild);
  const after = {
    coolDownSeconds: action.coolDownSeconds,
    mostPictures: action.mostPictures,
  };
  const before = {
    coolDownSeconds: coolDownSeconds.get(guild) ?? null,
    mostPictures: mostPictures.get(guild) ?? null,
  };
  const changed = await change(stage, guild, (settings) => setRequests(settings, unlimited, after));
  expect(changed ? after : before).toEqual(after);
  coolDownSeconds.set(guild, after.coolDownSeconds);
  mostPictures.set(guild, after.mostPictures);
}

async function change(
  { bench, settings }: Stage,
  guild: string,
  edit: (settings: GuildSettings) => RuleEdit,
): Promise<boolean> {
  const changed = await bench.store().changeRules(guild, moderator, bench.now, edit);
  if ('refused' in changed) return false;
  settings.set(guild, changed.settings);
  return true;
}

function subjectOf(
  stage: Stage,
  guild: string,
  asked: Subject,
): { readonly subject: LimitSubject; readonly id: string } {
  if (asked.of === 'role') {
    const roleId = roleOf(guild, asked.index);
    return { subject: { kind: 'role', roleId }, id: roleId };
  }
  if (asked.of === 'member') {
    const memberId = chosen(stage.members, asked.index) ?? '';
    return { subject: { kind: 'member', memberId }, id: memberId };
  }
  return { subject: { kind: asked.of }, id: '' };
}
