import type { ChannelRule } from '../domain/rule.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import type { Texts } from './texts.ts';

export interface ChannelView {
  /** The channel itself, then what it stands under. */
  readonly path: readonly string[];
  readonly rules: readonly ChannelRule[];
  /** The rule that decides; `undefined` where none is set. */
  readonly deciding: ChannelRule | undefined;
  /** Permissions to post there that the bot lacks. */
  readonly missingPermissions: readonly string[];
}

/** Whether pictures may be asked for in a channel, and which rule on the way up decides. */
export function channelBody(texts: Texts, view: ChannelView): Body {
  return textBody(channelLines(texts, view).join('\n'));
}

/** The same, in lines. */
export function channelLines({ easel: { show } }: Texts, view: ChannelView): string[] {
  const { path, rules, deciding, missingPermissions } = view;
  const [channelId] = path;
  if (channelId === undefined) return [];
  const steps = [...path, null].map((step) => {
    const rule = rules.find((each) => each.channelId === step);
    return show.channel.step(step, rule?.allowed ?? null, rule !== undefined && rule === deciding);
  });
  return [
    show.channel.title(channelId, deciding?.allowed ?? true),
    ...(deciding ? steps : [show.channel.nothingSet]),
    ...(missingPermissions.length > 0 ? [show.channel.cannotPost(missingPermissions)] : []),
  ];
}
