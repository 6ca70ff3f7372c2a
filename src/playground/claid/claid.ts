import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import { bucketFolder, bucketsFolder, tmpFolder } from './api.ts';
import type { Api, ClaidEvents, Download, ReceivedRequest } from './api.ts';
import { createBooks } from './books.ts';
import type { Books } from './books.ts';
import { createEvents } from './events.ts';
import type { Events } from './events.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createForeignUser } from './foreign.ts';
import type { ForeignUser } from './foreign.ts';
import { handleGenerate } from './generate.ts';
import { createPainter } from './painting/painter.ts';
import { createPictures } from './pictures.ts';
import { receive, refuse } from './receive.ts';
import { handlePicture } from './serve-picture.ts';
import { defaultSettings } from './settings.ts';
import type { ClaidSettings } from './settings.ts';
import { createShelf } from './shelf.ts';
import { handleStorageTypes } from './storage-types.ts';
import { createWindows } from './windows.ts';

export interface ClaidOptions extends Partial<ClaidSettings> {
  readonly clock: Clock;
  /** Default: any free port. */
  readonly port?: number;
  /** The one good key. */
  readonly key?: string;
  /** Credits of the account. Default: without end. */
  readonly credits?: number;
}

/** A running stand-in of Claid. */
export interface Claid extends Pick<Events<ClaidEvents>, 'on' | 'next'> {
  /** `http://127.0.0.1:PORT/v1` */
  readonly apiUrl: string;
  /** Under it stand the objects of the first storage by their keys; ends in `/`. */
  readonly bucketUrl: string;
  readonly key: string;
  /** May be changed at any time. */
  readonly settings: ClaidSettings;
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

/**
 * Starts a stand-in of Claid on 127.0.0.1: strict about everything that the contract and the
 * documentation say (status codes, envelopes, windows, charging), with faults on demand.
 */
export async function startClaid(options: ClaidOptions): Promise<Claid> {
  const { clock, port = 0, key = 'claid-key', credits = Infinity, ...wanted } = options;
  const settings: ClaidSettings = { ...defaultSettings(), ...wanted };
  const closing = new AbortController();
  const painter = createPainter();
  const windows = createWindows(clock, settings);
  const requestsOfPrompt = new Map<string, number>();
  let origin = '';
  const api: Api = {
    clock,
    key,
    settings,
    windows,
    faults: createFaults(),
    books: createBooks(credits),
    shelf: createShelf(),
    events: createEvents(),
    requests: [],
    downloads: [],
    closing: closing.signal,
    make: createPictures(settings, (recipe) => painter.paint(recipe)),
    origin: () => origin,
    nextSeed(prompt) {
      const before = requestsOfPrompt.get(prompt) ?? 0;
      requestsOfPrompt.set(prompt, before + 1);
      return settings.seed + before;
    },
  };

  const server = createServer((request, response) => {
    route(api, request, response).catch((error: unknown) => {
      // Hung up while its body was read, or the stand-in closes: nobody is left to answer.
      if (closing.signal.aborted || response.destroyed || request.errored !== null) return;
      console.error('claid stand-in:', error);
      response.destroy();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;

  return {
    apiUrl: `${origin}/v1`,
    get bucketUrl() {
      return `${origin}${bucketFolder(settings.storages[0]?.bucket ?? '')}`;
    },
    key,
    settings,
    books: api.books,
    faults: api.faults,
    foreign: createForeignUser(clock, windows, closing.signal),
    requests: api.requests,
    downloads: api.downloads,
    ...api.events,
    postedTwice: () => twice(api.requests),
    async pictureBytes(urlOrRequestId: string, index?: number) {
      const entry =
        index === undefined
          ? api.shelf.find(decodePath(new URL(urlOrRequestId).pathname))
          : api.shelf.findOf(urlOrRequestId, index);
      if (entry === undefined) throw new Error(`no picture at ${urlOrRequestId} ${index ?? ''}`);
      return entry.picture.bytes();
    },
    async close() {
      closing.abort(new Error('the stand-in closes'));
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function route(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === '/v1/image/generate') return handleGenerate(api, request, response, pathname);
  if (pathname === '/v1/storage/storage-types') {
    return handleStorageTypes(api, request, response, pathname);
  }
  if (pathname.startsWith(tmpFolder) || pathname.startsWith(bucketsFolder)) {
    return handlePicture(api, request, response, decodePath(pathname));
  }
  const received = receive(api, request, response, pathname);
  refuse(response, 404, { 'x-request-id': received.requestId });
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function twice(requests: readonly ReceivedRequest[]): string[] {
  const prompts = requests.flatMap((it) =>
    it.prompt === undefined || it.status === 429 ? [] : [it.prompt],
  );
  return [...new Set(prompts.filter((prompt, index) => prompts.indexOf(prompt) !== index))];
}
