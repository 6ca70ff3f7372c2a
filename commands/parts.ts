import type { REST } from 'discord.js';
import type { Answers } from '../src/discord/answers.ts';
import type { Chart } from '../src/domain/chart.ts';
import type { Parts } from '../src/generation/parts.ts';
import type { OperatorLimits } from '../src/policy/operator-limits.ts';
import type { Doors } from '../src/policy/screen.ts';

/** What the commands work with. */
export interface CommandParts {
  readonly parts: Parts;
  readonly doors: Doors;
  /** What moderators cannot go above. */
  readonly operatorLimits: OperatorLimits;
  /** Hosts (with their port, where it is another) at which Discord keeps what members upload. */
  readonly attachmentHosts: ReadonlySet<string>;
  readonly chart: Chart;
  readonly answers: Answers;
  /** For removing messages of the bot's own. */
  readonly rest: REST;
}
