import type {
  Block,
  ChannelRule,
  LimitSubject,
  Period,
  RequestRules,
  Stop,
  WordRule,
} from './rule.ts';
import type { Style } from './style.ts';

/** A moderator's change, with the old and the new value: what is confirmed and what the log keeps. */
export type RuleChange =
  | {
      readonly what: 'limit';
      readonly subject: LimitSubject;
      readonly period: Period;
      /** Credits; `null` is no limit. */
      readonly before: number | null;
      readonly after: number | null;
    }
  | { readonly what: 'requests'; readonly before: RequestRules; readonly after: RequestRules }
  | {
      readonly what: 'channel';
      readonly channelId: ChannelRule['channelId'];
      /** Whether it is allowed; `null` is not set. */
      readonly before: boolean | null;
      readonly after: boolean | null;
    }
  | {
      readonly what: 'words';
      readonly added: readonly WordRule[];
      readonly removed: readonly WordRule[];
    }
  | { readonly what: 'log-channel'; readonly before: string | null; readonly after: string | null }
  | {
      readonly what: 'moderator-role';
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      readonly what: 'provider';
      /** See {@link ProviderRule.key}. */
      readonly key: string;
      /** Whether it is allowed; `null` is not set. */
      readonly before: boolean | null;
      readonly after: boolean | null;
    }
  | {
      readonly what: 'default-model';
      /** The model's key; `null` leaves it to the operator. */
      readonly before: string | null;
      readonly after: string | null;
    }
  | { readonly what: 'failover'; readonly before: boolean; readonly after: boolean }
  | { readonly what: 'style'; readonly before: Style | null; readonly after: Style | null }
  | { readonly what: 'stopped'; readonly before: Stop | null; readonly after: Stop | null }
  | {
      readonly what: 'block';
      readonly memberId: string;
      readonly before: Block | null;
      readonly after: Block | null;
    }
  | {
      readonly what: 'grant';
      readonly memberId: string;
      /** The member's unspent granted credits. */
      readonly before: number;
      readonly after: number;
      readonly reason: string;
    }
  /** What a member has spent so far counts no more for the guild's rules on members. */
  | { readonly what: 'reset'; readonly memberId: string };
