import { createHash } from 'node:crypto';

/** What custom ids call a style by, whose name may have any signs; another one once it is renamed. */
export function styleRef(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
