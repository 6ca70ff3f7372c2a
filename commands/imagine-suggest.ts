import type { Call } from '../src/discord/call.ts';
import type { Choice } from '../src/discord/choice.ts';
import type { Typing } from '../src/discord/command.ts';
import type { Offer } from '../src/domain/catalogue.ts';
import { noRules } from '../src/domain/rule.ts';
import type { GuildRules } from '../src/domain/rule.ts';
import type { Parts } from '../src/generation/parts.ts';
import { cut } from '../src/messages/cut.ts';
import { textsFor } from '../src/messages/texts.ts';
import type { Texts } from '../src/messages/texts.ts';
import { allows } from '../src/policy/provider-rule.ts';
import { unsuited } from '../src/policy/unsuited.ts';

/** Discord takes so many, of so many characters each. */
const mostChoices = 25;
const longestChoice = 100;

/** What fits what is typed into a model, a style or a scheduler; only what is allowed here, from memory alone. */
export function createImagineSuggest({ catalogue, settings, log }: Parts) {
  return ({ guildId, locale, ageRestricted }: Call, typing: Typing): readonly Choice[] => {
    if (guildId === null) return [];
    const rules = settings.peek(guildId)?.rules;
    if (!rules)
      // They will be there for the next letter.
      settings.load(guildId).catch((error: unknown) => {
        log.debug({ err: error }, 'settings could not be loaded for choices');
      });
    const typed = typing.text.trim().toLowerCase();
    const here = { private: typing.options['private'] === true, ageRestricted };
    return choicesOf(textsFor(locale), catalogue.offers(), rules ?? noRules, typing, here)
      .filter(
        ({ name, value }) =>
          name.toLowerCase().includes(typed) || value.toLowerCase().includes(typed),
      )
      .slice(0, mostChoices)
      .map(({ name, value }) => ({ name: cut(name, longestChoice), value }));
  };
}

function choicesOf(
  texts: Texts,
  offers: readonly Offer[],
  rules: GuildRules,
  typing: Typing,
  here: Parameters<typeof unsuited>[1],
): Choice[] {
  const allowed = offers.filter(
    ({ model }) => allows(rules, model) && unsuited(model, here) === undefined,
  );
  // `model-1` to `model-4` of a comparison are models as well.
  if (typing.option.startsWith('model'))
    return allowed.map(({ model, price }) => ({
      name: texts.commands.choice.model(model.title, price),
      value: model.key,
    }));
  const chosen = allowed.filter(({ model }) => model.key === typing.options['model']);
  const models = (chosen.length > 0 ? chosen : allowed).map(({ model }) => model);
  switch (typing.option) {
    case 'style':
      return [
        ...rules.styles.map(({ name }) => ({ name, value: name })),
        ...once(models.flatMap(({ takes }) => takes.styles ?? [])).map((name) => ({
          name: texts.commands.choice.ownStyle(name),
          value: name,
        })),
      ];
    case 'scheduler':
      return once(models.flatMap(({ takes }) => takes.schedulers ?? [])).map((name) => ({
        name,
        value: name,
      }));
    default:
      return [];
  }
}

function once(names: readonly string[]): string[] {
  return [...new Set(names)];
}
