// Time is the Redis server's, so that the clocks of the processes do not matter. Scores are ms since
// the epoch; they are integers, since Redis cuts the numbers of a reply down to integers.

import { lookedAt, lullPart, nearlyFullPart } from './rule.ts';

const timeInLua = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
`;

/**
 * Books the next departure, after all that are booked.
 *
 * KEYS departures (sorted set), foreign, pause.
 * ARGV id, hold, limit, burst gap, even gap, how far ahead of it, count, id of our last one that
 * still counts or '', then pairs of own departures that may be missing: when (ms from now, negative)
 * and id.
 *
 * @returns lost (1: our last departure is gone and nothing was booked), now, wait, own departures
 * in the window at the booked time, foreign
 */
export const bookScript = `${timeInLua}
local hold, limit = tonumber(ARGV[2]), tonumber(ARGV[3])
for i = 9, #ARGV, 2 do redis.call('ZADD', KEYS[1], 'NX', now + tonumber(ARGV[i]), ARGV[i + 1]) end
if ARGV[8] ~= '' and not redis.call('ZSCORE', KEYS[1], ARGV[8]) then return { 1, now, 0, 0, 0 } end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - hold)
local foreign = tonumber(redis.call('GET', KEYS[2]) or '0')
local ours = math.max(1, limit - foreign)
local count = redis.call('ZCARD', KEYS[1])
local at = now
local gap = math.max(tonumber(ARGV[5]), hold / ours)
local booked = redis.call('ZRANGE', KEYS[1], -${lookedAt}, -1, 'WITHSCORES')
if #booked > 0 then
  local ahead = tonumber(ARGV[6])
  if foreign > 0 or count >= ${nearlyFullPart} * limit then ahead = 0 end
  local lead, before = count > ${lookedAt} and ahead or 0, nil
  for i = 2, #booked, 2 do
    local score = tonumber(booked[i])
    if before then lead = math.max(0, lead + gap - (score - before)) end
    if lead > ahead - ${lullPart} * gap then lead = ahead end
    before = score
  end
  at = math.max(at, before + tonumber(ARGV[4]), before + gap - (ahead - lead))
end
if count >= ours then
  local leaving = redis.call('ZREVRANGE', KEYS[1], ours - 1, ours - 1, 'WITHSCORES')[2]
  at = math.max(at, tonumber(leaving) + hold)
end
local pause = redis.call('GET', KEYS[3])
if pause then at = math.max(at, tonumber(pause)) end
at = math.ceil(at)
redis.call('ZADD', KEYS[1], at, ARGV[1])
redis.call('PEXPIRE', KEYS[1], math.ceil(at - now + hold))
return { 0, now, at - now, redis.call('ZCOUNT', KEYS[1], at - tonumber(ARGV[7]), at), foreign }
`;

/**
 * Takes how much an answer says is used, unless that of a later request was taken before.
 *
 * KEYS departures, foreign, order of the last one taken.
 * ARGV used, own departures at sending, order (when it departed), count, how long it is kept.
 *
 * @returns foreign
 */
export const usedScript = `${timeInLua}
local last = tonumber(redis.call('GET', KEYS[3]) or '0')
if tonumber(ARGV[3]) < last then return { tonumber(redis.call('GET', KEYS[2]) or '0') } end
local own = math.max(tonumber(ARGV[2]), redis.call('ZCOUNT', KEYS[1], now - tonumber(ARGV[4]), now))
local foreign = math.max(0, tonumber(ARGV[1]) - own)
redis.call('SET', KEYS[2], foreign, 'PX', ARGV[5])
redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[5])
return { foreign }
`;

/** Holds every later booking for so long. KEYS pause. ARGV ms, at least 1. */
export const pauseScript = `${timeInLua}
local untilTime = now + tonumber(ARGV[1])
if untilTime > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], untilTime, 'PX', ARGV[1])
end
return {}
`;

/** Gives a booked departure back. KEYS departures. ARGV id. */
export const releaseScript = `
redis.call('ZREM', KEYS[1], ARGV[1])
return {}
`;
