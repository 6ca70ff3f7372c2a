import { expect } from 'vitest';
import type { Pot, Standing, Window } from '../../../src/domain/ledger.ts';
import { contentRefusals, granted, lastBegunAt, lengths, spent } from './model.ts';
import type { Model, Who } from './model.ts';
import { count } from './stage.ts';
import type { Stage } from './stage.ts';

/** Every sum that touches a member in a guild. */
export async function compareBalances(stage: Stage, guild: string, member: string): Promise<void> {
  const { bench, model } = stage;
  const who = { guild, member, roles: [] };
  const windows = windowsAround(who);
  const standing = await bench.store().standing(guild, member, windows, bench.now);
  expect(standing).toEqual(modelStanding(model, who, windows, bench.now));
  count(stage, 'balances compared');
}

/** What the ledger should say. */
export function modelStanding(
  model: Model,
  { guild, member }: Who,
  windows: readonly Window[],
  now: number,
): Standing {
  return {
    spent: windows.map(({ pot, lengthMs }) => spent(model, pot, lengthMs, now)),
    granted: granted(model, guild, member),
    contentRefusals: contentRefusals(model, member),
    lastBegunAt: lastBegunAt(model, guild, member),
  };
}

/** Every window that a limit or a cap can have for a member. */
export function windowsAround({ guild, member }: Who): Window[] {
  const { hour, day, week, month } = lengths;
  const of = (pot: Pot, ...longs: readonly number[]): Window[] =>
    longs.map((lengthMs) => ({ pot, lengthMs }));
  return [
    ...of({ kind: 'member', guildId: guild, memberId: member }, hour, day, week, month),
    ...of({ kind: 'person', memberId: member }, day),
    ...of({ kind: 'guild', guildId: guild }, hour, day, week, month),
    ...of({ kind: 'bot' }, day),
  ];
}
