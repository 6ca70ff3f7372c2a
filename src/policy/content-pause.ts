const dayMs = 24 * 60 * 60_000;

/**
 * Until when (ms since the epoch; it may have passed) a member waits who had `allowed` content refusals
 * within 24 h: 24 h after the last. `undefined` where they had fewer.
 *
 * @param times newest first
 */
export function contentPauseUntil(times: readonly number[], allowed: number): number | undefined {
  const latest = times[0];
  const oldest = times[allowed - 1];
  if (latest === undefined || oldest === undefined || latest - oldest > dayMs) return undefined;
  return latest + dayMs;
}
