import type { RequestRules } from '../../src/domain/rule.ts';

/** What can be set back to what is usual. */
export const usualNames = ['pictures', 'running', 'waiting', 'cool-down', 'all'] as const;

export type UsualName = (typeof usualNames)[number];

/** The rules that a name sets back. */
export function usual(name: UsualName): Partial<RequestRules> {
  const all = { mostPictures: null, running: null, waiting: null, coolDownSeconds: null };
  switch (name) {
    case 'pictures':
      return { mostPictures: null };
    case 'running':
      return { running: null };
    case 'waiting':
      return { waiting: null };
    case 'cool-down':
      return { coolDownSeconds: null };
    case 'all':
      return all;
  }
}
