import { describe, expect, it } from 'vitest';
import { setRequests } from '../../../src/policy/edits/set-requests.ts';
import { done, operator, settings } from './settings.ts';

const before = { mostPictures: 2, running: null, waiting: 1, coolDownSeconds: null };

describe('setRequests', () => {
  it('changes what is named and leaves the rest; null leaves it to the operator again', () => {
    const edit = done(
      setRequests(settings({ requests: before }), operator, {
        running: 1,
        waiting: null,
        coolDownSeconds: 30,
      }),
    );
    const after = { mostPictures: 2, running: 1, waiting: null, coolDownSeconds: 30 };
    expect(edit.rules.requests).toEqual(after);
    expect(edit.change).toEqual({ what: 'requests', before, after });
  });

  it.each([
    [{ running: 3 }, { option: 'running', given: 3, most: 2, setting: 'MEMBER_CONCURRENT' }],
    [{ waiting: 4 }, { option: 'waiting', given: 4, most: 3, setting: 'MEMBER_QUEUE' }],
  ])('says that the operator allows no more: %o', (asked, why) => {
    expect(setRequests(settings(), operator, asked)).toEqual({
      refused: { reason: 'above-operator', ...why },
    });
  });

  it('lets as much be set as the operator allows, and none waiting', () => {
    const asked = { running: 2, waiting: 0 };
    expect(done(setRequests(settings(), operator, asked)).rules.requests).toMatchObject(asked);
  });

  it('refuses what is so already, and nothing at all', () => {
    for (const asked of [{}, { mostPictures: 2, waiting: 1 }, { running: null }])
      expect(setRequests(settings({ requests: before }), operator, asked)).toMatchObject({
        refused: { reason: 'no-change' },
      });
  });
});
