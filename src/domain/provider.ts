import type { Model } from './model.ts';
import type { RateLimitReading, RateWindow } from './pace.ts';
import type { ImageRequest } from './request.ts';
import type { Warning } from './warning.ts';

/** Why a provider's call failed. design: one kind a row of the failure table. */
export type ProviderErrorKind =
  | 'refused' // the content was refused
  | 'invalid' // the API does not accept the input (422 or its like)
  | 'busy' // 429
  | 'no-credits' // 402 or its like
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'unavailable' // 5xx, or no connection
  | 'protocol' // an answer that cannot be read
  | 'timeout'
  | 'cancelled';

/**
 * What the call left behind: `nothing-made` is certain and costs nothing; after `unknown` the
 * pictures may exist and be paid for, so it is never posted again.
 */
export type ProviderOutcome = 'nothing-made' | 'unknown' | 'made';

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly outcome: ProviderOutcome;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The provider's id of the request. */
  readonly requestId: string | undefined;
  /** What the API says of the input, fit to be shown to the member (kinds `invalid`, `refused`). */
  readonly detail: string | undefined;

  constructor(
    kind: ProviderErrorKind,
    outcome: ProviderOutcome,
    message: string,
    facts: {
      status?: number | undefined;
      requestId?: string | undefined;
      detail?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = kind;
    this.outcome = outcome;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.detail = facts.detail;
  }
}

/** A picture as the provider hands it over. */
export type ProvidedPicture =
  | {
      readonly kind: 'address';
      readonly url: string;
      /** ms since the epoch; `null` where no end is known. */
      readonly expiresAt: number | null;
      /** It is in a storage of the operator's own, whose rights can be mended. */
      readonly ownStorage?: true;
    }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface ProviderResult {
  /** In the provider's order; may be fewer than asked for. */
  readonly pictures: readonly ProvidedPicture[];
  /** What the provider charged, in its own unit. */
  readonly providerCost: number;
  /** What was really used, as far as the API says so or was told. */
  readonly used: UsedSettings;
  readonly requestId: string | undefined;
  readonly warnings: readonly Warning[];
}

/** What a picture was really made with. Only what is known is there. */
export interface UsedSettings {
  readonly seed?: number;
  readonly guidance?: number;
  readonly steps?: number;
  readonly scheduler?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Where the API wrote the text anew. */
  readonly prompt?: string;
}

/** What is left on an account, as its API said last, in the provider's own unit. */
export interface KnownBalance {
  readonly credits: number;
  /** ms since the epoch. */
  readonly at: number;
}

export interface ProviderCall {
  readonly signal: AbortSignal;
  /** When it was sent, for `resume` and `find`; ms since the epoch. */
  readonly sentAt?: number;
  /** Called with the API's job id before the first poll, so that another process can go on. */
  record(jobRef: string): Promise<void>;
  /** Called once per HTTP answer that tells something about the API's pace, errors included. */
  onLimits(reading: RateLimitReading): void;
}

/** An image API. One call is one paid request: it is never repeated inside unless nothing was made. */
export interface Provider {
  /** Its name in the store and in settings, for example `claid`. */
  readonly name: string;
  /** Its name for people, for example `Claid`. */
  readonly title: string;
  /** The operator's setting that holds its key, for messages to the operator. */
  readonly keySetting: string;
  /** Which account it spends from; equal accounts share one pace. */
  readonly account: string;
  /**
   * Hosts (`host:port`) that the operator configured and that are therefore trusted wherever they
   * are; every other address of a picture must be a public one.
   */
  readonly trustedHosts: readonly string[];
  /** The documented pace, until answers tell another; no windows is no limit. */
  readonly pace: {
    readonly windows: readonly RateWindow[];
    /** Requests under way at once; no bound where it is missing. */
    readonly concurrent?: number;
  };
  /** What it offers now, the default first; never empty. */
  models(): readonly Model[];
  /**
   * Reads its list of models and its balance anew, where its API has them. Called at start and every
   * hour; what was known stays where it fails.
   * @throws {ProviderError}
   */
  refresh?(signal: AbortSignal): Promise<void>;
  /** `undefined` where its API never told. */
  balance?(): KnownBalance | undefined;
  /** The operator's setting by which we count what is left, where its API tells nothing. */
  readonly creditsSetting?: string;
  /** The operator's setting that says whether what it makes is public. */
  readonly publicSetting?: string;
  /** @throws {ProviderError} */
  generate(request: ImageRequest, call: ProviderCall): Promise<ProviderResult>;
  /** Goes on with a job of this id that was recorded before. @throws {ProviderError} */
  resume?(jobRef: string, call: ProviderCall): Promise<ProviderResult>;
  /** Looks for what was made of a request whose answer was lost. @throws {ProviderError} */
  find?(request: ImageRequest, call: ProviderCall): Promise<ProviderResult | undefined>;
  /**
   * Asks, at no cost, whether the key is good.
   * @throws {ProviderError} `unauthorized` when it is not
   * @throws {StartError} where a setting beside the key is wrong
   */
  check(signal: AbortSignal): Promise<void>;
  /** Closes its connections. */
  close(): Promise<void>;
}
