import type { Destination } from './destination.ts';
import type { Failure } from './failure.ts';
import type { Generation, PictureRecord } from './generation.ts';
import type { UsedSettings } from './provider.ts';
import type { GuildStore } from './guild-store.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { Standing, Window } from './ledger.ts';
import type { MemberStore } from './member-store.ts';
import type { Refusal } from './refusal.ts';
import type { ImageRequest } from './request.ts';
import type { Source } from './source.ts';
import type { Warning } from './warning.ts';

/** A generation about to begin. */
export interface Draft {
  readonly id: string;
  readonly destination: Destination;
  readonly provider: string;
  readonly account: string;
  readonly request: ImageRequest;
  /** Credits per picture; `price * request.images` are held. */
  readonly price: number;
  /** See {@link Generation.insteadOf}. */
  readonly insteadOf: string | null;
  /** The process that runs it, and until when it is believed alive without a sign (ms since the epoch). */
  readonly owner: string;
  readonly leaseUntil: number;
  readonly at: number;
}

/** What the policy says to a draft, having seen the ledger. */
export type Admission =
  /** So many of the credits are paid by what the member was granted. */
  | { readonly admitted: true; readonly fromGrant: number }
  | { readonly admitted: false; readonly refusal: Refusal };

export type Begun =
  | { readonly kind: 'begun'; readonly generation: Generation; readonly standing: Standing }
  /** The policy said no; nothing was written. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** This id was written before; nothing was written now. */
  | { readonly kind: 'repeated'; readonly generation: Generation };

export type BegunTogether =
  | {
      readonly kind: 'begun';
      readonly generations: readonly Generation[];
      readonly standing: Standing;
    }
  | Extract<Begun, { kind: 'refused' }>
  | { readonly kind: 'repeated' };

/** What `settle` writes when the provider has answered. */
export interface Made {
  readonly sources: readonly Source[];
  /** What it costs in credits, and in the provider's own unit. */
  readonly credits: number;
  readonly providerCost: number;
  readonly requestId: string | undefined;
  readonly warnings: readonly Warning[];
  readonly used: UsedSettings;
  readonly at: number;
}

/**
 * The generations. Every change of state is one guarded UPDATE together with its ledger entries in
 * one transaction: it returns `false` and writes nothing where the generation is not (any more) in
 * the state that the change starts from, or has another owner where an owner is given.
 */
export interface GenerationStore {
  /**
   * One transaction: writes the generation under its id, asks `admit` with the ledger's figures (of
   * the windows that are named), and holds the credits. Two processes cannot both pass a limit that
   * has room for one. The standing that comes back counts the draft.
   */
  begin(
    draft: Draft,
    windows: readonly Window[],
    admit: (standing: Standing) => Admission,
  ): Promise<Begun>;
  /**
   * As `begin` for several that belong together: all of them or none. The policy is asked once, with
   * what they cost together; what it takes from the grant pays for the first of them first. Where one
   * of the ids was written before, nothing is written now.
   */
  beginTogether(
    drafts: readonly [Draft, ...Draft[]],
    windows: readonly Window[],
    admit: (standing: Standing) => Admission,
  ): Promise<BegunTogether>;
  find(id: string): Promise<Generation | undefined>;
  /** queued → sent; notes the departure for the account's pace in the same transaction. */
  send(id: string, owner: string, departedAt: number): Promise<boolean>;
  /** sent → queued: the API refused the request unprocessed (429). */
  unsend(id: string, owner: string): Promise<boolean>;
  recordJob(id: string, jobRef: string): Promise<void>;
  /**
   * sent → made, delivery pending: replaces the hold by the true cost; what comes back of it goes
   * first to where it was taken last (the granted credits). Returns the standing after it.
   */
  settle(id: string, made: Made, windows: readonly Window[]): Promise<Standing | undefined>;
  /** queued or sent (as named) → returned: all credits back. It keeps its lease until {@link told}. */
  giveBack(id: string, from: 'queued' | 'sent', failure: Failure, at: number): Promise<boolean>;
  /**
   * sent → unknown: the member's credits back; guild, bot and account still count it. It keeps its
   * lease until {@link told}.
   */
  writeOff(id: string, failure: Failure, at: number): Promise<boolean>;
  /** The member knows that it was returned or is unknown: nothing is left to do, its lease ends. */
  told(id: string): Promise<void>;
  /** What became of each picture, before it is posted. Counts a content refusal if one is blank. */
  recordPictures(id: string, pictures: readonly PictureRecord[], at: number): Promise<void>;
  /** pending → posting, for this owner. */
  startPosting(id: string, owner: string): Promise<boolean>;
  /** pending, posting or waiting → posted. */
  posted(id: string, messageId: string): Promise<boolean>;
  /**
   * waiting → pending, for this owner: its member asked for it; of two presses one gets it. From then
   * on it goes to the press's own answer.
   */
  claimWaiting(
    id: string,
    owner: string,
    leaseUntil: number,
    destination: Destination,
  ): Promise<boolean>;
  /** pending or posting → waiting. */
  wait(id: string): Promise<boolean>;
  /**
   * Replaces the interaction token of a generation whose answer stands: a press on that answer brings
   * one that can still change it. Of two, the one that lasts longer stays.
   */
  renewToken(id: string, token: string, tokenEndsAt: number): Promise<void>;
  /** any delivery of a made generation → deleted. */
  markDeleted(id: string): Promise<boolean>;
  /** waiting (or pending, posting) → lapsed: all credits back to member, guild and bot. */
  lapse(id: string, at: number): Promise<boolean>;
  /** Made generations made before the time that were never shown: waiting, pending or posting. */
  undelivered(madeBefore: number, limit: number): Promise<Generation[]>;
  /** What waits for this member in this guild, oldest first, at most 10. */
  waitingFor(guildId: string, memberId: string): Promise<Generation[]>;

  /**
   * Prolongs the leases of the generations that an owner works on, and no others: what an error made
   * it drop runs out and is taken up by recovery.
   */
  renew(owner: string, ids: readonly string[], leaseUntil: number): Promise<void>;
  /** Ends the lease at the given time, so that recovery takes it up then. */
  release(id: string, owner: string, at: number): Promise<void>;
  /**
   * Takes over unfinished generations (queued; sent; made with delivery pending or posting; returned
   * or unknown with the member not told) whose lease is over at `now` — or all of other owners, where
   * `all` is set because one process owns the store — oldest first, at most `limit`.
   */
  takeOver(
    owner: string,
    options: { now: number; leaseUntil: number; limit: number; all: boolean },
  ): Promise<Generation[]>;

  /** How long (ms, sent to made) the latest `limit` generations of a provider took, newest first. */
  recentRunsMs(provider: string, limit: number): Promise<number[]>;
  /** Removes interaction tokens that ended before the time. */
  wipeTokens(endedBefore: number): Promise<void>;
}

/** The store: one truth that survives the process. */
export interface Store extends GenerationStore, LedgerStore, GuildStore, MemberStore {
  /** One process owns all of it (the embedded store), so at start every lease may be taken over. */
  readonly exclusive: boolean;
  /** Departures (ms since the epoch) of an account at or after the time, oldest first, at most 10 000. */
  departures(account: string, since: number): Promise<number[]>;
  /** Writes something and takes it back; throws where that is not possible. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}

/** Thrown by any store method where the disk is full; nothing was written. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
}
