import type { IncomingMessage, ServerResponse } from 'node:http';
import { MessageFlags } from 'discord-api-types/v10';
import type { Clock } from '../../clock.ts';
import {
  ApiError,
  apiError,
  asProblems,
  invalidForm,
  methodNotAllowed,
  unauthorized,
} from './api-error.ts';
import type { Contract } from './contract/contract.ts';
import type { RequestRecord } from './event.ts';
import type { FaultList } from './fault-list.ts';
import type { RateLimits } from './rate-limits.ts';
import { ClientGone, readBody } from './read-body.ts';
import type { RequestBody } from './read-body.ts';
import { createRouter } from './route.ts';
import type { Answer, Call, Matched, Route } from './route.ts';

export interface RestOptions {
  readonly clock: Clock;
  readonly token: string;
  readonly routes: readonly Route[];
  readonly contract: Contract;
  readonly faults: FaultList;
  readonly rateLimits: RateLimits | undefined;
  onRequest(record: RequestRecord): void;
  /** A body that Discord would refuse. */
  onProblems(operation: string, problems: ApiError['problems']): void;
}

interface Reply extends Answer {
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers requests below `/api/v10`. The promise never rejects. */
export function createRest(
  options: RestOptions,
): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  const { clock, token, contract, faults, rateLimits } = options;
  const find = createRouter(options.routes);

  const process = (
    request: IncomingMessage,
    url: URL,
    matched: ReturnType<typeof find>,
    read: RequestBody | ApiError,
  ): Reply => {
    let headers: Readonly<Record<string, string>> = {};
    try {
      if (!url.pathname.startsWith('/api/v10/')) throw apiError(50041);
      if (matched === 'unknown') {
        const message = 'the stand-in knows no such route';
        options.onProblems(routeName(matched, request, url), [
          { path: '', code: 'ROUTE', message },
        ]);
        throw apiError(0);
      }
      if (matched === 'wrong-method') throw methodNotAllowed();
      const { route, params } = matched;
      headers = rateLimits?.count(route.bucket?.(params), route.bot) ?? {};
      if (route.bot && request.headers.authorization !== `Bot ${token}`) throw unauthorized();
      if (read instanceof ApiError) throw read;
      const call: Call = { params, query: url.searchParams, ...read };
      checkContract(route, call);
      return { ...route.handle(call), headers };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.problems.length > 0)
        options.onProblems(routeName(matched, request, url), error.problems);
      return { status: error.status, body: error.body, headers: { ...headers, ...error.headers } };
    }
  };

  const checkContract = (route: Route, call: Call): void => {
    if (route.operation === undefined) return;
    const { json, uploads } = call;
    const files = uploads.map(({ name, filename, contentType, bytes }) => ({
      name,
      filename,
      bytes: bytes.length,
      ...(contentType === undefined ? {} : { contentType }),
    }));
    const violations = contract.check(
      route.operation,
      withFlags(json, route.edited?.(call)?.flags),
      files,
    );
    if (violations.length > 0) throw invalidForm(...asProblems(violations));
  };

  return async (request, response, url) => {
    const at = clock.now();
    // discord.js writes @original as %40original.
    const path = url.pathname.replace(/^\/api\/v10/, '').replaceAll('%40', '@');
    const method = request.method ?? 'GET';
    let sent: Reply | undefined;
    let read: RequestBody | ApiError = { json: undefined, uploads: [] };
    const matched = find(method, path);
    const route = typeof matched === 'string' ? path : matched.route.template;
    try {
      read = await readBody(request).catch((error: unknown) => {
        if (error instanceof ApiError) return error;
        throw error;
      });
      const mishap = faults.take({ method, route, path });
      await mishap?.ready();
      const { fault } = mishap ?? {};
      const skipped =
        fault?.cut === 'before-processing' ||
        (fault?.status !== undefined && fault.processed !== true);
      const reply = skipped ? undefined : process(request, url, matched, read);
      const answer: Reply | undefined =
        fault?.status === undefined
          ? reply
          : { status: fault.status, body: fault.body, headers: fault.headers ?? {} };
      if (fault?.cut === 'before-processing' || fault?.cut === 'after-processing') {
        response.destroy();
      } else if (answer !== undefined) {
        sent = answer;
        if (fault?.cut === 'mid-body') cutInBody(response, answer);
        else respond(response, answer);
      }
    } catch (error) {
      // A bug of the stand-in must not pass for an answer of Discord's.
      if (!(error instanceof ClientGone)) {
        options.onProblems('stand-in', [{ path: '', code: 'BUG', message: String(error) }]);
        sent = { status: 500, body: { message: String(error), code: 0 }, headers: {} };
        if (!response.headersSent) respond(response, sent);
      }
    }
    const body = read instanceof ApiError ? undefined : read;
    options.onRequest({
      method,
      route,
      path,
      status: sent?.status,
      code: codeOf(sent?.body),
      body: body?.json,
      files: (body?.uploads ?? []).map(({ filename, bytes }) => ({
        filename,
        bytes: bytes.length,
      })),
      at,
    });
  };
}

/**
 * The contract sees one request alone. An edit without flags keeps those that the message has, so
 * components of the second version are right where the message is of it already.
 */
function withFlags(json: unknown, kept: number | undefined): unknown {
  if (kept === undefined || (kept & MessageFlags.IsComponentsV2) === 0) return json;
  if (typeof json !== 'object' || json === null) return json;
  if ('data' in json) return { ...json, data: withFlags(json.data, kept) };
  if ('flags' in json && json.flags !== null && json.flags !== undefined) return json;
  return { ...json, flags: MessageFlags.IsComponentsV2 };
}

function routeName(matched: Matched | string, request: IncomingMessage, url: URL): string {
  return typeof matched === 'string'
    ? `${request.method ?? ''} ${url.pathname}`
    : (matched.route.operation ?? `${matched.route.method} ${matched.route.template}`);
}

function codeOf(body: unknown): number | undefined {
  return typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'number'
    ? body.code
    : undefined;
}

function respond(response: ServerResponse, { status, body, headers }: Reply): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...(text === '' ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Promises the whole body and sends half of it. */
function cutInBody(response: ServerResponse, { status, body, headers }: Reply): void {
  if (body === undefined) {
    response.destroy();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
