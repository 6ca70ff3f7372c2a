import type { RequestRules } from '../domain/rule.ts';

/**
 * When (ms since the epoch; it may have passed) a member may begin again whose latest request began
 * then. `undefined` where no cool-down is set or nothing has begun.
 */
export function coolDownUntil(
  { coolDownSeconds }: RequestRules,
  lastBegunAt: number | null,
): number | undefined {
  if (coolDownSeconds === null || lastBegunAt === null) return undefined;
  return lastBegunAt + coolDownSeconds * 1000;
}
