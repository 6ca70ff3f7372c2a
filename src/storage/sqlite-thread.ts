import { MessageChannel, Worker } from 'node:worker_threads';
import { StoreError } from './errors.ts';
import { errorOf } from './sqlite-failure.ts';
import type {
  SqliteArgument,
  SqliteCall,
  SqliteCallbackAnswer,
  SqliteReport,
  SqliteWorkerData,
} from './sqlite-protocol.ts';

// Whatever a method passes its callback.
type Callback = (...args: never[]) => unknown;

interface Waiting {
  readonly answer: PromiseWithResolvers<unknown>;
  /** Those among the call's arguments that are not called after it. */
  readonly callbacks: readonly number[];
}

/** A worker thread for stores on SQLite, with the calls that wait for their answer. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #channel = new MessageChannel();
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #callbacks = new Map<number, Callback>();
  readonly #waiting = new Map<number, Waiting>();
  #stores = 0;
  #lastCall = 0;
  #lastCallback = 0;
  /** By the latest callback that threw: the worker does one thing at a time. */
  #thrown: unknown;
  #ended = false;
  #lost = 'The database thread has ended.';

  constructor() {
    const data: SqliteWorkerData = { answers: this.#channel.port2, answered: this.#answered };
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), {
      workerData: data,
      transferList: [this.#channel.port2],
      // What a query leaves behind is dead at once, so that more room for it would only stay empty.
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    });
    // Only a call under way keeps the process alive; an idle store does not.
    this.#worker.unref();
    this.#worker.on('message', (report: SqliteReport) => {
      if (report.kind === 'callback') void this.#callBack(report.callback, report.args);
      else this.#take(report);
    });
    // Its `exit` follows.
    this.#worker.on('error', (error) => {
      this.#lost = lostBy(error);
    });
    this.#worker.on('exit', () => {
      this.#end();
    });
  }

  /** Whether it is gone, by {@link end} or because it died; its stores went with it. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The number of another store, for its calls; the first of them is `open`. */
  nextStore(): number {
    this.#stores += 1;
    return this.#stores;
  }

  /**
   * Runs a method of a store in the worker. Arguments and result are copied; a function among the
   * arguments stays here and is called while the worker waits inside the method, so it must not wait
   * for a store itself. What it throws is what the call rejects with.
   */
  async call(store: number, method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#ended) throw new StoreError(this.#lost);
    const callbacks: number[] = [];
    const crossing = args.map((value): SqliteArgument => {
      if (typeof value !== 'function') return { value };
      this.#lastCallback += 1;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the port says what it is passed
      this.#callbacks.set(this.#lastCallback, value as Callback);
      callbacks.push(this.#lastCallback);
      return { callback: this.#lastCallback };
    });
    this.#lastCall += 1;
    const call: SqliteCall = { id: this.#lastCall, store, method, args: crossing };
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(call.id, { answer, callbacks: method === 'open' ? [] : callbacks });
    this.#worker.ref();
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#worker.postMessage(call);
    } catch (error) {
      // Something among the arguments cannot be copied.
      this.#settled(call.id)?.answer.reject(error);
    }
    return answer.promise;
  }

  /** Resolves when the thread is gone. Its stores must be closed. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #take(report: Exclude<SqliteReport, { kind: 'callback' }>): void {
    const waiting = this.#settled(report.id);
    if (report.kind === 'done') waiting?.answer.resolve(report.value);
    else if (report.failure.kind === 'callback') waiting?.answer.reject(this.#thrown);
    else waiting?.answer.reject(errorOf(report.failure));
    this.#thrown = undefined;
  }

  #settled(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    for (const number of waiting?.callbacks ?? []) this.#callbacks.delete(number);
    if (this.#waiting.size === 0) this.#worker.unref();
    return waiting;
  }

  async #callBack(number: number, args: readonly unknown[]): Promise<void> {
    const reply = (answer: SqliteCallbackAnswer): void => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#channel.port1.postMessage(answer);
    };
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the method passed them
      reply({ value: await this.#callbacks.get(number)?.(...(args as never[])) });
    } catch (error) {
      this.#thrown = error;
      reply({ threw: true });
    }
    Atomics.store(this.#answered, 0, 1);
    Atomics.notify(this.#answered, 0);
  }

  #end(): void {
    this.#ended = true;
    for (const id of this.#waiting.keys()) {
      this.#settled(id)?.answer.reject(new StoreError(this.#lost));
    }
    this.#channel.port1.close();
  }
}

/** An error's message may hold values; its code and name do not. */
function lostBy(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const name = error instanceof Error ? error.name : typeof error;
  return `The database thread has ended (${typeof code === 'string' ? code : name}).`;
}
