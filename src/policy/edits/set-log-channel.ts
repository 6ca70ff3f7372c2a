import type { GuildSettings, RuleEdit } from '../../domain/settings.ts';

/** Sets the channel that the guild's log is posted to; `null` is none. Refused: what is so already. */
export function setLogChannel({ rules }: GuildSettings, channelId: string | null): RuleEdit {
  const before = rules.logChannelId;
  if (before === channelId)
    return {
      refused:
        channelId === null
          ? { reason: 'not-set', what: 'log-channel' }
          : { reason: 'no-change', what: 'rule' },
    };
  return {
    rules: { ...rules, logChannelId: channelId },
    change: { what: 'log-channel', before, after: channelId },
  };
}
