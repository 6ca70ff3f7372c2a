import { expect, it } from 'vitest';
import { body, row, select } from '../../src/messages/body.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';

const option = (n: number) => ({ label: `Rule ${n}`, value: String(n) });

it('a select offers its options, of which one may be chosen already', () => {
  const [shown] = select({
    customId: 'easel:pick:1',
    placeholder: 'Which rule?',
    options: [option(1), { ...option(2), description: 'dry', chosen: true }],
  });
  expect(shown).toMatchObject({
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'easel:pick:1',
        placeholder: 'Which rule?',
        options: [
          { label: 'Rule 1', value: '1' },
          { label: 'Rule 2', value: '2', description: 'dry', default: true },
        ],
      },
    ],
  });
});

it('a select of nothing is nothing, since Discord takes none without options', () => {
  expect(select({ customId: 'easel:pick:1', placeholder: 'Which?', options: [] })).toEqual([]);
});

it('a select with longer texts than Discord takes has them cut', () => {
  const long = 'x'.repeat(500);
  const components = [
    ...select({
      customId: 'easel:pick:1',
      placeholder: long,
      options: Array.from({ length: 25 }, (_, n) => ({
        label: long,
        value: String(n),
        description: long,
      })),
    }),
    ...row([{ label: 'Done', customId: 'easel:done:1' }]),
  ];
  expect(createContract({}).check('create-message', body(components), [])).toEqual([]);
});
