import { customId } from './custom-id.ts';

const command = 'easel';

/** Custom ids of what `/easel` shows. They work after a restart. */
export const easelIds = {
  /** The log's entries of this kind before the one with the id; `null`: the newest. */
  log: (kind: string, before: number | null) =>
    customId({ command, action: 'log', ref: `${kind}-${before ?? 'newest'}` }),
  /** The select of the kind. */
  logKind: customId({ command, action: 'log-kind', ref: 'any' }),
  /** The rules on words, from the n-th (from 0) on. */
  words: (from: number) => customId({ command, action: 'words', ref: String(from) }),
  /** The modal that takes a list of words. */
  import: customId({ command, action: 'import', ref: 'words' }),
  /** The models, from the n-th (from 0) on. */
  models: (from: number) => customId({ command, action: 'models', ref: String(from) }),
  /** The styles, likewise. */
  styles: (from: number) => customId({ command, action: 'styles', ref: String(from) }),
  /** The modal of a new style. */
  addStyle: customId({ command, action: 'add-style', ref: 'new' }),
  /** The modal that changes a style, and the button that opens it. */
  editStyle: (ref: string) => customId({ command, action: 'edit-style', ref }),
} as const;
