import { count } from './en-names.ts';
import { escape } from './escape.ts';

/** Texts of `/easel style`, in English. */
export const easelStyles = {
  addTitle: 'Make a style',
  editTitle: (name: string) => `Change ${name}`,
  fields: {
    name: { label: 'Name', hint: 'What members choose it by' },
    text: {
      label: 'Text',
      hint: '{prompt} is where a member’s words go; without it they come first',
      placeholder: 'an oil painting of {prompt}, thick brush strokes',
    },
    negative: { label: 'Negative', hint: 'What the pictures should not show' },
    options: {
      label: 'Options',
      hint: 'Used where the member gives none and the model takes them',
      placeholder: 'aspect 16:9, guidance 7, steps 30, scheduler K_EULER',
    },
  },
  /** What a field must be, in the midst of a sentence, and an example. */
  wanted: {
    onePlace: {
      what: 'a text with {prompt} in one place at most',
      example: 'an oil painting of {prompt}',
    },
    something: {
      what: 'filled in, or else `negative` or `options`, since a style without any of them does nothing',
      example: 'an oil painting of {prompt}',
    },
  },

  problems: (n: number) =>
    `The style is not kept: there ${n === 1 ? 'is one problem' : `are ${n} problems`}.`,
  typed: 'What you typed, to copy it from here:',

  title: (n: number) => `### ${count(n, 'style')}`,
  none: 'There are no styles here yet. `/easel style add` makes one.',
  style: (name: string, options: string) =>
    `**${escape(name)}**${options === '' ? '' : ` · ${options}`}`,
  text: (words: string) => `-# Text: ${escape(words)}`,
  negative: (words: string) => `-# Negative: ${escape(words)}`,
  shown: (from: number, to: number, of: number) => `${from}–${to} of ${of}`,
  edit: 'Change it',

  note: {
    kept: (name: string) => `Members choose it with \`/imagine\`, \`style:\` ${escape(name)}.`,
    removed: 'Pictures that were made with it stay as they are.',
  },
} as const;
