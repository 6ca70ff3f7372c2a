import type { GenerateFault } from './faults.ts';

/** The first of this kind among the faults that hit a request. */
export function findFault<K extends GenerateFault['kind']>(
  faults: readonly GenerateFault[],
  kind: K,
): Extract<GenerateFault, { kind: K }> | undefined {
  return faults.find((it): it is Extract<GenerateFault, { kind: K }> => it.kind === kind);
}
