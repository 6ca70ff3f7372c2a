/** What the worker is told when it starts. */
export interface SqliteWorkerData {
  readonly path: string;
  /** How long it waits for another reader, such as a backup, to let go. */
  readonly busyTimeoutMs: number;
}

/** A question to the worker; it answers in order. */
export type SqliteAsk = { readonly id: number } & (
  | { readonly kind: 'run'; readonly sql: string; readonly parameters: readonly unknown[] }
  /** Rolls back where a transaction is open; SQLite may already have done so by itself. */
  | { readonly kind: 'rollback' }
  | { readonly kind: 'close' }
);

export interface SqliteFailure {
  readonly reason: 'in-use' | 'full' | 'failed';
  /** SQLite's code and its general words for it, or why a file could not be opened; never values. */
  readonly detail: string;
}

/** The answer to the question of the same id; 0 is the answer to opening. */
export type SqliteAnswer = { readonly id: number } & (
  | { readonly rows: readonly unknown[]; readonly changes: number }
  | { readonly failure: SqliteFailure }
);
