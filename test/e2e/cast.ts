import type { Clock } from '../../src/clock.ts';
import { startStandIn } from '../../src/playground/stand-ins.ts';
import type {
  AnyStandIn,
  StandIn,
  StandInName,
  StandInOptions,
  StartedStandIn,
} from '../../src/playground/stand-ins.ts';

/** The stand-ins of image APIs, each by the name of its provider. */
export type Cast = { readonly [N in StandInName]: StandIn<N> };

/** How the stand-ins are to behave. */
export type CastOptions = { readonly [N in StandInName]?: StandInOptions<N> };

/** Running stand-ins, quick ones with small pictures unless told otherwise. */
export interface RunningCast {
  readonly standIns: ReadonlyMap<StandInName, AnyStandIn>;
  /** The environment that leads a bot to all of them. */
  readonly settings: Readonly<Record<string, string>>;
  /** @throws where it was not wanted */
  find<N extends StandInName>(name: N): StandIn<N>;
  close(): Promise<void>;
}

export async function startCast(
  wanted: readonly StandInName[],
  clock: Clock,
  options: CastOptions = {},
): Promise<RunningCast> {
  const quick = { clock, pictures: 'small', latencyMs: 5 } as const;
  const wants = (name: StandInName): boolean => wanted.includes(name);
  const started = {
    claid: wants('claid') ? await startStandIn('claid', { ...quick, ...options.claid }) : undefined,
    stablecog: wants('stablecog')
      ? await startStandIn('stablecog', { ...quick, ...options.stablecog })
      : undefined,
    kidjig: wants('kidjig')
      ? await startStandIn('kidjig', { ...quick, ...options.kidjig })
      : undefined,
    openai: wants('openai')
      ? await startStandIn('openai', { ...quick, ...options.openai })
      : undefined,
  };
  const standIns = new Map<StandInName, AnyStandIn>();
  const settings: Record<string, string> = {};
  for (const name of wanted) {
    const it = started[name];
    if (it === undefined) continue;
    standIns.set(name, it.standIn);
    Object.assign(settings, it.settings);
  }
  return {
    standIns,
    settings,
    find<N extends StandInName>(name: N) {
      const found: { readonly [K in StandInName]: StartedStandIn<StandIn<K>> | undefined } =
        started;
      const it = found[name];
      if (it === undefined) throw new Error(`this stage has no ${name}`);
      return it.standIn;
    },
    async close() {
      await Promise.all([...standIns.values()].map((standIn) => standIn.close()));
    },
  };
}
