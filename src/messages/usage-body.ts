import { ComponentType } from 'discord-api-types/v10';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { AccountBalance } from '../domain/ledger.ts';
import type { GuildReport } from '../domain/member-store.ts';
import type { KnownBalance } from '../domain/provider.ts';
import type { Block, Period, Stop } from '../domain/rule.ts';
import { body, text } from './body.ts';
import type { Body } from './body.ts';
import { cut } from './cut.ts';
import type { Texts } from './texts.ts';

/** What is left in a window. */
export interface Left {
  readonly left: number;
  readonly of: number;
  readonly period: Period;
  readonly freesAt: number | null;
  /** Whether it is a cap of the operator’s, on all servers where it is a member’s. */
  readonly isCap?: boolean;
}

export interface UsageView {
  /** The windows that decide for the member; none is no limit. */
  readonly own: readonly Left[];
  /** The role whose limit of 0 shuts the member out. */
  readonly shutOutBy: string | null;
  readonly granted: number;
  /** The block that is in force. */
  readonly block?: Block | null;
  readonly stopped?: Stop | null;
  /** Credits per picture: of the cheapest and the dearest model here. */
  readonly price: { readonly least: number; readonly most: number };
  /** The member's latest requests here, newest first. */
  readonly lately: readonly {
    readonly at: number;
    readonly pictures: number;
    readonly credits: number;
  }[];
  /** For those who may see it. */
  readonly guild: GuildView | null;
}

export interface GuildView {
  readonly report: GuildReport;
  /** The windows of the guild in all. */
  readonly left: readonly Left[];
  /** When the month's credits run out at the present rate, ms since the epoch; `lasts`: they do not; `null` without a limit for a month. */
  readonly runsOut: number | 'lasts' | null;
  /** The name of the file with the chart, where one comes with it. */
  readonly chartName: string | null;
  /** What is known of the providers' accounts, for those whose business it is. */
  readonly accounts: readonly AccountView[];
}

export interface AccountView {
  /** The provider's name for people. */
  readonly provider: string;
  /** The operator's setting by which it is counted, where there is one. */
  readonly setting: string | undefined;
  /** What its API said itself, else what the bot counted. */
  readonly told: KnownBalance | undefined;
  readonly counted: AccountBalance | undefined;
}

/** Source: Discord's message components reference: a media item's description. */
const maxAltUnits = 1024;

/** What `/usage` shows, privately. */
export function usageBody(texts: Texts, view: UsageView): Body {
  const words = texts.usage;
  const granted = view.shutOutBy === null ? words.granted : words.grantedIdle;
  const own = view.own.map((one) =>
    words.left(one.left, one.of, one.period, one.freesAt, one.isCap ?? false),
  );
  const lines = [
    words.title,
    ...(view.stopped ? [words.stopped(view.stopped)] : []),
    ...(view.block ? [words.blocked(view.block)] : []),
    ...(view.shutOutBy === null ? own : [words.shutOut(view.shutOutBy)]),
    ...(own.length === 0 && view.shutOutBy === null ? [words.noLimit] : []),
    ...(view.granted > 0 ? [granted(view.granted)] : []),
    words.price(view.price.least, view.price.most),
    ...(view.lately.length > 0 ? [words.lately] : []),
    ...view.lately.map((one) => words.spent(one.at, one.pictures, one.credits)),
  ];
  const { guild } = view;
  if (!guild) return body([text(lines.join('\n'))]);
  const alt = cut(words.chart(guild.report.days), maxAltUnits);
  const { chartName } = guild;
  return body(
    [
      text(lines.join('\n')),
      text(guildLines(texts, guild).join('\n')),
      ...(chartName === null ? [] : [text(words.chartTitle), chart(chartName, alt)]),
    ],
    chartName === null ? undefined : [{ id: '0', description: alt }],
  );
}

function guildLines({ usage: words }: Texts, view: GuildView): string[] {
  const { report, left, accounts } = view;
  return [
    words.guildTitle,
    words.totals(report),
    ...left.map((one) => words.guildLeft(one.left, one.of, one.period, one.isCap ?? false)),
    ...forecast(words, view),
    ...(report.top.length > 0 ? [words.top(report.top)] : []),
    ...(report.refusals.length > 0 ? [words.refusals(report.refusals)] : []),
    ...accounts.map((account) => accountLine(words, account)),
  ];
}

function accountLine(
  words: Texts['usage'],
  { provider, setting, told, counted }: AccountView,
): string {
  if (told) return words.told(provider, told.credits, told.at);
  if (counted)
    return words.account(provider, Math.max(0, counted.credits - counted.spent), counted.since);
  return setting === undefined
    ? words.accountUnknown(provider)
    : words.accountCountable(provider, setting);
}

/** How the month's credits will do. */
function forecast(words: Texts['usage'], { left, runsOut }: GuildView): string[] {
  if (runsOut === null) return [];
  if (left.some((one) => one.period === 'month' && one.left === 0)) return [words.spentUp];
  return [runsOut === 'lasts' ? words.lasts : words.runsOut(runsOut)];
}

function chart(name: string, description: string): APIMessageTopLevelComponent {
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url: `attachment://${name}` }, description }],
  };
}
