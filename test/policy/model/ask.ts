import { expect } from 'vitest';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { decide } from '../../../src/policy/decide.ts';
import { decidingWindow } from '../../../src/policy/deciding-window.ts';
import { explain } from '../../../src/policy/explain.ts';
import { remaining } from '../../../src/policy/remaining.ts';
import { screenRequest } from '../../../src/policy/screen-request.ts';
import type { Terms } from '../../../src/policy/terms.ts';
import { windowsOf } from '../../../src/policy/windows.ts';
import type { Words } from '../../../src/policy/words.ts';
import { draft } from '../../storage/fixtures.ts';
import type { Action } from './actions.ts';
import { compareBalances, modelStanding } from './balances.ts';
import { spent } from './model.ts';
import type { Hold, Who } from './model.ts';
import { count, settingsOf, whoOf } from './stage.ts';
import type { Stage } from './stage.ts';
import { creditsLeft, modelVerdict, passesAt } from './verdict.ts';
import type { ModelVerdict } from './verdict.ts';

/** More than is ever left: limits and caps are smaller. */
const plenty = 100;
const noWords: Words = {
  hits: () => ({ enforced: [], dry: [] }),
  problem: () => undefined,
};

/** Asks for pictures and compares the decision, its numbers, and what is left. */
export async function ask(stage: Stage, action: Extract<Action, { do: 'ask' }>): Promise<void> {
  const { bench, model } = stage;
  const who = whoOf(stage, action);
  const { guild, member } = who;
  const { images, price } = action;
  const { now } = bench;
  const id = `g${bench.newNumber()}`;
  const terms = termsOf(stage, who);
  const windows = windowsOf(terms.rules, terms.caps, terms.asker);
  const expected = modelVerdict(model, { ...who, images, price, now });
  const before = modelStanding(model, who, windows, now);
  const asked = draft(id, { guild, member, at: now, images, price });
  const settings = settingsOf(stage, guild);
  const screened = screenRequest(settings, terms.asker, asked.request, noWords, now);
  if (screened) {
    count(stage, screened.reason);
    if (screened.reason !== 'too-many-pictures') throw new Error(`refused by ${screened.reason}`);
    expect({ says: screened.reason, most: screened.most }).toEqual(expected);
    return;
  }

  const begun = await bench.store().begin(asked, windows, (standing) => {
    expect(standing).toEqual(before);
    return decide(terms, standing, { images, price, now });
  });
  if (expected.says === 'yes') count(stage, 'admitted');
  else if (expected.says !== 'credits') count(stage, expected.says);
  if (begun.kind === 'begun') {
    const fromGrant = before.granted - begun.standing.granted;
    expect({ says: 'yes', fromGrant }).toEqual(expected);
    if (fromGrant > 0) count(stage, 'by grant');
    const held = images * price;
    model.holds.push({
      id,
      guild,
      member,
      at: now,
      images,
      price,
      held,
      fromGrant,
      state: 'queued',
      cost: held,
      contentRefusedAt: null,
    });
    expect(begun.standing).toEqual(modelStanding(model, who, windows, now));
  } else {
    if (begun.kind !== 'refused') throw new Error(`${id} was ${begun.kind}`);
    await compareRefusal(stage, terms, begun.refusal, expected, images * price);
    if (expected.says === 'credits') count(stage, begun.refusal.reason);
    // It left nothing behind.
    expect(await bench.store().find(id)).toBeUndefined();
  }
  const left = creditsLeft(model, who, now, plenty);
  const standing = modelStanding(model, who, windows, now);
  expect(remaining(terms, standing)?.credits).toBe(left);
  const explained = explain(terms, standing);
  const deciding = [...explained.limits, ...explained.guildLimits].filter(
    ({ verdict }) => verdict === 'decides',
  );
  const lefts = [...deciding, ...explained.caps].map((each) => each.left);
  if (left !== undefined && explained.shutOutBy === null) expect(Math.min(...lefts)).toBe(left);
}

async function compareRefusal(
  { bench, model }: Stage,
  terms: Terms,
  refusal: Refusal,
  expected: ModelVerdict,
  needed: number,
): Promise<void> {
  switch (refusal.reason) {
    case 'shut-out':
      expect(expected).toMatchObject({ says: 'shut-out' });
      if (expected.says === 'shut-out') expect(expected.roles).toContain(refusal.roleId);
      return;
    case 'content-refusals':
    case 'cool-down':
      expect({ says: refusal.reason, until: refusal.until }).toEqual(expected);
      return;
    case 'cap':
    case 'limit': {
      expect({ says: 'credits', fits: refusal.fits }).toEqual(expected);
      expect(refusal.needed).toBe(needed);
      const deciding = decidingWindow(refusal, terms);
      const credits = refusal.reason === 'cap' ? refusal.cap : refusal.limit;
      const paid = needed - (refusal.reason === 'cap' ? 0 : refusal.granted);
      if (!deciding) {
        expect({ ...refusal, never: paid > credits }).toMatchObject({ never: true, freesAt: null });
        return;
      }
      const { window, excess } = deciding;
      const { now } = bench;
      const { pot, lengthMs } = window;
      expect(spent(model, pot, lengthMs, now)).toEqual({
        credits: refusal.spent,
        freesAt: refusal.freesAt,
      });
      expect(refusal.spent + paid).toBeGreaterThan(credits);
      const backAt = await bench.store().freesEnoughAt(window, excess, now);
      expect(backAt).toBe(passesAt(model, window, credits, paid, now));
      expect(backAt).not.toBeNull();
      return;
    }
    default:
      throw new Error(`refused by ${refusal.reason}`);
  }
}

/** The same request comes again: nothing changes. */
export async function repeat(stage: Stage, hold: Hold): Promise<void> {
  const { id, guild, member, images, price } = hold;
  const again = draft(id, { guild, member, at: stage.bench.now, images, price });
  const begun = await stage.bench
    .store()
    .begin(again, [], () => ({ admitted: true, fromGrant: 0 }));
  expect(begun).toMatchObject({ kind: 'repeated', generation: { id } });
  await compareBalances(stage, guild, member);
}

function termsOf(stage: Stage, who: Who): Terms {
  const { model } = stage;
  return {
    rules: settingsOf(stage, who.guild).rules,
    caps: model.caps,
    asker: { guildId: who.guild, memberId: who.member, roleIds: who.roles, channelPath: [] },
    contentRefusalsPerDay: model.contentRefusalsPerDay,
  };
}
