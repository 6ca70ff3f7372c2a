/** What a member should know of how the request was honoured. Each has its one wording in `messages/`. */
export const warnings = [
  /** The API takes a number of steps and uses the model's own. */
  'steps-ignored',
  /** The scheduler does not go with the model, and the API took another one. */
  'scheduler-replaced',
  /** The style brings a negative text, and the model takes none. */
  'style-negative-left-out',
  /** The pictures are of another size than was asked for. */
  'size-changed',
  /** The API wrote the text anew. */
  'prompt-rewritten',
] as const;

export type Warning = (typeof warnings)[number];
