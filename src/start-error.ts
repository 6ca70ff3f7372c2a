/** What an operator must mend before the bot can start; its message says what and how. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
