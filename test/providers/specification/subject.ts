import type { Clock } from '../../../src/clock.ts';
import type { RateWindow } from '../../../src/domain/pace.ts';
import type { Provider, ProviderErrorKind, ProviderOutcome } from '../../../src/domain/provider.ts';
import type { CallFault } from '../../../src/playground/image-api/faults.ts';
import type { ImageApiStandIn } from '../../../src/playground/image-api/stand-in.ts';

/** A provider as the specification knows it: it is told nothing else of it, not even its name. */
export interface Subject {
  /** For the names of the cases. */
  readonly title: string;
  /** A stand-in of its API, without latency and with small pictures. */
  startStandIn(options: StandInOptions): Promise<ImageApiStandIn>;
  /** Its adapter. */
  open(options: AdapterOptions): Provider;
  /** The header that carries a key. */
  keyHeader(key: string): Readonly<Record<string, string>>;
  /** Of the form that its API gives out, but not a good one. */
  readonly strangersKey: string;
  /** What comes of a request whose answer was lost although it was charged. */
  readonly whenLost: 'found' | 'unknown';
  /** How what was begun by a process that died is gone on with. */
  readonly goesOn: 'resume' | 'find' | 'not';
  /** Whether the answer has the pictures' addresses, or the pictures. */
  readonly pictures: 'addresses' | 'bytes';
  /** What becomes of the word `forbidden`: the request is refused, or its pictures are charged and black. */
  readonly filter: 'refused' | 'black' | 'none';
  /** The POST's answer first, then whatever it reads besides. */
  readonly answers: readonly [DescribedAnswer, ...DescribedAnswer[]];
  /** What a status of the POST's means, where it is not what it usually means. */
  readonly statuses?: Readonly<Record<number, Meaning>>;
  /** The text of a request as it goes out, where it is changed for the API's sake. */
  written?(prompt: string): string;
}

export interface StandInOptions {
  readonly clock: Clock;
  /** Credits of the account. Default: without end. */
  readonly credits?: number;
  /** Default: as many requests as wanted. */
  readonly limits?: readonly RateWindow[];
}

export interface AdapterOptions {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** A good answer of the API's for one picture. */
export interface DescribedAnswer {
  /** Where the stand-in takes faults for it: `post`, or the name of an operation. */
  readonly at: string;
  /** Whether it is only read when the POST's answer was lost. */
  readonly afterLoss?: true;
  /** Every field of it, named like `data.output.0.url`. */
  readonly fields: readonly string[];
  /** Those without which there is no picture; those above them need not be named. */
  readonly needed: readonly string[];
}

export interface Meaning {
  readonly kind: ProviderErrorKind;
  readonly outcome: ProviderOutcome;
}

/** Lets something happen to the next so many (default 1) of these answers. */
export function spoil(
  standIn: ImageApiStandIn,
  { at }: Pick<DescribedAnswer, 'at'>,
  fault: CallFault | readonly CallFault[],
  times = 1,
): void {
  if (at === 'post') standIn.faults.next(fault, times);
  else standIn.faults.nextAt(at, fault, times);
}
