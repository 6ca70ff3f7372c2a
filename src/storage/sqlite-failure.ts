import { StoreFullError } from '../domain/store.ts';
import { StoreError, StoreInUseError } from './errors.ts';

/** An error as it crosses from the worker to the main thread: plain data without values of queries. */
export type SqliteFailure =
  | {
      readonly kind: 'full' | 'in-use' | 'failed' | 'range' | 'bug';
      readonly message: string;
      /** Where in the worker it came from: the lines of its stack below the message. */
      readonly frames: string;
    }
  /** A callback threw; the main thread has the error. */
  | { readonly kind: 'callback' };

/** Thrown in the worker where a callback threw in the main thread. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';
}

/** Of errors that the store does not throw on purpose only the name crosses: they may quote values. */
export function failureOf(error: unknown): SqliteFailure {
  if (error instanceof CallbackError) return { kind: 'callback' };
  if (!(error instanceof Error)) return { kind: 'bug', message: typeof error, frames: '' };
  const { message } = error;
  const frames = framesOf(error);
  if (error instanceof StoreFullError) return { kind: 'full', message, frames };
  if (error instanceof StoreInUseError) return { kind: 'in-use', message, frames };
  if (error instanceof StoreError) return { kind: 'failed', message, frames };
  if (error instanceof RangeError) return { kind: 'range', message, frames };
  return { kind: 'bug', message: error.name, frames };
}

/** The error again, of the same class, with the stack that it had in the worker. */
export function errorOf(failure: Exclude<SqliteFailure, { kind: 'callback' }>): Error {
  const error = rebuilt(failure);
  error.stack = `${error.name}: ${error.message}${failure.frames}`;
  return error;
}

function rebuilt({ kind, message }: Parameters<typeof errorOf>[0]): Error {
  switch (kind) {
    case 'full':
      return new StoreFullError(message);
    case 'in-use':
      return Object.assign(new StoreInUseError(''), { message });
    case 'failed':
      return new StoreError(message);
    case 'range':
      return new RangeError(message);
    case 'bug':
      return new StoreError(`The store failed (${message}).`);
  }
}

function framesOf({ message, stack = '' }: Error): string {
  const at = stack.indexOf(message);
  return at < 0 ? '' : stack.slice(at + message.length);
}
