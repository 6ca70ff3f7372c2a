import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { RawFile } from 'discord.js';
import { askerOf } from '../src/discord/asker.ts';
import type { Call } from '../src/discord/call.ts';
import type { Command } from '../src/discord/command.ts';
import type { Offer } from '../src/domain/catalogue.ts';
import type { GuildRules } from '../src/domain/rule.ts';
import { termsFor } from '../src/generation/terms.ts';
import { en } from '../src/messages/en.ts';
import { textsFor } from '../src/messages/texts.ts';
import { usageBody } from '../src/messages/usage-body.ts';
import type { AccountView, GuildView, Left, UsageView } from '../src/messages/usage-body.ts';
import { blockInForce } from '../src/domain/block-in-force.ts';
import { explain } from '../src/policy/explain.ts';
import type { ExplainedCap, ExplainedLimit, Explanation } from '../src/policy/explain.ts';
import { allows } from '../src/policy/provider-rule.ts';
import { mayModerate } from '../src/policy/rights.ts';
import { runsOut } from '../src/policy/runs-out.ts';
import { screen } from '../src/policy/screen.ts';
import { windowsOf } from '../src/policy/windows.ts';
import type { CommandParts } from './parts.ts';

const latelyShown = 5;
const latelyMs = 7 * 24 * 60 * 60_000;
const chartName = 'spend-by-day.png';

type GuildCall = Call & { readonly guildId: string };

/** `/usage`: what is spent and what is left, for the member alone; the server's too for those who run it. */
export function usage(commandParts: CommandParts): Command {
  const { parts, doors } = commandParts;
  return {
    definition: {
      type: ApplicationCommandType.ChatInput,
      name: 'usage',
      description: en.commands.usage,
      contexts: [InteractionContextType.Guild],
      integration_types: [ApplicationIntegrationType.GuildInstall],
    },
    prepare(call) {
      const { guildId, memberId, locale } = call;
      const refused = screen({ guildId, memberId, missingPermissions: [] }, doors);
      if (refused) return { refused };
      if (guildId === null) return { refused: { reason: 'guild-only' } };
      const here = { ...call, guildId };
      return {
        answers: 'private',
        async run(answer) {
          const { rules, blocks } = await parts.settings.load(guildId);
          const explanation = await explanationFor(commandParts, here, rules);
          const guild = mayModerate(call, rules)
            ? await guildView(commandParts, here, explanation)
            : null;
          const view: UsageView = {
            own: ownOf(explanation),
            shutOutBy: explanation.shutOutBy,
            granted: explanation.granted,
            block: blockInForce(blocks, memberId, parts.clock.now()),
            stopped: rules.stopped,
            price: pricesOf(parts.catalogue.offers(), rules),
            lately: await latelyOf(commandParts, here),
            guild: guild?.view ?? null,
          };
          await answer.finish(usageBody(textsFor(locale), view), guild?.files ?? []);
        },
      };
    },
    buttons: {},
  };
}

async function explanationFor(
  { parts }: CommandParts,
  call: GuildCall,
  rules: GuildRules,
): Promise<Explanation> {
  const terms = termsFor(parts, rules, call);
  const windows = windowsOf(rules, terms.caps, askerOf(call));
  const { guildId, memberId } = call;
  return explain(terms, await parts.store.standing(guildId, memberId, windows, parts.clock.now()));
}

function ownOf({ limits, caps }: Explanation): Left[] {
  return [
    ...limits.filter(({ verdict }) => verdict === 'decides').map(leftInLimit),
    ...caps.filter(({ whose }) => whose === 'member').map(leftInCap),
  ];
}

const leftInLimit = ({ left, credits, period, freesAt }: ExplainedLimit): Left => ({
  left,
  of: credits,
  period,
  freesAt,
});

const leftInCap = ({ left, credits, freesAt }: ExplainedCap): Left => ({
  left,
  of: credits,
  period: 'day',
  freesAt,
  isCap: true,
});

function pricesOf(offers: readonly Offer[], rules: GuildRules): UsageView['price'] {
  const allowed = offers.filter(({ model }) => allows(rules, model));
  const prices = (allowed.length > 0 ? allowed : offers).map(({ price }) => price);
  return { least: Math.min(...prices), most: Math.max(...prices) };
}

function accountsOf({ providers, store }: CommandParts['parts']): Promise<AccountView[]> {
  return Promise.all(
    [...providers.values()].map(async (provider) => ({
      provider: provider.title,
      setting: provider.creditsSetting,
      told: provider.balance?.(),
      counted: await store.balance(provider.account),
    })),
  );
}

async function latelyOf(
  { parts }: CommandParts,
  { guildId, memberId }: GuildCall,
): Promise<UsageView['lately']> {
  const latest = await parts.store.latestOf(guildId, memberId, latelyShown);
  const since = parts.clock.now() - latelyMs;
  return latest
    .filter(({ createdAt }) => createdAt >= since)
    .map(({ createdAt, pictures, sources, credits }) => ({
      at: createdAt,
      pictures: pictures.length || sources.length,
      credits,
    }));
}

async function guildView(
  { parts, doors, chart }: CommandParts,
  call: GuildCall,
  { guildLimits, caps }: Explanation,
): Promise<{ readonly view: GuildView; readonly files: RawFile[] }> {
  const { store, clock } = parts;
  const now = clock.now();
  const report = await store.report(call.guildId, now);
  const month = guildLimits.find(({ period }) => period === 'month');
  const drawn = report.credits > 0 ? await chart.draw(report.days) : undefined;
  // Whoever invites a bot that is open to all must not see what its operator has left.
  const operators = call.may.manageServer && doors.allowedGuilds.has(call.guildId);
  return {
    view: {
      report,
      left: [
        ...guildLimits.map(leftInLimit),
        ...caps.filter(({ whose }) => whose === 'guild').map(leftInCap),
      ],
      runsOut: month ? runsOut(report.days, month, now) : null,
      chartName: drawn ? chartName : null,
      accounts: operators ? await accountsOf(parts) : [],
    },
    files: drawn
      ? [{ name: chartName, data: Buffer.from(drawn.buffer), contentType: 'image/png' }]
      : [],
  };
}
