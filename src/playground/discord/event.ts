import type { Violation } from './contract/contract.ts';
import type { Acknowledgement, Truthy, WaitOptions } from './person.ts';
import type { SeenMessage } from './seen.ts';

/** Who can see a message: everybody who sees the channel, or one person (the id). */
export type Audience = 'channel' | { readonly only: string };

/** One event for each of the types, so that each can be told apart by its type alone. */
type Each<Types extends string, Facts> = Types extends string
  ? { readonly type: Types } & Facts
  : never;

/** Something that happened in the stand-in. */
export type DiscordEvent =
  | Each<
      'message-created' | 'message-updated',
      {
        readonly message: SeenMessage;
        readonly audience: Audience;
        /** The interaction that it belongs to. */
        readonly interactionId: string | undefined;
      }
    >
  | Each<
      'message-deleted',
      {
        readonly messageId: string;
        readonly channelId: string;
        readonly audience: Audience;
        readonly interactionId: string | undefined;
      }
    >
  | Each<'interaction-created', { readonly interactionId: string; readonly by: string }>
  | Each<
      'interaction-acknowledged' | 'interaction-failed',
      { readonly interactionId: string; readonly acknowledgement: Acknowledgement }
    >
  | Each<
      'gateway-connected' | 'gateway-resumed',
      { readonly sessionId: string; readonly shard: number }
    >
  | Each<'gateway-disconnected', { readonly sessionId: string | undefined; readonly code: number }>
  | Each<'commands-changed', { readonly guildId: string | undefined }>
  | Each<'request', { readonly request: RequestRecord }>
  | Each<'fault', { readonly route: string }>
  | Each<'violation', { readonly violation: Violation }>;

export type EventOf<T extends DiscordEvent['type']> = Extract<DiscordEvent, { readonly type: T }>;

/** One REST request of the bot, noted when it was answered (or cut). */
export interface RequestRecord {
  readonly method: string;
  /** For example `/webhooks/:application/:token/messages/@original`; the path itself where no route fits. */
  readonly route: string;
  /** Below `/api/v10`, with its ids. */
  readonly path: string;
  /** `undefined` when the connection was cut before an answer. */
  readonly status: number | undefined;
  /** The code of Discord's error body. */
  readonly code: number | undefined;
  /** The JSON body, of a multipart request its `payload_json`. */
  readonly body: unknown;
  readonly files: readonly { readonly filename: string; readonly bytes: number }[];
  /** ms since the epoch when it came in. */
  readonly at: number;
}

/** Tells what happens, as it happens. */
export interface DiscordEvents {
  /** Calls the listener at each event of the type (`*`: every event), until the returned function is called. */
  on<T extends DiscordEvent['type']>(type: T, listener: (event: EventOf<T>) => void): () => void;
  on(type: '*', listener: (event: DiscordEvent) => void): () => void;
  /** The next event of the type that fits; rejects after the limit (10 s of real time). */
  next<T extends DiscordEvent['type']>(
    type: T,
    fits?: (event: EventOf<T>) => boolean,
    options?: WaitOptions,
  ): Promise<EventOf<T>>;
  /** Looks now and after each event until something truthy is returned; rejects after the limit. */
  until<T>(look: () => T, options?: WaitOptions): Promise<Truthy<T>>;
}
