import type { Faults, GenerateFault } from '../image-api/faults.ts';

/** What goes wrong with one request of the storage API. */
type StorageFault = Extract<GenerateFault, { kind: 'slow' | 'hang' | 'status' | 'cut' }>;

/** Faults on demand, those of the storage API among them. */
export interface ClaidFaults extends Faults {
  /** Hits the next so many (default 1) requests of the storage API. */
  nextStorage(fault: StorageFault, times?: number): void;
}

/** The storage API among the operations that faults can hit. */
export const storageOperation = 'storage';
