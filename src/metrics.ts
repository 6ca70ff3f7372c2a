import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the bot measures about itself; names and help stand here once. */
export interface Metrics {
  readonly registry: Registry;
  /** From the interaction's creation (its snowflake) to the acknowledgement being accepted. */
  readonly acknowledgement: Histogram<'command'>;
  readonly acknowledgementFailures: Counter<'command'>;
  /** From a place in the queue to the departure. */
  readonly queueWait: Histogram<'provider'>;
  readonly providerTime: Histogram<'provider'>;
  /** Fetching all pictures of a generation. */
  readonly downloadTime: Histogram<'provider'>;
  readonly uploadTime: Histogram<'provider'>;
  /** How generations ended: posted, waiting, returned:<kind>, unknown:<kind>. */
  readonly outcomes: Counter<'provider' | 'outcome'>;
  readonly refusals: Counter<'reason'>;
  readonly credits: Counter<'provider'>;
  readonly rateLimited: Counter<'account'>;
  readonly waiting: Gauge;
  readonly running: Gauge;
  readonly delivering: Gauge;
  readonly spoolBytes: Gauge;
  readonly paceAllowance: Gauge<'account'>;
  readonly paceUnderWay: Gauge<'account'>;
  readonly pausedSeconds: Gauge<'account'>;
}

const short = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];
const long = [0.1, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

/** A registry of its own for each bot; nothing is shared between bots in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: L[],
  ): Histogram<L> => new Histogram({ name, help, buckets, labelNames, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <L extends string = never>(
    name: string,
    help: string,
    labelNames: L[] = [],
  ): Gauge<L> => new Gauge({ name, help, labelNames, registers });
  return {
    registry,
    acknowledgement: histogram(
      'easel_acknowledgement_seconds',
      'From the creation of an interaction to its accepted acknowledgement',
      short,
      ['command'],
    ),
    acknowledgementFailures: counter(
      'easel_acknowledgement_failures_total',
      'Interactions that could not be acknowledged in time',
      ['command'],
    ),
    queueWait: histogram(
      'easel_queue_wait_seconds',
      'From a place in the queue to departure',
      long,
      ['provider'],
    ),
    providerTime: histogram('easel_provider_seconds', 'Time the image API took to answer', long, [
      'provider',
    ]),
    downloadTime: histogram(
      'easel_download_seconds',
      'Fetching the pictures of a generation',
      long,
      ['provider'],
    ),
    uploadTime: histogram('easel_upload_seconds', 'Posting the pictures of a generation', long, [
      'provider',
    ]),
    outcomes: counter('easel_generations_total', 'Generations by how they ended', [
      'provider',
      'outcome',
    ]),
    refusals: counter('easel_refusals_total', 'Requests refused before anything was spent', [
      'reason',
    ]),
    credits: counter('easel_credits_total', 'Credits spent', ['provider']),
    rateLimited: counter('easel_rate_limited_total', '429 answers of the image API', ['account']),
    waiting: gauge('easel_queue_waiting', 'Generations waiting for their turn'),
    running: gauge('easel_queue_running', 'Generations at the image API'),
    delivering: gauge('easel_deliveries', 'Generations being fetched and posted'),
    spoolBytes: gauge('easel_spool_bytes', 'Bytes of pictures kept on disk'),
    paceAllowance: gauge('easel_pace_allowance', 'Departures allowed in the long window now', [
      'account',
    ]),
    paceUnderWay: gauge('easel_pace_under_way', 'Requests of the account that are under way', [
      'account',
    ]),
    pausedSeconds: gauge('easel_pace_paused_seconds', 'How long the account is paused still', [
      'account',
    ]),
  };
}
