import type { Clock } from '../clock.ts';
import type { RateLimitReading, RateWindow, Turn } from '../domain/pace.ts';
import { ProviderError } from '../domain/provider.ts';
import { deadline } from '../schedule.ts';
import type { Departures } from './departures.ts';
import { Gate } from './gate.ts';
import type { Comer, Leave } from './gate.ts';
import { Pacer } from './pacer.ts';
import { Slots } from './slots.ts';

export interface AccountOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly windows: readonly RateWindow[];
  /** How many requests may be under way at once; undefined: no bound. */
  readonly concurrent: number | undefined;
  readonly departures: Departures;
  /** How long a job that came back with a 429 is tried again. */
  readonly patienceMs: number;
  onRateLimited(): void;
}

export interface AccountRun {
  readonly guildId: string;
  /** How many jobs of the guild run or wait, this one included. */
  readonly demand: number;
  readonly signal: AbortSignal;
  /** Called when the job comes to the gate, with what tells how long it will be held at least. */
  onGate(delayMs: () => number): void;
  /** Called when the job departs for the first time. */
  onDepart(): void;
}

/** Lower than any rank of a job that departs for the first time. */
const inFront = -(2 ** 40);

/** One account of an image API: its gate, its slots, its pacer, and what happens after a 429. */
export class Account {
  readonly #options: AccountOptions;
  readonly #slots: Slots;
  readonly #pacer: Pacer;
  readonly #gate: Gate;

  constructor(options: AccountOptions) {
    this.#options = options;
    this.#pacer = new Pacer(options.clock, options.departures, options.windows);
    this.#slots = new Slots(options.clock, options.concurrent);
    this.#gate = new Gate(options.clock, this.#pacer, this.#slots);
  }

  get pausedUntil(): number {
    return this.#pacer.pausedUntil;
  }

  /** How many departures the long window allows us now; Infinity without limits. */
  get allowance(): number {
    return this.#pacer.allowance;
  }

  /** How many requests are under way. */
  get underWay(): number {
    return this.#slots.underWay;
  }

  /** How long a job that came to the gate now would be held; 0 only if nothing would hold it. */
  delayMs(): number {
    return this.#forecastMs(this.#gate.length);
  }

  /**
   * Runs the job when it is the account's turn, and again after each 429. Rejects with what the job
   * throws, a 429 only when patience is at an end, and with the signal's reason while it waits.
   */
  async run<T>(job: (turn: Turn) => Promise<T>, run: AccountRun): Promise<T> {
    const rank = this.#gate.rankOf(run.guildId, run.demand);
    this.#refuseWhenHopeless();
    run.onGate(() => this.#forecastMs(this.#gate.ahead(rank)));
    const comer = { guildId: run.guildId, rank, demand: run.demand };
    let leave = await this.#pass(comer, run.signal);
    run.onDepart();
    let firstBusyAt: number | undefined;
    for (;;) {
      let reading: RateLimitReading | undefined;
      let busy: ProviderError;
      const { departure, end } = leave;
      try {
        return await job({
          departedAt: departure.at,
          observe: (taken) => {
            reading = taken;
            this.#pacer.observe(taken, departure);
          },
        });
      } catch (error) {
        if (!isBusy(error)) throw error;
        busy = error;
        this.#options.onRateLimited();
        this.#pause(reading, busy);
      } finally {
        end();
      }
      firstBusyAt ??= this.#options.clock.now();
      leave = await this.#passAgain(comer, firstBusyAt, busy, run.signal);
    }
  }

  /** Stops its timers and sends away who waits. */
  close(): void {
    this.#pacer.close();
    this.#slots.close();
    this.#gate.refuseAll(new Error('the pace is closed'));
  }

  #forecastMs(ahead: number): number {
    return Math.max(this.#pacer.forecastMs(ahead), this.#slots.forecastMs(ahead));
  }

  async #pass(comer: Comer, signal: AbortSignal): Promise<Leave> {
    const leave = await this.#gate.pass(comer, signal);
    if (!signal.aborted) return leave;
    leave.end();
    this.#pacer.release(leave.departure);
    throw signal.reason;
  }

  async #passAgain(
    comer: Comer,
    firstBusyAt: number,
    error: ProviderError,
    signal: AbortSignal,
  ): Promise<Leave> {
    const { clock, patienceMs } = this.#options;
    const patientUntil = firstBusyAt + patienceMs;
    // A pause that outlasts patience need not be waited for.
    if (this.#pacer.pausedUntil > patientUntil || clock.now() >= patientUntil) throw error;
    const patience = deadline(clock, patientUntil - clock.now(), () => error, signal);
    try {
      // Its rank is from before all who wait, so it goes in front of them.
      return await this.#pass({ ...comer, rank: inFront + comer.rank }, patience.signal);
    } finally {
      patience.clear();
    }
  }

  #pause(reading: RateLimitReading | undefined, error: ProviderError): void {
    this.#pacer.pause(reading);
    if (this.#isHopeless()) this.#gate.refuseAll(error);
  }

  #refuseWhenHopeless(): void {
    if (!this.#isHopeless()) return;
    const { account } = this.#options;
    throw new ProviderError('busy', 'nothing-made', `${account} asked for a long pause`);
  }

  #isHopeless(): boolean {
    const { clock, patienceMs } = this.#options;
    return this.#pacer.pausedUntil - clock.now() > patienceMs;
  }
}

function isBusy(error: unknown): error is ProviderError {
  return (
    error instanceof ProviderError && error.kind === 'busy' && error.outcome === 'nothing-made'
  );
}
