import type { Operation } from './contract/contract.ts';
import type { Bucket } from './rate-limits.ts';
import type { Upload } from './read-body.ts';

/** A request that was matched and may be carried out. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly uploads: readonly Upload[];
}

export interface Answer {
  readonly status: number;
  /** JSON; nothing with 204. */
  readonly body?: unknown;
}

/** One endpoint of the REST API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** For example `/channels/:channel/messages/:message`. */
  readonly template: string;
  /** Without a bot token it is 401; interaction and webhook routes need none. */
  readonly bot: boolean;
  /** Which contract the body is checked against. */
  readonly operation?: Operation;
  /** The message that an edit is about to change, if it is there: its flags are part of what is checked. */
  readonly edited?: (call: Call) => { readonly flags: number } | undefined;
  readonly bucket?: (params: Readonly<Record<string, string>>) => Bucket;
  /** @throws {ApiError} */
  readonly handle: (call: Call) => Answer;
}

export interface Matched {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a path below `/api/v10`: `wrong-method` where the path is known with another method. */
export function createRouter(
  routes: readonly Route[],
): (method: string, path: string) => Matched | 'wrong-method' | 'unknown' {
  const compiled = routes.map((route) => ({ route, steps: route.template.split('/') }));
  return (method, path) => {
    const steps = path.split('/');
    let known = false;
    for (const { route, steps: wanted } of compiled) {
      const params = match(wanted, steps);
      if (params === undefined) continue;
      if (route.method === method) return { route, params };
      known = true;
    }
    return known ? 'wrong-method' : 'unknown';
  };
}

function match(
  wanted: readonly string[],
  steps: readonly string[],
): Record<string, string> | undefined {
  if (wanted.length !== steps.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const step = steps[index] ?? '';
    if (want.startsWith(':') && /^[\w.~-]+$/.test(step)) params[want.slice(1)] = step;
    else if (want !== step) return undefined;
  }
  return params;
}

/** A parameter that the route's template has. */
export function param(params: Readonly<Record<string, string>>, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}
