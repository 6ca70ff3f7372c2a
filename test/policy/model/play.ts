import { expect } from 'vitest';
import type { Action, Sequence } from './actions.ts';
import { ask, repeat } from './ask.ts';
import { compareBalances } from './balances.ts';
import { granted, key } from './model.ts';
import { changeLimit, changeRequests, moderator } from './rules.ts';
import { chosen, newStage, roleOf, whoOf } from './stage.ts';
import type { Bench, Stage, Tally } from './stage.ts';
import { go } from './step.ts';

/** Plays a sequence on the store and on the model; throws where they differ. */
export async function play(bench: Bench, sequence: Sequence, tally: Tally): Promise<void> {
  const stage = newStage(bench, sequence, tally);
  for (const action of sequence.actions) await act(stage, action);
  for (const guild of stage.guilds)
    for (const member of stage.members) await compareBalances(stage, guild, member);
  expect(await bench.store().verify()).toEqual([]);
}

async function act(stage: Stage, action: Action): Promise<void> {
  const { bench, model } = stage;
  switch (action.do) {
    case 'ask':
      return ask(stage, action);
    case 'repeat': {
      const hold = chosen(model.holds, action.which);
      if (hold) await repeat(stage, hold);
      return;
    }
    case 'end': {
      const hold = chosen(model.holds, action.which);
      if (!hold) return;
      for (const step of action.steps) await go(stage, hold, step, action.fewer);
      return compareBalances(stage, hold.guild, hold.member);
    }
    case 'limit':
      return changeLimit(stage, action);
    case 'requests':
      return changeRequests(stage, action);
    case 'grant': {
      const { guild, member } = whoOf(stage, action);
      const before = granted(model, guild, member);
      const after = Math.max(0, before + action.credits);
      const given = { credits: action.credits, reason: 'a prize', by: moderator, at: bench.now };
      expect(await bench.store().grant(guild, member, given)).toMatchObject({ before, after });
      const all = model.grants.get(key(guild, member)) ?? 0;
      model.grants.set(key(guild, member), all + after - before);
      return compareBalances(stage, guild, member);
    }
    case 'reset': {
      const { guild, member } = whoOf(stage, action);
      await bench.store().reset(guild, member, moderator, bench.now);
      model.resets.set(key(guild, member), bench.now);
      return compareBalances(stage, guild, member);
    }
    case 'roles': {
      const { guild, member } = whoOf(stage, action);
      stage.roles.set(
        key(guild, member),
        action.roles.map((role) => roleOf(guild, role)),
      );
      return;
    }
    case 'wait':
      bench.now += action.ms;
      return;
    case 'restart':
      await bench.restart();
      for (const [guild, settings] of stage.settings)
        expect(await bench.store().settings(guild)).toEqual(settings);
  }
}
