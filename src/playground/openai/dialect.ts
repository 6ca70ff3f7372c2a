import type { CallBody } from '../image-api/read-call.ts';
import type { Voice } from '../image-api/voice.ts';
import type { WindowReading } from '../image-api/windows.ts';
import type { Order, Refused } from './order.ts';
import type { OpenaiSettings } from './settings.ts';

/** A picture as an answer carries it. */
export interface AnsweredPicture {
  /** In base64; else the address. */
  readonly b64: string | undefined;
  readonly url: string;
}

/** What there is to answer with. */
export interface Made {
  readonly order: Order;
  readonly pictures: readonly AnsweredPicture[];
  /** s since the epoch. */
  readonly created: number;
  readonly id: string;
  readonly settings: OpenaiSettings;
}

/** How one of the servers speaks. */
export interface Dialect {
  /** The models of a server that nobody has set up otherwise. */
  readonly models: readonly string[];
  /** Where pictures stand that come by address. */
  readonly pictureFolder: string;
  readonly voice: Voice;
  /** What it says to a request without the one good key, `given` or not. */
  unauthorized(given: boolean): Refused;
  /** Checks a body as the server does. */
  read(body: CallBody, settings: OpenaiSettings): Order | Refused;
  write(made: Made): unknown;
  /** `GET /models` */
  list(models: readonly string[], created: number): unknown;
  /** What it tells of its pace; nothing unless said otherwise. */
  limitHeaders?(reading: WindowReading, refused: boolean): Record<string, string>;
}
