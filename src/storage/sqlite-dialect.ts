import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { StoreFullError } from '../domain/store.ts';
import { StoreError, StoreInUseError } from './errors.ts';
import type {
  SqliteAnswer,
  SqliteAsk,
  SqliteFailure,
  SqliteWorkerData,
} from './sqlite-protocol.ts';

const busyTimeoutMs = 5_000;

/**
 * SQLite (node:sqlite) in a worker thread: one worker, one connection. The file and its folder are
 * created, and belong to this process until the database is closed or the process ends.
 *
 * The first query throws {@link StoreInUseError} where another process has the file.
 */
export function sqliteDialect(path: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteWorkerDriver(path),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

type Question = SqliteAsk extends infer A ? (A extends SqliteAsk ? Omit<A, 'id'> : never) : never;
type Rows = Extract<SqliteAnswer, { rows: readonly unknown[] }>;

class SqliteWorkerDriver implements Driver {
  readonly #path: string;
  #thread: SqliteThread | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#thread = await SqliteThread.start(this.#path);
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new SqliteWorkerConnection(this.#running()));
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // Immediate: a transaction that reads first and writes later could not wait for another writer.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    await this.#running().ask({ kind: 'rollback' });
  }

  async releaseConnection(): Promise<void> {
    // There is only the one.
  }

  async destroy(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.close();
  }

  #running(): SqliteThread {
    if (!this.#thread) throw new StoreError('The store is closed.');
    return this.#thread;
  }
}

class SqliteWorkerConnection implements DatabaseConnection {
  readonly #thread: SqliteThread;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = query;
    const { rows, changes } = await this.#thread.ask({ kind: 'run', sql, parameters });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- R is what the caller's query says
    return { rows: rows as R[], numAffectedRows: BigInt(changes) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new StoreError('Streaming is not supported.');
  }
}

/** The worker with the questions that wait for their answer. */
class SqliteThread {
  readonly #worker: Worker;
  readonly #path: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<Rows>>();
  #lastId = 0;
  #ended = false;

  static async start(path: string): Promise<SqliteThread> {
    const data: SqliteWorkerData = { path, busyTimeoutMs };
    const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: data });
    const thread = new SqliteThread(worker, path);
    await thread.#answerTo(0);
    return thread;
  }

  private constructor(worker: Worker, path: string) {
    this.#worker = worker;
    this.#path = path;
    worker.on('message', (answer: SqliteAnswer) => {
      this.#take(answer);
    });
    worker.on('error', () => {
      this.#end();
    });
    worker.on('exit', () => {
      this.#end();
    });
  }

  async ask(question: Question): Promise<Rows> {
    if (this.#ended) throw new StoreError('The database thread has ended.');
    this.#lastId += 1;
    const answer = this.#answerTo(this.#lastId);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage({ id: this.#lastId, ...question });
    return answer;
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    const exited = once(this.#worker, 'exit');
    await this.ask({ kind: 'close' });
    this.#worker.ref();
    await exited;
  }

  #answerTo(id: number): Promise<Rows> {
    // Only a question under way keeps the process alive; an idle store does not.
    this.#worker.ref();
    const waiting = Promise.withResolvers<Rows>();
    this.#waiting.set(id, waiting);
    return waiting.promise;
  }

  #take(answer: SqliteAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('failure' in answer) waiting?.reject(this.#errorOf(answer.failure));
    else waiting?.resolve(answer);
  }

  #end(): void {
    this.#ended = true;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new StoreError('The database thread has ended.'));
    }
    this.#waiting.clear();
  }

  #errorOf(failure: SqliteFailure): Error {
    if (failure.reason === 'in-use') return new StoreInUseError(this.#path);
    if (failure.reason === 'full') {
      return new StoreFullError(`The disk of ${this.#path} is full (${failure.detail}).`);
    }
    return new StoreError(`The database ${this.#path} failed (${failure.detail}).`);
  }
}
