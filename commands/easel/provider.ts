import { z } from 'zod';
import type { Refused } from '../../src/discord/command.ts';
import type { RuleChange } from '../../src/domain/rule-change.ts';
import type { GuildRules } from '../../src/domain/rule.ts';
import type { GuildSettings, RuleEdit } from '../../src/domain/settings.ts';
import { offeredName } from '../../src/messages/easel-offered.ts';
import type { Texts } from '../../src/messages/texts.ts';
import { setDefaultModel } from '../../src/policy/edits/set-default-model.ts';
import { setFailover } from '../../src/policy/edits/set-failover.ts';
import { setProvider } from '../../src/policy/edits/set-provider.ts';
import { allows } from '../../src/policy/provider-rule.ts';
import { sameName } from '../../src/policy/same-name.ts';
import { shortened } from '../../src/policy/shortened.ts';
import { optional, readOptions, text, yesOrNo } from '../options.ts';
import type { Option } from '../options.ts';
import type { CommandParts } from '../parts.ts';
import type { Change } from './change.ts';
import { firstModel } from './first-model.ts';
import { modelNamed, offeredBy, ruleKeyNamed } from './offered.ts';
import { easelRanges } from './ranges.ts';
import type { Subcommand } from './subcommand.ts';

/** `/easel provider allow`, `deny`, `clear`, `default` and `failover`. */
export function providerSubcommands(
  commandParts: CommandParts,
  change: Change,
): Readonly<Record<string, Subcommand>> {
  const offers = () => commandParts.parts.catalogue.offers();
  const unknown = (name: string): Refused => ({
    refused: {
      reason: 'model-not-allowed',
      model: shortened(name),
      known: false,
      allowed: offers().map(({ model }) => model.title),
    },
  });
  const set =
    (allowed: boolean): Subcommand =>
    (asked) => {
      const { given, texts } = asked;
      const read = readOptions({ model: name }, given.options);
      if ('refused' in read) return read;
      const key = ruleKeyNamed(texts, offeredBy(commandParts), read.values.model);
      if (key === undefined) return unknown(read.values.model);
      return change(
        asked,
        (settings) => setProvider(settings, key, allowed),
        (made, { rules }) => noteOnRule(commandParts, texts, made, rules),
      );
    };

  return {
    'provider allow': set(true),
    'provider deny': set(false),

    'provider clear'(asked) {
      const { given, texts } = asked;
      const read = readOptions({ rule: name }, given.options);
      if ('refused' in read) return read;
      const { rule } = read.values;
      return change(
        asked,
        (settings) => setProvider(settings, keyToClear(commandParts, texts, settings, rule), null),
        (made, { rules }) => noteOnRule(commandParts, texts, made, rules),
      );
    },

    'provider default'(asked) {
      const { given, texts } = asked;
      const read = readOptions({ model: optional(name) }, given.options);
      if ('refused' in read) return read;
      const { model } = read.values;
      const { note } = texts.easel.models;
      if (model === undefined)
        return change(
          asked,
          (settings) => setDefaultModel(settings, null),
          (_made, { rules }) => {
            const first = firstModel(offers(), rules);
            return first ? note.defaultCleared(first.model.title) : note.nothingLeft;
          },
        );
      const key = modelNamed(offeredBy(commandParts), model);
      if (key === undefined) return unknown(model);
      return change(
        asked,
        (settings) => notDenied(commandParts, settings, key) ?? setDefaultModel(settings, key),
        () => note.default,
      );
    },

    'provider failover'(asked) {
      const { given, texts } = asked;
      const read = readOptions({ on }, given.options);
      if ('refused' in read) return read;
      const { failoverOn, failoverOff } = texts.easel.models.note;
      return change(
        asked,
        (settings) => setFailover(settings, read.values.on),
        () => (read.values.on ? failoverOn : failoverOff),
      );
    },
  };
}

const name = text(easelRanges.modelName);
/** Left out it would be neither. */
const on: Option<boolean> = { ...yesOrNo(), schema: z.boolean() };

/** A model that members may not use cannot be tried first. */
function notDenied(
  { parts }: CommandParts,
  { rules }: GuildSettings,
  key: string,
): RuleEdit | undefined {
  const offers = parts.catalogue.offers();
  const model = offers.find((offer) => offer.model.key === key)?.model;
  if (!model || allows(rules, model)) return undefined;
  const allowed = offers.filter((offer) => allows(rules, offer.model));
  return {
    refused: {
      reason: 'model-not-allowed',
      model: model.title,
      known: true,
      allowed: allowed.map((offer) => offer.model.title),
    },
  };
}

/** The rule may be on what is offered no more: it goes by what is set, not by what there is. */
function keyToClear(
  commandParts: CommandParts,
  texts: Texts,
  { rules }: GuildSettings,
  typed: string,
): string {
  const offered = offeredBy(commandParts);
  const keys = rules.providers.map(({ key }) => key);
  return (
    keys.find((key) => key === typed) ??
    keys.find((key) => sameName(key, typed) || sameName(offeredName(texts, offered, key), typed)) ??
    ruleKeyNamed(texts, offered, typed) ??
    typed
  );
}

/** What follows from a rule on models. */
function noteOnRule(
  commandParts: CommandParts,
  { easel }: Texts,
  change: RuleChange,
  rules: GuildRules,
): string {
  const { note } = easel.models;
  const offers = commandParts.parts.catalogue.offers();
  const first = firstModel(offers, rules);
  if (!first) return note.nothingLeft;
  const lost = offers.find(
    ({ model }) => model.key === rules.defaultModel && !allows(rules, model),
  )?.model;
  if (lost) return note.defaultDenied(lost.title, first.model.title);
  const { models, providers } = offeredBy(commandParts);
  const ofAll = change.what === 'provider' && providers.has(change.key) && !models.has(change.key);
  return ofAll && change.after !== null ? note.provider : '';
}
