import { describe, expect } from 'vitest';
import { ask } from '../e2e/kill/ask.ts';
import { audit } from '../e2e/kill/audit.ts';
import { dieAfter } from '../e2e/kill/die-after.ts';
import { kill } from '../e2e/kill/kill.ts';
import { momentsOf } from '../e2e/kill/moments-of.ts';
import { onSceneOf } from '../e2e/kill/on-scene.ts';
import { stepsOf } from '../e2e/kill/steps.ts';

// A bot dies (SIGKILL) right after each durable write of a generation, and in each moment between
// them, at each API; another one is started on the same store. Claid's writes are gone through in the
// default suite.

/** What a request made is looked for as long as it could still come, where that can be: 6 minutes. */
const patienceMs = 8 * 60_000;

describe.each(['stablecog', 'kidjig', 'openai'] as const)('%s', (api) => {
  const onScene = onSceneOf(api, patienceMs);
  const steps = stepsOf[api];

  describe.concurrent('killed after write', () => {
    onScene('there are exactly those that are gone through here', async ({ scene, bot }) => {
      const asked = ask(scene);
      await asked.waitFor(({ answer }) => answer?.files.length === 2);
      await bot.stop();
      const noted = scene
        .writes()
        .map((what) => what.replace(/^(fsync|rename)$/, 'fsync or rename'));
      expect(noted).toEqual(steps.map(({ write }) => write));
      expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
    });

    onScene.for(steps.map((step, index) => [index + 1, step.write, step] as const))(
      '%i (%s)',
      async ([number, , step], { scene }) => {
        const asked = await dieAfter(scene, number);
        expect(scene.states()).toMatchObject([{ state: step.state }]);
        await scene.finish(asked);
        expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': step.ending });
      },
    );
  });

  describe.concurrent('killed while', () => {
    onScene.for(momentsOf[api].map((moment) => [moment.name, moment] as const))(
      '%s',
      async ([, moment], { scene, bot }) => {
        const comes = moment.comes(scene);
        const asked = ask(scene);
        const goOn = await comes;
        await kill(bot);
        await goOn();
        await scene.finish(asked);
        expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': moment.ending });
      },
    );
  });
});

describe.concurrent('killed, and killed again while that is made up for', () => {
  onSceneOf('stablecog')('it looks for what was made', async ({ scene, bot }) => {
    const gate = Promise.withResolvers<void>();
    scene.api.faults.next({ kind: 'hold', until: gate.promise });
    const arrived = scene.api.next('request', ({ prompt }) => prompt === 'a fox');
    const asked = ask(scene);
    await arrived;
    await kill(bot);
    const looked = scene.api.next('request', ({ path }) => path.endsWith('/outputs'));
    const again = scene.start();
    await looked;
    await kill(again);
    const charged = scene.api.next('charge');
    gate.resolve();
    await charged;
    await scene.finish(asked);
    expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
  });

  onSceneOf('kidjig')('it goes on with a job', async ({ scene }) => {
    const asked = await dieAfter(scene, 3);
    scene.api.faults.nextAt('result', { kind: 'hang' });
    const fetched = scene.api.next('request', ({ path }) => path.includes('/result/'));
    const again = scene.start();
    await fetched;
    await kill(again);
    await scene.finish(asked);
    expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
  });

  onSceneOf('kidjig')('it has just settled', async ({ scene }) => {
    const asked = await dieAfter(scene, 3);
    const again = scene.start(2);
    expect(await again.ended).toBe('SIGKILL');
    await scene.finish(asked);
    expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': 'made' });
  });
});
