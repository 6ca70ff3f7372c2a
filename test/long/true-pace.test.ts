import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedRequest } from '../../src/playground/image-api/api.ts';
import type { Invocation, SeenMessage } from '../../src/playground/discord/control.ts';
import { crowd, share } from '../e2e/prompts/crowd.ts';
import type { Seat } from '../e2e/prompts/crowd.ts';
import { partiPrompts, promptsAbsent } from '../e2e/prompts/parti-prompts.ts';
import { setStage } from '../e2e/stage.ts';
import type { Stage } from '../e2e/stage.ts';

// Claid's documented limits, its sizes, and nothing hurried: 120 requests a minute, 4 a second.

const minuteMs = 60_000;
const perMinute = 120;
const guilds = 6;
const membersEach = 4;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({
    settings: {
      MEMBER_CREDITS_PER_DAY: 'unlimited',
      GUILD_CREDITS_PER_DAY: 'unlimited',
      BOT_CREDITS_PER_DAY: 'unlimited',
      LOG_LEVEL: 'info',
    },
    claid: {
      windows: 'sliding',
      limits: [
        { limit: perMinute, windowMs: minuteMs },
        { limit: 4, windowMs: 1_000 },
      ],
      pictures: 'fixed',
      fixedBytes: 1_500_000,
      latencyMs: { min: 1_000, max: 4_000 },
    },
    // Each picture is compared as soon as it is there, so few need be kept.
    discord: { keptFileBytes: 256 * 1024 * 1024 },
  });
});
afterEach(() => stage.end());

async function imagine({ person, guild }: Seat, prompt: string): Promise<number> {
  const { claid, discord } = stage;
  const asked = person.command('imagine', { prompt }, { guild, channel: 'pictures' });
  const answer = await withPictures(asked);
  const tookMs = stage.clock.now() - asked.createdAt;
  const [charge, ...others] = claid.books.charges.filter((made) => made.prompt === prompt);
  expect(others).toEqual([]);
  expect(answer.files).toHaveLength(4);
  for (const [index, { bytes }] of answer.files.entries()) {
    const made = await claid.pictureBytes(charge?.requestId ?? '', index);
    // Not by toEqual: megabytes would be compared number by number.
    expect(made.equals(bytes), `picture ${index + 1} of ${prompt}`).toBe(true);
  }
  expect(discord.violations).toEqual([]);
  return tookMs;
}

/** The pace makes them wait, so they are given more time than other tests' answers. */
function withPictures(asked: Invocation): Promise<SeenMessage> {
  return asked.waitFor(({ answer }) => answer && answer.files.length > 0 && answer, {
    what: 'pictures',
    limitMs: 300_000,
  });
}

/** The most requests that came within one window of this length. */
function most(requests: readonly ReceivedRequest[], windowMs: number): number {
  return Math.max(
    ...requests.map(
      ({ at }) => requests.filter((other) => other.at > at - windowMs && other.at <= at).length,
    ),
  );
}

describe(`200 PartiPrompts of 4 pictures at Claid’s true pace${promptsAbsent}`, () => {
  it.skipIf(promptsAbsent !== '')(
    'nothing is lost, nothing refused, nothing paid that is not in the books',
    async () => {
      const { claid } = stage;
      const prompts = partiPrompts(200).filter((prompt) => Array.from(prompt.trim()).length >= 3);
      const seats = crowd(stage.discord, guilds, membersEach);
      const tookMs: number[] = [];
      const beganAt = stage.clock.now();
      // Two at a time each, so that the account always has something waiting.
      await share([...seats, ...seats], prompts, async (seat, prompt) => {
        tookMs.push(await imagine(seat, prompt));
      });
      const allMs = stage.clock.now() - beganAt;

      const posted = claid.requests.filter(({ prompt }) => prompt !== undefined);
      const refused = posted.filter(({ status }) => status === 429).length;
      const [first, last] = [posted[0]?.at ?? 0, posted.at(-1)?.at ?? 0];
      // From the first to the last departure there are as many gaps as requests but one.
      const ofAllowance = ((posted.length - 1) / (last - first)) * (minuteMs / perMinute);
      const settled = stage.sql('select sum(settled_micros) / 1000000 as settled from accounts');
      const sorted = tookMs.toSorted((a, b) => a - b);
      console.log(
        [
          `${posted.length} requests, ${claid.books.totalImages} pictures of 1.5 MB, ${guilds * membersEach} members of ${guilds} guilds`,
          `in ${(allMs / 1000).toFixed(1)} s; departures ${((last - first) / 1000).toFixed(1)} s: ${(ofAllowance * 100).toFixed(1)} % of the allowance`,
          `most in one minute ${most(posted, minuteMs)}, in one second ${most(posted, 1_000)}; 429s: ${refused}`,
          `a member waited ${((sorted[sorted.length >> 1] ?? 0) / 1000).toFixed(1)} s in the median, ${((sorted.at(-1) ?? 0) / 1000).toFixed(1)} s at most`,
          `charged by Claid: ${claid.books.totalCost} credits; in the ledger: ${String(settled[0]?.['settled'])}`,
          `memory: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most, stand-ins included`,
        ].join('\n'),
      );

      expect(refused).toBe(0);
      expect(posted.map(({ status }) => status)).toEqual(prompts.map(() => 200));
      expect(tookMs).toHaveLength(prompts.length);
      expect(claid.books.totalCost).toBe(4 * prompts.length);
      expect(settled).toEqual([{ settled: 4 * prompts.length }]);
      expect(claid.downloads).toHaveLength(4 * prompts.length);
    },
  );
});
