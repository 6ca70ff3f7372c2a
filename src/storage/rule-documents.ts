import { z } from 'zod';
import type { Block, GuildRules, LimitSubject, Period, WordRule } from '../domain/rule.ts';
import type { Style } from '../domain/style.ts';
import { askedOptions } from './asked-options.ts';

/** How what moderators set is read back from JSON. */
const credits = z.int().min(0);
const time = z.number();

export const limitSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('each-member') }),
  z.object({ kind: z.literal('role'), roleId: z.string() }),
  z.object({ kind: z.literal('member'), memberId: z.string() }),
  z.object({ kind: z.literal('guild') }),
]) satisfies z.ZodType<LimitSubject>;

const periods: { [K in Period]: K } = { hour: 'hour', day: 'day', week: 'week', month: 'month' };
export const period = z.enum(periods);

export const requestRules = z.object({
  mostPictures: z.int().nullable(),
  running: z.int().nullable(),
  waiting: z.int().nullable(),
  coolDownSeconds: z.number().nullable(),
}) satisfies z.ZodType<GuildRules['requests']>;

export const wordRule = z.object({
  id: z.string(),
  kind: z.enum(['words', 'pattern']),
  text: z.string(),
  dryRun: z.boolean(),
}) satisfies z.ZodType<WordRule>;

export const stop = z.object({
  reason: z.string().nullable(),
  by: z.string(),
  at: time,
}) satisfies z.ZodType<GuildRules['stopped']>;

export const block = z.object({
  memberId: z.string(),
  until: time.nullable(),
  reason: z.string().nullable(),
  by: z.string(),
  at: time,
}) satisfies z.ZodType<Block>;

export const style = z.object({
  name: z.string(),
  text: z.string(),
  negative: z.string(),
  options: z.object({
    aspect: askedOptions.aspect,
    guidance: askedOptions.guidance,
    steps: askedOptions.steps,
    scheduler: askedOptions.scheduler,
  }),
}) satisfies z.ZodType<Style>;

export const guildRules = z.object({
  limits: z.array(z.object({ subject: limitSubject, period, credits })),
  requests: requestRules,
  channels: z.array(z.object({ channelId: z.string().nullable(), allowed: z.boolean() })),
  words: z.array(wordRule),
  logChannelId: z.string().nullable(),
  moderatorRoleId: z.string().nullable(),
  stopped: stop.nullable(),
  // Those written before there were several models have none of these.
  providers: z.array(z.object({ key: z.string(), allowed: z.boolean() })).default([]),
  defaultModel: z.string().nullable().default(null),
  failover: z.boolean().default(false),
  styles: z.array(style).default([]),
}) satisfies z.ZodType<GuildRules>;
