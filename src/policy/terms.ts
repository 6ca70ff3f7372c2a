import type { Asker } from '../domain/asker.ts';
import type { Caps } from '../domain/ledger.ts';
import type { GuildRules } from '../domain/rule.ts';

/** What the policy decides by: the rules that hold, and for whom. */
export interface Terms {
  readonly rules: GuildRules;
  readonly caps: Caps;
  readonly asker: Asker;
  /** After so many content refusals within 24 h a member waits for 24 h after the last. */
  readonly contentRefusalsPerDay: number;
}
