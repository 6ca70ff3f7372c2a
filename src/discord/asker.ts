import type { Asker } from '../domain/asker.ts';
import type { Call } from './call.ts';

/** Who made the call, and where, for the rules of the guild. */
export function askerOf(
  call: Pick<Call, 'memberId' | 'roleIds' | 'channelPath' | 'ageRestricted'> & {
    readonly guildId: string;
  },
): Asker {
  const { guildId, memberId, roleIds, channelPath, ageRestricted } = call;
  return { guildId, memberId, roleIds, channelPath, ageRestricted };
}
