import type { Range } from '../domain/model.ts';
import { count, credits, relative } from './en-names.ts';
import { escape } from './escape.ts';

/** Texts of `/easel provider`, in English. Titles and keys come as they are. */
export const easelModels = {
  /** In lists of options too, so plain text. */
  allOf: (provider: string) => `All of ${provider}`,
  gone: (key: string) => `${key} (not offered any more)`,
  suggestedRule: (name: string, allowed: boolean) => `${name}: ${allowed ? 'allowed' : 'denied'}`,

  title: (n: number, denied: number) =>
    `### ${count(n, 'model')}${denied > 0 ? `, ${denied} of them denied` : ''}`,
  first: (title: string, whose: 'server' | 'operator') =>
    `Where a member names none, **${escape(title)}** is tried first (${whose === 'server' ? 'set here' : 'the choice of whoever runs me'}), then the others in this order.`,
  none: '**No model is allowed**, so nobody can ask for pictures here.',
  defaultLost: (name: string, why: 'denied' | 'gone') =>
    why === 'denied'
      ? `The default that is set here, **${escape(name)}**, is denied.`
      : `The default that is set here, **${escape(name)}**, is not offered any more.`,
  failover: (on: boolean) =>
    on
      ? 'Another model stands in for one that cannot be had.'
      : 'No other model stands in for one that cannot be had.',

  model: (title: string, key: string, price: number) =>
    `**${escape(title)}** \`${key}\` · ${credits(price)} a picture`,
  default: '**default**',
  takes: {
    images: (most: number) => (most === 1 ? '1 picture' : `1–${most} pictures`),
    aspects: (n: number) => count(n, 'shape'),
    negative: 'negative text',
    seed: 'seed',
    guidance: (range: Range) => `guidance ${fromTo(range)}`,
    steps: (range: Range, effect: boolean) =>
      `steps ${fromTo(range)}${effect ? '' : ' (without effect)'}`,
    schedulers: (n: number) => count(n, 'scheduler'),
    styles: (n: number) => `${count(n, 'style')} of its own`,
    image: (strength: boolean) => (strength ? 'a picture, with strength' : 'a picture'),
  },
  allowed: 'allowed',
  ruledAllowed: (by: string) => `allowed (${by})`,
  ruledDenied: (by: string) => `**denied** (${by})`,
  ownRule: 'a rule of its own',
  ruleFor: (name: string) => `the rule for ${escape(name)}`,
  out: (until: number, why: 'account' | 'trouble') =>
    `**out**: ${why === 'account' ? 'its account is in trouble' : 'it has been failing'}, tried again ${relative(until)}`,
  public: 'public at the image service, so never private',
  unfiltered: 'unfiltered, so in age-restricted channels only',
  shown: (from: number, to: number, of: number) => `${from}–${to} of ${of}`,

  /** Said below a change that was made. */
  note: {
    nothingLeft: 'No model is allowed now, so nobody can ask for pictures here.',
    defaultDenied: (lost: string, first: string) =>
      `The default, ${escape(lost)}, is denied now, so ${escape(first)} is tried first.`,
    provider: 'Models of it with a rule of their own keep it.',
    default:
      'Members who name no model get it wherever it can do what they ask, else the next that can.',
    defaultCleared: (first: string) => `${escape(first)} is tried first now.`,
    failoverOn:
      'Only one that can do all that was asked stands in, at its own price. The member is told.',
    failoverOff: 'Members are told when one that cannot be had is tried again.',
  },
} as const;

function fromTo({ min, max }: Range): string {
  return min === max ? String(min) : `${min}–${max}`;
}
