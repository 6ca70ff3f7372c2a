import type { RateWindow } from '../../src/domain/pace.ts';
import type { Departure, Departures } from '../../src/pace/departures.ts';
import { MemoryDepartures } from '../../src/pace/memory-departures.ts';
import { Pacer } from '../../src/pace/pacer.ts';
import { SimulatedApi } from './simulated-api.ts';
import type { WindowKind } from './simulated-api.ts';
import { VirtualClock } from './virtual-clock.ts';

export const claidWindows: readonly RateWindow[] = [
  { limit: 120, windowMs: 60_000 },
  { limit: 4, windowMs: 1_000 },
];

export interface SimulationOptions {
  readonly kind: WindowKind;
  readonly seed: number;
  readonly windows?: readonly RateWindow[];
  /** What the pacer begins with, where that is not what the API has. */
  readonly assumed?: readonly RateWindow[];
  readonly headers?: 'all' | 'none' | 'no-policy';
  /** How long an answer takes. */
  readonly latencyMs?: number;
  /** Others' requests, a minute of the API's time. */
  readonly foreignPerMinute?: number;
  readonly durationMs?: number;
  /** The process stops and another one goes on with what was written down. */
  readonly restartAtMs?: number;
  /** How much quicker everything goes; the network's jitter too. */
  readonly speed?: number;
}

export interface SimulationResult {
  readonly accepted: number;
  readonly refused: number;
  readonly foreignAccepted: number;
  /** Jobs that departed and had no answer in the end. */
  readonly open: number;
  /** When requests departed, ms from the beginning. */
  readonly departures: readonly number[];
}

/** A full queue against a simulated API for a while of virtual time. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const { speed = 1, windows = claidWindows, durationMs = 180_000, latencyMs = 3_000 } = options;
  const clock = new VirtualClock();
  const random = randomOf(options.seed);
  const begin = clock.now();
  const end = begin + durationMs;
  const api = new SimulatedApi(options.kind, windows, random, options.headers);
  const departed: number[] = [];
  let accepted = 0;
  let refused = 0;
  let foreignAccepted = 0;
  let open = 0;

  const networkMs = (): number => {
    const spike = random() < 0.015 ? 50 + 200 * random() : 0;
    return (12 - 8 * Math.log(1 - random()) + spike) / speed;
  };
  const pacerOf = (departures: Departures): Pacer =>
    new Pacer(clock, departures, options.assumed ?? windows);
  let pacer = pacerOf(new MemoryDepartures(clock, []));

  function send(departure: Departure, sender: Pacer): void {
    departed.push(clock.now() - begin);
    open += 1;
    clock.setTimer(() => {
      const answer = api.arrive(clock.now());
      clock.setTimer(
        () => {
          open -= 1;
          sender.observe(answer.reading, departure);
          if (answer.accepted) {
            accepted += 1;
            return;
          }
          refused += 1;
          sender.pause(answer.reading);
        },
        (answer.accepted ? latencyMs / speed : 0) + networkMs(),
      );
    }, networkMs());
  }
  async function drive(driven: Pacer): Promise<void> {
    for (;;) {
      const departure = await driven.ready();
      if (clock.now() >= end) return;
      send(departure, driven);
    }
  }
  function foreign(perMinute: number): void {
    const afterMs = (-Math.log(1 - random()) * 60_000) / (perMinute * speed);
    clock.setTimer(() => {
      if (clock.now() >= end) return;
      if (api.arrive(clock.now()).accepted) foreignAccepted += 1;
      foreign(perMinute);
    }, afterMs);
  }

  if (options.foreignPerMinute !== undefined) foreign(options.foreignPerMinute);
  const failed = (error: unknown): void => {
    if (!(error instanceof Error && error.message === 'the pace is closed')) throw error;
  };
  let driving = drive(pacer).catch(failed);
  if (options.restartAtMs !== undefined) {
    await clock.advance(options.restartAtMs);
    pacer.close();
    await driving;
    pacer = pacerOf(
      new MemoryDepartures(
        clock,
        departed.map((ms) => begin + ms),
      ),
    );
    driving = drive(pacer).catch(failed);
  }
  await clock.advance(end - clock.now());
  // Whatever is on its way still comes home.
  await clock.advance(60_000);
  pacer.close();
  await driving;
  return { accepted, refused, foreignAccepted, open, departures: departed };
}

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
