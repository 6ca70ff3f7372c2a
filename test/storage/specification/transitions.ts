import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/domain/store.ts';
import { bring, cut, made, pressed, stages, start, usageOf } from '../fixtures.ts';
import type { Stage } from '../fixtures.ts';
import type { Subject } from '../specification.ts';

interface Transition {
  readonly from: readonly Stage[];
  readonly change: (store: Store, id: string) => Promise<unknown>;
  /** What the generation shows afterwards. */
  readonly to: Record<string, unknown>;
}

const neverShown = ['pending', 'posting', 'waiting'] as const;
const transitions: Record<string, Transition> = {
  send: {
    from: ['queued'],
    change: (store, id) => store.send(id, 'owner-1', start + 1_000),
    to: { state: 'sent', delivery: 'none', sentAt: start + 1_000 },
  },
  unsend: {
    from: ['sent'],
    change: (store, id) => store.unsend(id, 'owner-1'),
    to: { state: 'queued', delivery: 'none', sentAt: null },
  },
  settle: {
    from: ['sent'],
    change: async (store, id) => (await store.settle(id, made({ credits: 5 }), [])) !== undefined,
    to: {
      state: 'made',
      delivery: 'pending',
      credits: 5,
      madeAt: start + 5_000,
      sources: made().sources,
      warnings: made().warnings,
      used: made().used,
      requestId: 'request-1',
    },
  },
  'give back what was queued': {
    from: ['queued'],
    change: (store, id) => store.giveBack(id, 'queued', cut, start + 2_000),
    to: { state: 'returned', delivery: 'none', failure: cut },
  },
  'give back what was sent': {
    from: ['sent'],
    change: (store, id) => store.giveBack(id, 'sent', cut, start + 2_000),
    to: { state: 'returned', delivery: 'none', failure: cut },
  },
  'write off': {
    from: ['sent'],
    change: (store, id) => store.writeOff(id, cut, start + 2_000),
    to: { state: 'unknown', delivery: 'none', failure: cut },
  },
  'start posting': {
    from: ['pending'],
    change: (store, id) => store.startPosting(id, 'owner-1'),
    to: { state: 'made', delivery: 'posting' },
  },
  posted: {
    from: neverShown,
    change: (store, id) => store.posted(id, 'message-7'),
    to: { state: 'made', delivery: 'posted', messageId: 'message-7' },
  },
  'claim what waits': {
    from: ['waiting'],
    change: (store, id) => store.claimWaiting(id, 'owner-2', start + 60_000, pressed),
    to: { state: 'made', delivery: 'pending', destination: pressed },
  },
  wait: {
    from: ['pending', 'posting'],
    change: (store, id) => store.wait(id),
    to: { state: 'made', delivery: 'waiting' },
  },
  'mark deleted': {
    from: ['pending', 'posting', 'posted', 'waiting', 'lapsed', 'deleted'],
    change: (store, id) => store.markDeleted(id),
    to: { state: 'made', delivery: 'deleted' },
  },
  lapse: {
    from: neverShown,
    change: (store, id) => store.lapse(id, start + 9_000),
    to: { state: 'made', delivery: 'lapsed' },
  },
};

export function describeTransitions({ store }: Subject): void {
  describe('transitions', () => {
    for (const [name, { from, change, to }] of Object.entries(transitions)) {
      test(`${name}: leads from ${from.join(', ')} to where it should, once`, async () => {
        for (const stage of from) {
          const before = await bring(store(), stage, stage);
          expect(await change(store(), stage)).toBe(true);
          expect(await store().find(stage)).toEqual({ ...before, ...to });
        }
        expect(await store().verify()).toEqual([]);
      });
    }

    for (const stage of stages) {
      test(`a ${stage} one refuses every change that does not start there`, async () => {
        const before = await bring(store(), 'g1', stage);
        const usage = await usageOf(store(), 'guild-1', 'member-1', start + 9_000);
        for (const [name, { from, change }] of Object.entries(transitions)) {
          if (from.includes(stage)) continue;
          expect([name, await change(store(), 'g1')]).toEqual([name, false]);
        }
        expect(await store().find('g1')).toEqual(before);
        expect(await usageOf(store(), 'guild-1', 'member-1', start + 9_000)).toEqual(usage);
        expect(await store().verify()).toEqual([]);
      });
    }

    test('no change is made to a generation that does not exist', async () => {
      for (const [name, { change }] of Object.entries(transitions)) {
        expect([name, await change(store(), 'nobody')]).toEqual([name, false]);
      }
    });

    test('another owner can neither send, unsend nor start posting', async () => {
      const queued = await bring(store(), 'queued', 'queued');
      const sent = await bring(store(), 'sent', 'sent');
      const pending = await bring(store(), 'pending', 'pending');
      expect(await store().send('queued', 'owner-2', start)).toBe(false);
      expect(await store().unsend('sent', 'owner-2')).toBe(false);
      expect(await store().startPosting('pending', 'owner-2')).toBe(false);
      expect(await store().find('queued')).toEqual(queued);
      expect(await store().find('sent')).toEqual(sent);
      expect(await store().find('pending')).toEqual(pending);
    });

    test('of two outcomes at once, one happens', async () => {
      for (let round = 0; round < 10; round += 1) {
        const id = `g${round}`;
        await bring(store(), id, 'sent');
        const outcomes = await Promise.all([
          store()
            .settle(id, made({ credits: 5 }), [])
            .then((standing) => standing !== undefined),
          store().writeOff(id, cut, start + 2_000),
          store().giveBack(id, 'sent', cut, start + 2_000),
        ]);
        expect(outcomes.filter(Boolean)).toHaveLength(1);
      }
      expect(await store().verify()).toEqual([]);
    });
  });
}
