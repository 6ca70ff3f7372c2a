import type { MessagePort } from 'node:worker_threads';
import type { SqliteFailure } from './sqlite-failure.ts';

/** What the worker is told when it starts. */
export interface SqliteWorkerData {
  /** Where the answers to callbacks come in. */
  readonly answers: MessagePort;
  /** One number in shared memory: 1 where an answer has come in, on which the worker sleeps. */
  readonly answered: Int32Array;
}

/**
 * One operation of a store: the name of one of its methods (`close` is the last), or `open`, which
 * takes a {@link SqliteOpening} and answers with a {@link SqliteStoreShape}.
 */
export interface SqliteCall {
  readonly id: number;
  /** Which store of this worker; 1 is the first. */
  readonly store: number;
  readonly method: string;
  readonly args: readonly SqliteArgument[];
}

/** A value, or a function that stays in the main thread and is known by a number. */
export type SqliteArgument = { readonly value: unknown } | { readonly callback: number };

/** The arguments of `open`. The functions may be called until the store is closed. */
export type SqliteOpening = readonly [
  path: string,
  now: () => number,
  id: () => string,
  onUnreadable: (id: string) => void,
];

/** What a store is made of, so that the one in the main thread has the same. */
export interface SqliteStoreShape {
  readonly methods: readonly string[];
  /** What is no method, such as `exclusive`. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * From the worker: the answer to the call of the same id or, in the midst of one, a callback, while
 * the worker sleeps until that is answered.
 */
export type SqliteReport =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: SqliteFailure }
  | { readonly kind: 'callback'; readonly callback: number; readonly args: readonly unknown[] };

/** What a callback returned, or that it threw; the error itself stays in the main thread. */
export type SqliteCallbackAnswer = { readonly value: unknown } | { readonly threw: true };
