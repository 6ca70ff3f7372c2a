import { describe, expect } from 'vitest';
import type { StandInName } from '../../../src/playground/stand-ins.ts';
import { ask } from './ask.ts';
import { audit } from './audit.ts';
import { dieAfter } from './die-after.ts';
import { kill } from './kill.ts';
import { momentsOf } from './moments-of.ts';
import { onSceneOf } from './on-scene.ts';
import { stepsOf } from './steps.ts';

// Claid is gone through write by write in the other files here. Of the other APIs only what is their
// own: what happens between the request and its pictures. `npm run test:long` goes through all of it.

describe.concurrent('killed while', () => {
  const moments = [
    ['stablecog', 0],
    ['kidjig', 3],
  ] as const;
  for (const [api, index] of moments) {
    const moment = momentsOf[api][index];
    if (moment === undefined) throw new Error(`${api} has no such moment`);
    onSceneOf(api)(
      `${moment.name} (${api}): it ends as ${moment.ending}`,
      async ({ scene, bot }) => {
        const comes = moment.comes(scene);
        const asked = ask(scene);
        const goOn = await comes;
        await kill(bot);
        await goOn();
        await scene.finish(asked);
        expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': moment.ending });
      },
    );
  }
});

describe.concurrent('killed right after', () => {
  const steps: readonly (readonly [StandInName, number, string])[] = [
    ['openai', 5, 'a part of its pictures was put in the spool'],
  ];
  for (const [api, number, name] of steps) {
    const step = stepsOf[api][number - 1];
    if (step === undefined) throw new Error(`${api} has no such step`);
    onSceneOf(api)(`${name} (${api}): it ends as ${step.ending}`, async ({ scene }) => {
      const asked = await dieAfter(scene, number);
      expect(scene.states()).toMatchObject([{ state: step.state }]);
      await scene.finish(asked);
      expect(await audit(scene, { 'a fox': asked })).toEqual({ 'a fox': step.ending });
    });
  }
});
