import type { Style } from './style.ts';

/** How long a limit's window is. Windows roll: what was held is free again one period later. */
export type Period = 'hour' | 'day' | 'week' | 'month';

const hourMs = 3_600_000;

/** A month is 30 days. */
export const periodMs: Readonly<Record<Period, number>> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
};

/** Whom a limit is for. A role's holds for each member who has it, not for all of them together. */
export type LimitSubject =
  | { readonly kind: 'each-member' }
  | { readonly kind: 'role'; readonly roleId: string }
  | { readonly kind: 'member'; readonly memberId: string }
  /** All of the guild together. */
  | { readonly kind: 'guild' };

/** At most so many credits (0 or more) within any stretch of one period. */
export interface Limit {
  readonly subject: LimitSubject;
  readonly period: Period;
  readonly credits: number;
}

/** What a member's requests may be; `null` leaves it to the operator's settings. */
export interface RequestRules {
  /** Pictures in one request, 1–4. */
  readonly mostPictures: number | null;
  /** Requests of a member under way at once, and waiting besides. */
  readonly running: number | null;
  readonly waiting: number | null;
  /** Between the beginnings of two requests of a member. */
  readonly coolDownSeconds: number | null;
}

/** Whether pictures may be asked for in a channel, and in all that stands under it. */
export interface ChannelRule {
  /** A thread, a channel or a category; `null` is the whole server. */
  readonly channelId: string | null;
  readonly allowed: boolean;
}

/** Words that a prompt must not contain. */
export interface WordRule {
  /** Short and unique within the guild, for commands to name it by. */
  readonly id: string;
  /** Whole words or a phrase as people write them, or a pattern of a linear-time engine. */
  readonly kind: 'words' | 'pattern';
  readonly text: string;
  /** Counted, not enforced. */
  readonly dryRun: boolean;
}

/** Whether members may choose a model. */
export interface ProviderRule {
  /** A model's key, or a provider's name for all of its models; the model's own rule decides. */
  readonly key: string;
  readonly allowed: boolean;
}

/** No more pictures for the whole guild, until a moderator starts it again. */
export interface Stop {
  readonly reason: string | null;
  readonly by: string;
  /** ms since the epoch. */
  readonly at: number;
}

/** What moderators have set for a guild. */
export interface GuildRules {
  readonly limits: readonly Limit[];
  readonly requests: RequestRules;
  readonly channels: readonly ChannelRule[];
  readonly words: readonly WordRule[];
  readonly logChannelId: string | null;
  /** Who has it may use Easel's moderation besides those whom Discord lets. */
  readonly moderatorRoleId: string | null;
  readonly stopped: Stop | null;
  /** Where none is for a model, it is allowed. */
  readonly providers: readonly ProviderRule[];
  /** The key of the model that is tried first where a member chooses none; `null` leaves it to the operator. */
  readonly defaultModel: string | null;
  /** Whether another model may stand in for one that cannot be had. */
  readonly failover: boolean;
  readonly styles: readonly Style[];
}

/** Where nothing has been set. */
export const noRules: GuildRules = {
  limits: [],
  requests: { mostPictures: null, running: null, waiting: null, coolDownSeconds: null },
  channels: [],
  words: [],
  logChannelId: null,
  moderatorRoleId: null,
  stopped: null,
  providers: [],
  defaultModel: null,
  failover: false,
  styles: [],
};

/** How much of each there may be, so that a snapshot stays small. */
export const mostRules = {
  limits: 200,
  channels: 500,
  words: 1000,
  blocks: 5000,
  styles: 50,
  providers: 200,
} as const;

/** A member who may not ask for pictures. */
export interface Block {
  readonly memberId: string;
  /** ms since the epoch; `null` until it is lifted. */
  readonly until: number | null;
  readonly reason: string | null;
  readonly by: string;
  readonly at: number;
}
