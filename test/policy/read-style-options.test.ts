import { describe, expect, it } from 'vitest';
import { aspects } from '../../src/domain/aspect.ts';
import { readStyleOptions } from '../../src/policy/read-style-options.ts';

describe('a style’s options in one line', () => {
  const all = { aspect: '16:9', guidance: 7, steps: 30, scheduler: 'K_EULER' };

  it.each([
    'aspect 16:9, guidance 7, steps 30, scheduler K_EULER',
    'scheduler=K_EULER,steps=30,guidance=7,aspect=16:9',
    ' Aspect : 16 : 9 ;GUIDANCE:7.0;  steps: 30\nscheduler = K_EULER,',
    'aspect 16:9 guidance 7 steps 30 scheduler K_EULER',
    'steps 30, aspect 16:9, steps 30, guidance 7, scheduler: K_EULER',
  ])('is read however it is written: %j', (line) => {
    expect(readStyleOptions(line)).toEqual({ options: all });
  });

  it.each([
    ['', {}],
    [' , ', {}],
    ['steps 1', { steps: 1 }],
    ['guidance 49.99', { guidance: 49.99 }],
    ['guidance 0', { guidance: 0 }],
    ['scheduler DPM++ 2M, aspect 3:1', { scheduler: 'DPM++ 2M', aspect: '3:1' }],
  ])('may leave options out: %j', (line, options) => {
    expect(readStyleOptions(line)).toEqual({ options });
  });

  const aspect = { kind: 'choice', choices: aspects };
  const guidance = { kind: 'number', min: 0, max: 49.99 };
  const steps = { kind: 'integer', min: 1, max: 200 };
  const none = { kind: 'choice', choices: ['aspect', 'guidance', 'steps', 'scheduler'] };

  it.each([
    ['aspect 17:9', 'aspect', '17:9', aspect],
    ['aspect', 'aspect', '', aspect],
    ['guidance 50', 'guidance', '50', guidance],
    ['guidance -1', 'guidance', '-1', guidance],
    ['guidance 1e1', 'guidance', '1e1', guidance],
    ['steps 0', 'steps', '0', steps],
    ['steps 20.5', 'steps', '20.5', steps],
    ['steps many', 'steps', 'many', steps],
    ['steps 20, steps 30', 'steps', '20, 30', steps],
    ['scheduler =', 'scheduler', '', { kind: 'length', min: 1, max: 50, length: 0 }],
    [
      `scheduler ${'x'.repeat(51)}`,
      'scheduler',
      `${'x'.repeat(49)}…`,
      { kind: 'length', min: 1, max: 50, length: 51 },
    ],
    ['seed 7', 'options', 'seed 7', none],
    ['7', 'options', '7', none],
    ['stepson 7', 'options', 'stepson 7', none],
  ])('tells of %j what was written and what is allowed', (line, option, given, allowed) => {
    expect(readStyleOptions(line)).toEqual({ problems: [{ option, given, allowed }] });
  });

  it('tells all that is wrong, and keeps nothing then', () => {
    expect(readStyleOptions('aspect big, steps 30, guidance 7,5')).toMatchObject({
      problems: [
        { option: 'options', given: '5' },
        { option: 'aspect', given: 'big' },
      ],
    });
  });
});
