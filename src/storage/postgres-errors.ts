import { StoreFullError } from '../domain/store.ts';
import { StoreError } from './errors.ts';

const diskFull = '53100';
// Classes of SQLSTATE about the connection or the server itself, whose messages hold no values:
// connection, authorization, unknown database, operator's intervention.
const aboutTheServer = ['08', '28', '3D', '57'];
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * Turns what the Postgres driver throws into a StoreError or StoreFullError without SQL or values;
 * every other error comes back as it is.
 */
export function translatePostgresError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && 'severity' in error) {
    if (code === diskFull)
      return new StoreFullError(`The database's disk is full (Postgres ${code}).`);
    const detail = aboutTheServer.includes(code.slice(0, 2)) ? `: ${error.message}` : '';
    return new StoreError(`The database failed (Postgres ${code}${detail}).`);
  }
  if (code !== undefined && network.has(code)) {
    return new StoreError(`The database cannot be reached (${code}).`);
  }
  // pg has no class or code for these.
  if (
    /^Connection terminated|^timeout exceeded when trying to connect|^Client /.test(error.message)
  ) {
    return new StoreError(`The database cannot be reached (${error.message}).`);
  }
  return error;
}
