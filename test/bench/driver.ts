import { systemClock } from '../../src/clock.ts';
import type { Discord, DiscordEvent } from '../../src/playground/discord/control.ts';
import type { Member } from './standins.ts';

/** What became of one command, as Discord saw it. */
export interface Job {
  readonly prompt: string;
  /** ms since the epoch. */
  readonly sentAt: number;
  /** Until the acknowledgement, or until Discord gave up on it; `undefined` where the job ended before. */
  readonly acknowledgedMs: number | undefined;
  /** Until the pictures stood in the answer; `undefined` where they never did. */
  readonly picturesMs: number | undefined;
}

/** Uses the bot's commands and watches what becomes of them. */
export interface Driver {
  /** Resolves when the pictures are there or no longer to be expected. */
  imagine(member: Member, prompt: string, images: number): Promise<Job>;
  close(): void;
}

interface Watched {
  readonly sentAt: number;
  acknowledgedMs: number | undefined;
  end(picturesMs: number | undefined): void;
}

/** @param limitMs how long a job's pictures are waited for */
export function createDriver(discord: Discord, limitMs: number): Driver {
  const watched = new Map<string, Watched>();

  // One listener for all jobs: each of a hundred waits would look at every event.
  const stop = discord.events.on('*', (event) => {
    const job = watched.get(jobOf(event) ?? '');
    if (job === undefined) return;
    if ('acknowledgement' in event) {
      job.acknowledgedMs = event.acknowledgement.afterMs;
      // An immediate message is a refusal, and what failed will not come.
      if (['message', 'failed'].includes(event.acknowledgement.kind)) job.end(undefined);
    }
    if ('message' in event && event.message.files.length > 0)
      job.end(systemClock.now() - job.sentAt);
  });

  return {
    imagine(member, prompt, images) {
      return new Promise((resolve) => {
        const { id, createdAt } = member.person.command(
          'imagine',
          { prompt, images },
          { guild: member.guild },
        );
        const job: Watched = {
          sentAt: createdAt,
          acknowledgedMs: undefined,
          end(picturesMs) {
            giveUp();
            watched.delete(id);
            const { acknowledgedMs } = job;
            resolve({ prompt, sentAt: createdAt, acknowledgedMs, picturesMs });
          },
        };
        const giveUp = systemClock.setTimer(() => job.end(undefined), limitMs);
        watched.set(id, job);
      });
    },
    close() {
      stop();
      for (const job of watched.values()) job.end(undefined);
    },
  };
}

/**
 * Keeps so many jobs in flight, each by another member, as long as `more` says so, and waits for
 * those under way.
 */
export async function keepInFlight(
  driver: Driver,
  members: readonly Member[],
  options: { readonly inFlight: number; readonly images: number; more(begun: number): boolean },
): Promise<Job[]> {
  const jobs: Job[] = [];
  let begun = 0;
  const lane = async (member: Member): Promise<void> => {
    while (options.more(begun)) {
      begun += 1;
      jobs.push(await driver.imagine(member, `a lighthouse, number ${begun}`, options.images));
    }
  };
  await Promise.all(members.slice(0, options.inFlight).map(lane));
  return jobs;
}

function jobOf(event: DiscordEvent): string | undefined {
  return 'interactionId' in event ? event.interactionId : undefined;
}
