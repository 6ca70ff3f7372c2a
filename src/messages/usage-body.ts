import type { AccountBalance, Caps, Spent, Usage } from '../domain/ledger.ts';
import { textBody } from './body.ts';
import type { Body } from './body.ts';
import type { Texts } from './texts.ts';

export interface UsageView {
  readonly usage: Usage;
  readonly caps: Caps;
  /** Credits per picture. */
  readonly price: number;
  /** The provider's name for people. */
  readonly provider: string;
  /** The guild's share and the account are for those who manage the server. */
  readonly managesServer: boolean;
  /** `undefined` where the operator named no figure. */
  readonly balance: AccountBalance | undefined;
}

/** What `/usage` shows, privately. */
export function usageBody(texts: Texts, view: UsageView): Body {
  const { usage, caps } = view;
  const lines = [
    texts.usage.title,
    ...share(texts, usage.member, caps.member),
    texts.usage.price(view.price),
  ];
  if (view.managesServer) {
    const balance = view.balance;
    lines.push(
      texts.usage.guildTitle,
      ...share(texts, usage.guild, caps.guild),
      balance
        ? texts.usage.account(
            view.provider,
            Math.max(0, balance.credits - balance.spent),
            balance.since,
          )
        : texts.usage.accountUnknown(view.provider),
    );
  }
  return textBody(lines.join('\n'));
}

function share(texts: Texts, spent: Spent, cap: number | null): string[] {
  const frees =
    cap === null || spent.freesAt === null ? [] : [texts.usage.nextFrees(spent.freesAt)];
  return [texts.usage.own(spent.credits, cap), ...frees];
}
