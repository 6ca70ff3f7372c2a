/**
 * Where an answer goes. It is stored with its generation, so that a live run and a recovered one
 * deliver the same way.
 */
export interface Destination {
  readonly applicationId: string;
  readonly interactionId: string;
  /** The interaction token; a secret. `null` once it has been wiped from the store. */
  readonly token: string | null;
  /** Discord accepts the token until this time (ms since the epoch): 15 min after the interaction. */
  readonly tokenEndsAt: number;
  readonly guildId: string;
  readonly channelId: string;
  readonly memberId: string;
  /** The member's roles when it was asked for: what is left for them depends on these. */
  readonly roleIds: readonly string[];
  /** Only the member sees the answer; such an answer never goes to the channel. */
  readonly private: boolean;
  /** It was asked for in an age-restricted channel. */
  readonly ageRestricted: boolean;
  /** So many generations share this answer (a comparison); 1 for all others. */
  readonly sharedBy: number;
  /** Discord's locale of the member, for example `en-US`. */
  readonly locale: string;
  /** The largest file that this interaction may attach, in bytes. */
  readonly maxFileBytes: number;
}

/** How long Discord accepts an interaction token. Source: Receiving and Responding, "Interaction Callback". */
export const tokenLifeMs = 15 * 60_000;
