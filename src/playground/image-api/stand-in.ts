import type { Download, ImageApiEvents, ReceivedRequest } from './api.ts';
import type { Books } from './books.ts';
import type { Events } from './events.ts';
import type { Faults } from './faults.ts';
import type { ForeignUser } from './foreign.ts';
import type { ImageApiSettings } from './settings.ts';

/** A running stand-in of an image API, as tests and the playground see it. */
export interface ImageApiStandIn<S extends ImageApiSettings = ImageApiSettings> extends Pick<
  Events<ImageApiEvents>,
  'on' | 'next'
> {
  /** `http://127.0.0.1:PORT` and the path that the API's own addresses begin with. */
  readonly apiUrl: string;
  /** The one good key. */
  readonly key: string;
  /** May be changed at any time. */
  readonly settings: S;
  readonly books: Books;
  readonly faults: Faults;
  readonly foreign: ForeignUser;
  /** Every request of the API that arrived, refused ones too, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** Every download of a picture, in order. */
  readonly downloads: readonly Download[];
  /** Prompts that arrived in more than one POST; those that a 429 turned away do not count. */
  postedTwice(): string[];
  /**
   * The bytes that are (or were) served at an address, or of a request's picture (from 0).
   * @throws where there is no such picture
   */
  pictureBytes(url: string): Promise<Buffer>;
  pictureBytes(requestId: string, index: number): Promise<Buffer>;
  /** Ends all connections and timers. */
  close(): Promise<void>;
}
