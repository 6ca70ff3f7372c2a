/**
 * Thrown by any store method where the database failed. The message never holds SQL or values, since
 * values may be prompts or tokens; it names the database's own code for the failure.
 */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

/** Thrown at opening: another process has the embedded database. The message says what to do. */
export class StoreInUseError extends StoreError {
  override readonly name = 'StoreInUseError';

  constructor(path: string) {
    super(
      `The database ${path} is in use by another running process. Stop that process first, or give this one a file of its own with DATABASE_URL (several processes can share one Postgres database).`,
    );
  }
}
