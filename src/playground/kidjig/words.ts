import type { JobEnd } from './jobs.ts';
import type { KidjigSettings } from './settings.ts';

interface Words {
  readonly queued: string;
  readonly running: string;
  readonly done: string;
  readonly failed: string;
  /** `undefined`: a refusal is no state of its own. */
  readonly refused: string | undefined;
}

const vocabularies: Readonly<Record<KidjigSettings['words'], Words>> = {
  fal: {
    queued: 'IN_QUEUE',
    running: 'IN_PROGRESS',
    done: 'COMPLETED',
    failed: 'FAILED',
    refused: undefined,
  },
  bfl: {
    queued: 'Pending',
    running: 'Pending',
    done: 'Ready',
    failed: 'Error',
    refused: 'Request Moderated',
  },
  plain: {
    queued: 'queued',
    running: 'processing',
    done: 'succeeded',
    failed: 'ERROR',
    refused: undefined,
  },
  lower: {
    queued: 'pending',
    running: 'processing',
    done: 'done',
    failed: 'cancelled',
    refused: undefined,
  },
};

/** The word for a job's state in the vocabulary of the settings. */
export function wordFor(
  { words }: KidjigSettings,
  { over, polls, end }: { readonly over: boolean; readonly polls: number; readonly end: JobEnd },
): string {
  const vocabulary = vocabularies[words];
  if (!over) return polls > 1 ? vocabulary.running : vocabulary.queued;
  if (end.kind === 'made' || end.kind === 'never' || end.saidBy === 'result')
    return vocabulary.done;
  return (end.kind === 'refused' ? vocabulary.refused : undefined) ?? vocabulary.failed;
}

/** An answer, on top or within the envelope of Kidjig's other endpoints. */
export function inEnvelope({ envelope, cost }: KidjigSettings, fields: object): object {
  const told = cost === undefined ? fields : { ...fields, cost };
  if (envelope === 'flat') return told;
  return { success: true, message: 'Request processed successfully', data: told };
}
