import type { Clock } from '../../clock.ts';
import type { Charge, OpenBooks } from './books.ts';
import type { Events } from './events.ts';
import type { OpenFaults } from './faults.ts';
import type { Recipe } from './painting/recipe.ts';
import type { MadePicture } from './pictures.ts';
import type { ImageApiSettings } from './settings.ts';
import type { Shelf } from './shelf.ts';
import type { Windows } from './windows.ts';

/** One request of the API that arrived, whatever became of it. */
export interface ReceivedRequest {
  readonly requestId: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The body as it came; `undefined` where it was not read. */
  body: string | undefined;
  /** The prompt, where the body has one, valid or not. */
  prompt: string | undefined;
  /** Status of the answer, where one was begun. */
  status: number | undefined;
  /** Credits that this request was charged. */
  cost: number;
  /** Whether the caller closed the connection before the answer was complete. */
  aborted: boolean;
  /** Whether the stand-in cut the connection on purpose. */
  cut: boolean;
  /** When it was over, ms since the epoch. */
  endedAt: number | undefined;
}

/** One download of a picture. */
export interface Download {
  readonly at: number;
  /** The whole address. */
  readonly url: string;
  status: number | undefined;
  /** Whether the caller closed the connection before the answer was complete. */
  aborted: boolean;
  endedAt: number | undefined;
}

/** What happens at a stand-in. */
export interface ImageApiEvents {
  /** A request arrived and was read. */
  request: ReceivedRequest;
  charge: Charge;
  /** A request is over: answered, cut or aborted. */
  end: ReceivedRequest;
  /** A download is over. */
  download: Download;
}

/** All that the handlers of a stand-in share. */
export interface ImageApi<S extends ImageApiSettings = ImageApiSettings> {
  readonly clock: Clock;
  readonly key: string;
  readonly settings: S;
  readonly windows: Windows;
  readonly faults: OpenFaults;
  readonly books: OpenBooks;
  readonly shelf: Shelf;
  readonly events: Events<ImageApiEvents>;
  readonly requests: ReceivedRequest[];
  readonly downloads: Download[];
  /** Aborted when the stand-in closes. */
  readonly closing: AbortSignal;
  make(recipe: Recipe, requestId: string): MadePicture;
  /** Another one each time for the same prompt, the same ones in every run. */
  nextSeed(prompt: string): number;
  /** `http://127.0.0.1:PORT` */
  origin(): string;
}
