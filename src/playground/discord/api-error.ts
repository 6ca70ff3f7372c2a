import type { Violation } from './contract/contract.ts';

interface Kind {
  readonly status: number;
  readonly message: string;
}

/** The error codes that the stand-in answers with. Source: topics/opcodes-and-status-codes, "JSON". */
const kinds = {
  0: { status: 404, message: '404: Not Found' },
  10003: { status: 404, message: 'Unknown Channel' },
  10004: { status: 404, message: 'Unknown Guild' },
  10008: { status: 404, message: 'Unknown Message' },
  10013: { status: 404, message: 'Unknown User' },
  10015: { status: 404, message: 'Unknown Webhook' },
  10062: { status: 404, message: 'Unknown interaction' },
  10063: { status: 404, message: 'Unknown application command' },
  30034: {
    status: 400,
    message: 'Max number of daily application command creates has been reached (200)',
  },
  40005: { status: 413, message: 'Request entity too large' },
  40060: { status: 400, message: 'Interaction has already been acknowledged.' },
  50001: { status: 403, message: 'Missing Access' },
  50005: { status: 403, message: 'Cannot edit a message authored by another user' },
  50006: { status: 400, message: 'Cannot send an empty message' },
  50008: { status: 400, message: 'Cannot send messages in a non-text channel' },
  50013: { status: 403, message: 'Missing Permissions' },
  50027: { status: 401, message: 'Invalid Webhook Token' },
  50035: { status: 400, message: 'Invalid Form Body' },
  50041: { status: 400, message: 'Invalid API version' },
  50109: { status: 400, message: 'The request body contains invalid JSON.' },
  200000: {
    status: 400,
    message: 'Message was blocked by automatic moderation',
  },
} as const satisfies Record<number, Kind>;

export type ErrorCode = keyof typeof kinds;

/** One problem in a body: where it is (`embeds[0].title`), and what. */
export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** An answer of Discord's that is no success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: {
    readonly message: string;
    readonly code: number;
    readonly errors?: unknown;
    readonly [more: string]: unknown;
  };
  readonly headers: Readonly<Record<string, string>>;
  /** What is wrong with the body; recorded as violations of the bot. */
  readonly problems: readonly Problem[];

  constructor(
    status: number,
    body: ApiError['body'],
    more: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly problems?: readonly Problem[];
    } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.headers = more.headers ?? {};
    this.problems = more.problems ?? [];
  }
}

/** The error of this code as Discord words it. */
export function apiError(code: ErrorCode): ApiError {
  const { status, message } = kinds[code];
  return new ApiError(status, { message, code });
}

export function unauthorized(): ApiError {
  return new ApiError(401, { message: '401: Unauthorized', code: 0 });
}

export function methodNotAllowed(): ApiError {
  return new ApiError(405, { message: '405: Method Not Allowed', code: 0 });
}

/** A message without anything in it; as much a fault of the bot as a malformed body. */
export function emptyMessage(): ApiError {
  const { status, message } = kinds[50006];
  return new ApiError(
    status,
    { message, code: 50006 },
    { problems: [{ path: '', code: 'EMPTY_MESSAGE', message }] },
  );
}

/** 50035 with its nested `errors`. */
export function invalidForm(...problems: readonly Problem[]): ApiError {
  const { status, message } = kinds[50035];
  return new ApiError(status, { message, code: 50035, errors: nest(problems) }, { problems });
}

export function asProblems(violations: readonly Violation[]): Problem[] {
  return violations.map(({ path, problem }) => ({
    path,
    code: 'BASE_TYPE_BAD_VALUE',
    message: problem,
  }));
}

const leaf = '_errors';

type Nested = { [key: string]: Nested | { code: string; message: string }[] };

/** Discord's form of errors: one object per step of the path, `_errors` at its end. */
function nest(problems: readonly Problem[]): Nested {
  const root: Nested = {};
  for (const { path, code, message } of problems) {
    let at = root;
    for (const step of path.split(/[.[\]/]+/).filter((part) => part !== '')) {
      const next = at[step];
      const inner: Nested = next === undefined || Array.isArray(next) ? {} : next;
      at[step] = inner;
      at = inner;
    }
    const here = at[leaf];
    at[leaf] = [...(Array.isArray(here) ? here : []), { code, message }];
  }
  return root;
}
