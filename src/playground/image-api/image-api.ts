import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { ImageApi, ReceivedRequest } from './api.ts';
import { createBooks } from './books.ts';
import { createEvents } from './events.ts';
import { createFaults } from './faults.ts';
import { createForeignUser } from './foreign.ts';
import { createPainter } from './painting/painter.ts';
import { createPictures } from './pictures.ts';
import { handlePicture } from './serve-picture.ts';
import type { ImageApiSettings } from './settings.ts';
import { createShelf } from './shelf.ts';
import type { ImageApiStandIn } from './stand-in.ts';
import { createWindows } from './windows.ts';

/** What a stand-in says of itself. */
export interface ImageApiOptions<S extends ImageApiSettings> {
  /** Stands in front of what goes wrong in the stand-in itself. */
  readonly name: string;
  readonly clock: Clock;
  /** One that is free unless given. */
  readonly port?: number | undefined;
  /** The one good key. */
  readonly key: string;
  /** Credits of the account. Default: without end. */
  readonly credits?: number | undefined;
  readonly settings: S;
  /** What the API's own addresses begin with, such as `/v1`; may be empty. */
  readonly apiPath: string;
  /** Paths under which the shelf's pictures are served; each begins and ends in `/`. */
  readonly pictureFolders: readonly string[];
  /** Answers whatever does not ask for a picture; `path` is without the query and not decoded. */
  route(
    api: ImageApi<S>,
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> | void;
}

/** Starts a server on 127.0.0.1 with all that any image API needs; what it says is the caller's. */
export async function openImageApi<S extends ImageApiSettings>(
  options: ImageApiOptions<S>,
): Promise<{ readonly api: ImageApi<S>; readonly standIn: ImageApiStandIn<S> }> {
  const { clock, settings, key } = options;
  const closing = new AbortController();
  const painter = createPainter();
  const requestsOfPrompt = new Map<string, number>();
  let origin = '';
  const api: ImageApi<S> = {
    clock,
    key,
    settings,
    windows: createWindows(clock, settings),
    faults: createFaults(),
    books: createBooks(options.credits ?? Infinity),
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

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    return options.pictureFolders.some((folder) => pathname.startsWith(folder))
      ? handlePicture(api, request, response, decodePath(pathname))
      : options.route(api, request, response, pathname);
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // Hung up while its body was read, or the stand-in closes: nobody is left to answer.
      if (closing.signal.aborted || response.destroyed || request.errored !== null) return;
      console.error(`${options.name} stand-in:`, error);
      response.destroy();
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;

  const standIn: ImageApiStandIn<S> = {
    apiUrl: `${origin}${options.apiPath}`,
    key,
    settings,
    books: api.books,
    faults: api.faults,
    foreign: createForeignUser(clock, api.windows, closing.signal),
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
  return { api, standIn };
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
