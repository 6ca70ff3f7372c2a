import type { REST } from 'discord.js';
import type { Answers } from '../src/discord/answers.ts';
import type { Provider } from '../src/domain/provider.ts';
import type { Parts } from '../src/generation/parts.ts';
import type { Doors } from '../src/policy/screen.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly parts: Parts;
  readonly doors: Doors;
  /** The provider that serves requests, and what a picture costs there in credits. */
  readonly provider: Provider;
  readonly price: number;
  readonly defaultImages: number;
  readonly answers: Answers;
  /** For removing messages of the bot's own. */
  readonly rest: REST;
}
