import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Store } from '../domain/store.ts';
import { createDatabase } from './database.ts';
import { StoreError } from './errors.ts';
import { migratedStore } from './migrated-store.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { CallbackError, failureOf } from './sqlite-failure.ts';
import type {
  SqliteCall,
  SqliteCallbackAnswer,
  SqliteOpening,
  SqliteReport,
  SqliteStoreShape,
  SqliteWorkerData,
} from './sqlite-protocol.ts';
import { createSqliteQueue } from './sqlite-queue.ts';

// The stores run in a thread of their own: an fsync on a slow disk must not hold up the
// acknowledgements, which have their own deadline.

type Method = (...args: unknown[]) => Promise<unknown>;
type Ask = (callback: number, args: readonly unknown[]) => unknown;

function serve(port: MessagePort, data: SqliteWorkerData): void {
  const report = (message: SqliteReport): void => {
    port.postMessage(message);
  };
  const ask = createAsk(data, report);
  const stores = new Map<number, ReadonlyMap<string, Method>>();
  const queue = createSqliteQueue();
  let busy = false;

  async function answer({ store, method, args: given }: SqliteCall): Promise<unknown> {
    const args: readonly unknown[] = given.map((arg) =>
      'value' in arg ? arg.value : (...passed: unknown[]) => ask(arg.callback, passed),
    );
    if (method === 'open') {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the other thread passes to `open`
      const { methods, shape } = parts(await open(args as SqliteOpening));
      stores.set(store, methods);
      return shape;
    }
    const run = stores.get(store)?.get(method);
    if (!run) throw new StoreError('The store is closed.');
    if (method === 'close') stores.delete(store);
    return run(...args);
  }

  async function perform(call: SqliteCall): Promise<void> {
    try {
      report({ kind: 'done', id: call.id, value: await answer(call) });
    } catch (error) {
      report({ kind: 'failed', id: call.id, failure: failureOf(error) });
    }
  }

  async function work(): Promise<void> {
    busy = true;
    for (let call = queue.next(); call; call = queue.next()) {
      await perform(call);
      // The event loop would tell of what came meanwhile only when all that is here were done.
      for (let more = receive(port); more; more = receive(port)) queue.add(more);
    }
    busy = false;
  }

  port.on('message', (call: SqliteCall) => {
    queue.add(call);
    if (!busy) void work();
  });
}

function receive(port: MessagePort): SqliteCall | undefined {
  const received: { readonly message: SqliteCall } | undefined = receiveMessageOnPort(port);
  return received?.message;
}

function open([path, now, id, onUnreadable]: SqliteOpening): Promise<Store> {
  const setTimer = (): never => {
    throw new Error('The store sets no timers.');
  };
  const database = createDatabase(sqliteDialect(path), { postgres: false, onUnreadable });
  return migratedStore(database, { now, id, setTimer });
}

function parts(store: Store): {
  readonly methods: ReadonlyMap<string, Method>;
  readonly shape: SqliteStoreShape;
} {
  const methods = new Map<string, Method>();
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(store)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other thread passes what its Store takes
    if (typeof value === 'function') methods.set(name, value as Method);
    else values[name] = value;
  }
  return { methods, shape: { methods: [...methods.keys()], values } };
}

/**
 * Calls a function of the main thread and sleeps until it has answered. Nothing else could be done
 * meanwhile: there is one connection, and a transaction is open on it. So the store's queries need
 * not know that their callbacks run elsewhere.
 */
function createAsk(
  { answers, answered }: SqliteWorkerData,
  report: (message: SqliteReport) => void,
): Ask {
  return (callback, args) => {
    Atomics.store(answered, 0, 0);
    report({ kind: 'callback', callback, args });
    Atomics.wait(answered, 0, 0);
    const received: { readonly message: SqliteCallbackAnswer } | undefined =
      receiveMessageOnPort(answers);
    if (!received || 'threw' in received.message) throw new CallbackError('A callback threw.');
    return received.message.value;
  };
}

function isWorkerData(data: unknown): data is SqliteWorkerData {
  return typeof data === 'object' && data !== null && 'answers' in data;
}

if (!parentPort || !isWorkerData(workerData)) throw new Error('This file runs as a worker only.');
serve(parentPort, workerData);
