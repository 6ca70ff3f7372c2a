import type { Answer } from '../../src/discord/answer.ts';
import type { ButtonHandler } from '../../src/discord/command.ts';
import { modelsBody } from '../../src/messages/easel-models.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { decidingProviderRule } from '../../src/policy/provider-rule.ts';
import { onPrivateAnswer } from '../on-private-answer.ts';
import type { CommandParts } from '../parts.ts';
import { firstModel } from './first-model.ts';
import { offeredBy } from './offered.ts';
import { pageFrom } from './page-from.ts';
import { setterUp } from './setter-up.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel provider list` */
export function providerListSubcommands(parts: CommandParts): Readonly<Record<string, Subcommand>> {
  return {
    'provider list': ({ call, texts }) => ({
      answers: 'private',
      run: (answer) => showModels(parts, answer, texts, call.guildId, 0),
    }),
  };
}

/** The buttons that page the list. */
export function providerListButtons(parts: CommandParts): Readonly<Record<string, ButtonHandler>> {
  return {
    models: onPrivateAnswer({
      answers: 'update',
      async press(press, answer) {
        const guildId = await setterUp(press, answer);
        if (guildId === undefined) return;
        await showModels(parts, answer, textsFor(press.locale), guildId, pageFrom(press.ref));
      },
    }),
  };
}

async function showModels(
  commandParts: CommandParts,
  answer: Answer,
  texts: Texts,
  guildId: string,
  from: number,
): Promise<void> {
  const { rules } = await commandParts.parts.settings.load(guildId);
  const offers = commandParts.parts.catalogue.offers();
  await answer.finish(
    modelsBody(texts, {
      models: offers.map((offer) => ({ offer, rule: decidingProviderRule(rules, offer.model) })),
      offered: offeredBy(commandParts),
      from,
      first: firstModel(offers, rules)?.model.key ?? null,
      defaultModel: rules.defaultModel,
      failover: rules.failover,
    }),
  );
}
