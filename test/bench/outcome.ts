/** What a part of the bench has found. */
export interface Outcome {
  /** Paragraphs and tables in Markdown. */
  readonly text: readonly string[];
  /** What the bot lost or did wrong; a missed aim is none. */
  readonly failures: readonly string[];
}
