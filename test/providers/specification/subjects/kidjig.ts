import { readFileSync } from 'node:fs';
import { kidjigModels } from '../../../../src/kidjig-models.ts';
import { startKidjig } from '../../../../src/playground/kidjig/kidjig.ts';
import { createKidjig } from '../../../../src/providers/kidjig/kidjig.ts';
import type { Subject } from '../subject.ts';

/** The ready-made setting of the documentation, with all options that it knows. */
const setting = kidjigModels.parse(
  readFileSync(new URL('../../../../docs/kidjig-models.json', import.meta.url), 'utf8'),
);

export const kidjig: Subject = {
  title: 'Kidjig',
  startStandIn: ({ limits = [], ...options }) =>
    startKidjig({ ...options, limits, latencyMs: 0, pictures: 'small' }),
  open: (options) => createKidjig({ ...options, setting, windows: [] }),
  keyHeader: (key) => ({ 'x-api-key': key }),
  strangersKey: 'a-key-of-somebody-else',
  whenLost: 'unknown',
  goesOn: 'resume',
  pictures: 'addresses',
  filter: 'refused',
  answers: [
    {
      at: 'post',
      fields: ['request_id', 'status', 'queue_position'],
      needed: ['request_id'],
    },
    { at: 'status', fields: ['request_id', 'status'], needed: ['status'] },
    {
      at: 'result',
      fields: [
        'images',
        'images.0',
        'images.0.url',
        'images.0.width',
        'images.0.height',
        'images.0.content_type',
        'seed',
        'prompt',
        'has_nsfw_concepts',
        'has_nsfw_concepts.0',
        'timings',
      ],
      needed: ['images.0.url'],
    },
  ],
};

/** As it is where its pictures come as `data:` URIs, in the envelope of Kidjig's other endpoints. */
export const kidjigWithData: Subject = {
  ...kidjig,
  title: 'Kidjig, with data: URIs',
  startStandIn: ({ limits = [], ...options }) =>
    startKidjig({
      ...options,
      limits,
      latencyMs: 0,
      pictures: 'small',
      envelope: 'data',
      requestIdName: 'requestId',
      words: 'plain',
      errors: 'detail',
      pictureForm: 'base64',
      cost: undefined,
    }),
  pictures: 'bytes',
  answers: [
    {
      at: 'post',
      fields: [
        'success',
        'message',
        'data',
        'data.requestId',
        'data.status',
        'data.queue_position',
      ],
      needed: ['data.requestId'],
    },
    {
      at: 'status',
      fields: ['success', 'message', 'data', 'data.requestId', 'data.status'],
      needed: ['data.status'],
    },
    {
      at: 'result',
      fields: [
        'success',
        'message',
        'data',
        'data.images',
        'data.images.0',
        'data.images.0.url',
        'data.images.0.width',
        'data.images.0.height',
        'data.images.0.content_type',
        'data.seed',
        'data.prompt',
        'data.has_nsfw_concepts',
        'data.has_nsfw_concepts.0',
        'data.timings',
      ],
      needed: ['data.images.0.url'],
    },
  ],
};
