import { ranges } from '../../src/domain/request.ts';

/** What the options of `/easel` allow: both the definition and the readers take it from here. */
export const easelRanges = {
  /** More is the same as no limit. */
  credits: { min: 0, max: 1_000_000 },
  pictures: ranges.images,
  running: { min: 1, max: 100 },
  waiting: { min: 0, max: 100 },
  /** Up to a day. */
  coolDownSeconds: { min: 0, max: 86_400 },
  /** Code points of a rule on words. */
  wordText: { min: 1, max: 200 },
  /** Code points of a prompt to try. */
  prompt: { min: 1, max: ranges.prompt.max },
  /** Code points of a model's key or title, or of a style's name, as somebody types it. */
  modelName: { min: 1, max: 100 },
  styleName: { min: 1, max: 100 },
} as const;
