import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saying, setStage } from '../stage.ts';
import type { Stage } from '../stage.ts';

// What a killed process leaves untold, a running one may leave untold as well: Discord can be away.

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.end());

describe('how a request ended without pictures', () => {
  it('is told as soon as Discord is back', async () => {
    const { clock, claid, discord } = stage;
    claid.faults.next({ kind: 'status', status: 422, message: 'input: odd words.' });
    const away = discord.faults.add({
      method: 'PATCH',
      route: /@original$/,
      times: 1_000,
      status: 503,
    });
    const asked = discord.as('alice').command('imagine', { prompt: 'a fox' });
    await away.hit;
    const passing = setInterval(() => clock.advance(1_000), 20);
    try {
      await vi.waitFor(() => {
        expect(stage.logged().map(({ msg }) => msg)).toContain('a failure could not be told');
      }, 10_000);
      away.remove();
      const told = await saying(asked, 'does not accept this request');
      expect(told.text).toContain('Your 4 credits are back.');
    } finally {
      clearInterval(passing);
    }
    await vi.waitFor(() => {
      expect(stage.sql('select lease_until from generations')).toEqual([{ lease_until: null }]);
    });
  });
});
