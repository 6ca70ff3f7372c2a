import { startClaid } from '../../../../src/playground/claid/claid.ts';
import { createClaid } from '../../../../src/providers/claid/claid.ts';
import type { Subject } from '../subject.ts';

export const claid: Subject = {
  title: 'Claid',
  startStandIn: ({ limits = [], ...options }) =>
    startClaid({ ...options, limits, latencyMs: 0, pictures: 'small' }),
  open: (options) => createClaid({ ...options, windows: [] }),
  keyHeader: (key) => ({ authorization: `Bearer ${key}` }),
  strangersKey: 'a-key-of-somebody-else',
  whenLost: 'unknown',
  goesOn: 'not',
  pictures: 'addresses',
  filter: 'black',
  answers: [
    {
      at: 'post',
      fields: [
        'data',
        'data.input',
        'data.input.text',
        'data.output',
        'data.output.0',
        'data.output.0.ext',
        'data.output.0.mps',
        'data.output.0.mime',
        'data.output.0.format',
        'data.output.0.width',
        'data.output.0.height',
        'data.output.0.tmp_url',
      ],
      needed: ['data.output.0.tmp_url'],
    },
  ],
};
