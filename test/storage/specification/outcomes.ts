import { describe, expect, test } from 'vitest';
import { admitAll, bring, cut, draft, hourMs, made, start, usageOf } from '../fixtures.ts';
import type { Subject } from '../specification.ts';

export function describeOutcomes({ store }: Subject): void {
  describe('outcomes', () => {
    const spent = async () => {
      const usage = await usageOf(store(), 'guild-1', 'member-1', start + 60_000);
      return [usage.member.credits, usage.guild.credits, usage.bot.credits];
    };

    test('the true cost replaces the hold, whether less or more', async () => {
      await bring(store(), 'less', 'sent');
      await store().settle('less', made({ credits: 2 }), []);
      expect(await spent()).toEqual([2, 2, 2]);
      await bring(store(), 'more', 'sent');
      await store().settle('more', made({ credits: 20 }), []);
      expect(await spent()).toEqual([22, 22, 22]);
      expect((await store().find('more'))?.credits).toBe(20);
    });

    test('what is given back counts for nobody', async () => {
      await bring(store(), 'g1', 'queued');
      await store().giveBack('g1', 'queued', cut, start + 2_000);
      expect(await spent()).toEqual([0, 0, 0]);
    });

    test('what is written off counts for the guild and the bot, not for the member', async () => {
      await bring(store(), 'g1', 'sent');
      await store().writeOff('g1', cut, start + 2_000);
      expect(await spent()).toEqual([0, 8, 8]);
    });

    test('what lapsed counts for nobody, though the provider was paid', async () => {
      await bring(store(), 'g1', 'waiting');
      expect(await spent()).toEqual([8, 8, 8]);
      await store().lapse('g1', start + 9_000);
      expect(await spent()).toEqual([0, 0, 0]);
      expect(await store().providerCost('account-1')).toEqual({ settled: 4, unknown: 0 });
    });

    test('a failure is kept with all it says', async () => {
      const failures = [
        { kind: 'invalid', detail: 'The prompt is "too long"', requestId: 'r1' },
        { kind: 'bug', incident: 'incident-1' },
        { kind: 'stopped' },
      ] as const;
      for (const failure of failures) {
        await bring(store(), failure.kind, 'sent');
        await store().giveBack(failure.kind, 'sent', failure, start);
        expect((await store().find(failure.kind))?.failure).toStrictEqual(failure);
      }
    });

    test('what was used is kept, as much of it as is known', async () => {
      for (const used of [made().used, { seed: 0 }, { scheduler: 'Euler a' }, {}]) {
        const id = JSON.stringify(used);
        await bring(store(), id, 'sent');
        await store().settle(id, made({ used }), []);
        expect((await store().find(id))?.used).toStrictEqual(used);
      }
    });

    test('an answer without a request id is kept without one', async () => {
      await bring(store(), 'g1', 'sent');
      await store().settle('g1', made({ requestId: undefined, sources: [], warnings: [] }), []);
      expect(await store().find('g1')).toMatchObject({
        requestId: null,
        sources: [],
        warnings: [],
      });
    });

    test('the job is recorded while it is sent, and not later', async () => {
      await bring(store(), 'g1', 'sent');
      await store().recordJob('g1', 'job-1');
      expect((await store().find('g1'))?.jobRef).toBe('job-1');
      await store().settle('g1', made(), []);
      await store().recordJob('g1', 'job-2');
      expect((await store().find('g1'))?.jobRef).toBe('job-1');
    });

    test('departures are kept for an hour, by account, oldest first', async () => {
      const send = async (id: string, at: number, account = 'account-1') => {
        await bring(store(), id, 'queued', { account });
        await store().send(id, 'owner-1', at);
      };
      await send('a', start);
      await send('c', start + 2_000.4);
      await send('b', start + 1_000);
      await send('elsewhere', start + 1_500, 'account-2');
      expect(await store().departures('account-1', start)).toEqual([
        start,
        start + 1_000,
        start + 2_000,
      ]);
      expect(await store().departures('account-1', start + 1_000)).toEqual([
        start + 1_000,
        start + 2_000,
      ]);
      await send('late', start + hourMs + 1_000);
      expect(await store().departures('account-1', 0)).toEqual([
        start + 1_000,
        start + 2_000,
        start + hourMs + 1_000,
      ]);
      expect(await store().departures('account-2', 0)).toEqual([start + 1_500]);
    });

    test('a request sent again departs twice', async () => {
      await bring(store(), 'g1', 'sent');
      await store().unsend('g1', 'owner-1');
      await store().send('g1', 'owner-1', start + 9_000);
      expect(await store().departures('account-1', 0)).toEqual([start + 1_000, start + 9_000]);
    });

    test('a send that is refused departs nowhere', async () => {
      await bring(store(), 'g1', 'queued');
      await store().send('g1', 'owner-2', start);
      expect(await store().departures('account-1', 0)).toEqual([]);
    });

    test('recent runs are told newest first, of one provider', async () => {
      const run = async (id: string, madeAt: number, ranMs: number, provider = 'claid') => {
        await store().begin(draft(id, { provider }), [], admitAll);
        await store().send(id, 'owner-1', madeAt - ranMs);
        await store().settle(id, made({ at: madeAt }), []);
      };
      await run('a', start + 10_000, 4_000);
      await run('b', start + 30_000, 6_000);
      await run('c', start + 20_000, 5_000);
      await run('other', start + 25_000, 9_000, 'kidjig');
      await bring(store(), 'unfinished', 'sent');
      expect(await store().recentRunsMs('claid', 10)).toEqual([6_000, 5_000, 4_000]);
      expect(await store().recentRunsMs('claid', 2)).toEqual([6_000, 5_000]);
      expect(await store().recentRunsMs('nobody', 2)).toEqual([]);
    });
  });
}
