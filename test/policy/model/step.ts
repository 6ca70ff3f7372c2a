import { expect } from 'vitest';
import { made } from '../../storage/fixtures.ts';
import type { Step } from './actions.ts';
import { modelStanding, windowsAround } from './balances.ts';
import type { Hold } from './model.ts';
import type { Stage } from './stage.ts';

/** One step of a generation, on both sides. */
export async function go(
  { bench, model }: Stage,
  hold: Hold,
  step: Step,
  fewer: number,
): Promise<void> {
  const store = bench.store();
  const at = bench.now;
  const { id, state } = hold;
  switch (step) {
    case 'send':
      expect(await store.send(id, 'owner-1', at)).toBe(state === 'queued');
      if (state === 'queued') hold.state = 'sent';
      return;
    case 'settle': {
      const credits = hold.price * Math.max(0, hold.images - fewer);
      const who = { guild: hold.guild, member: hold.member, roles: [] };
      const windows = windowsAround(who);
      const standing = await store.settle(id, made({ credits, at }), windows);
      if (state === 'sent') Object.assign(hold, { state: 'made', cost: credits });
      expect(standing).toEqual(
        state === 'sent' ? modelStanding(model, who, windows, at) : undefined,
      );
      return;
    }
    case 'return-queued':
    case 'return-sent': {
      const from = step === 'return-queued' ? 'queued' : 'sent';
      expect(await store.giveBack(id, from, { kind: 'busy' }, at)).toBe(state === from);
      if (state === from) hold.state = 'returned';
      return;
    }
    case 'refuse-content':
      expect(await store.giveBack(id, 'sent', { kind: 'refused' }, at)).toBe(state === 'sent');
      if (state === 'sent') Object.assign(hold, { state: 'returned', contentRefusedAt: at });
      return;
    case 'write-off':
      expect(await store.writeOff(id, { kind: 'timeout' }, at)).toBe(state === 'sent');
      if (state === 'sent') hold.state = 'unknown';
      return;
    case 'blank':
      await store.recordPictures(id, [{ kind: 'blank' }], at);
      if (state === 'made' || state === 'lapsed') hold.contentRefusedAt ??= at;
      return;
    case 'lapse':
      expect(await store.lapse(id, at)).toBe(state === 'made');
      if (state === 'made') hold.state = 'lapsed';
  }
}
