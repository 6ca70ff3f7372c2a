import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { listen } from './listen.ts';

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly socket: Socket;
  /** Resolves when the other side has closed the connection. */
  readonly closed: Promise<void>;
}

export interface ScriptedApi {
  readonly url: string;
  readonly port: number;
  readonly requests: SeenRequest[];
  /** How many connections were made. */
  connections(): number;
  /** What to do about each request; writes to its socket as it likes. */
  script: (request: SeenRequest) => void;
  /** The next request, also where it has come already and nobody asked yet. */
  next(): Promise<SeenRequest>;
  close(): Promise<void>;
}

/** A server that works on bare sockets, so that an answer can be broken at any byte. */
export async function startScriptedApi(
  script: (request: SeenRequest) => void = () => undefined,
): Promise<ScriptedApi> {
  const requests: SeenRequest[] = [];
  const unasked: SeenRequest[] = [];
  const askers: ((request: SeenRequest) => void)[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => {
      socket.on('close', () => {
        sockets.delete(socket);
        resolve();
      });
    });
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const request = parse(received, socket, closed);
      if (request === undefined) return;
      received = Buffer.alloc(0);
      requests.push(request);
      const asker = askers.shift();
      if (asker === undefined) unasked.push(request);
      else asker(request);
      api.script(request);
    });
  });
  const port = await listen(server);
  const api: ScriptedApi = {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    script,
    next() {
      const waiting = unasked.shift();
      if (waiting !== undefined) return Promise.resolve(waiting);
      return new Promise((resolve) => askers.push(resolve));
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return api;
}

function parse(received: Buffer, socket: Socket, closed: Promise<void>): SeenRequest | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n');
  const [method = '', path = ''] = start.split(' ');
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  const length = Number(headers['content-length'] ?? 0);
  const body = received.subarray(end + 4);
  if (body.length < length) return undefined;
  return { method, path, headers, body: body.toString('utf8'), socket, closed };
}

/** The bytes of an answer, with a content length unless one is given. */
export function answer(
  status: number,
  body: string | Buffer = '',
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'content-length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Any\r\n${lines.join('')}\r\n`), bytes]);
}
