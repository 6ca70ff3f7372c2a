import type { Offer } from '../domain/catalogue.ts';
import type { Takes } from '../domain/model.ts';
import type { ProviderRule } from '../domain/rule.ts';
import { textBody } from './body.ts';
import type { Body, Button } from './body.ts';
import { cut } from './cut.ts';
import { easelIds } from './easel-ids.ts';
import { offeredName } from './easel-offered.ts';
import type { Offered } from './easel-offered.ts';
import type { Texts } from './texts.ts';

export interface ModelView {
  readonly offer: Offer;
  /** The rule that decides whether members may use it; `undefined` where none is set. */
  readonly rule: ProviderRule | undefined;
}

export interface ModelsView {
  /** All that are offered, in the operator's order. */
  readonly models: readonly ModelView[];
  readonly offered: Offered;
  /** The page begins with the n-th (from 0). */
  readonly from: number;
  /** The key of the model that is tried first where a member names none; `null` where none is allowed. */
  readonly first: string | null;
  /** As the guild has set them. */
  readonly defaultModel: string | null;
  readonly failover: boolean;
}

/** Every page but the last has so many, so that a page back is known without looking. */
const perPage = 5;
/** What is shown of a key; those of models that are named by hand may be long. */
const keyUnits = 60;

/** The operator's models, a page of them: what each costs and takes, and whether members may use it. */
export function modelsBody(texts: Texts, view: ModelsView): Body {
  const { models, from } = view;
  const { back, further, models: words } = texts.easel;
  // Models may have gone since the page before was shown.
  const start = Math.min(from, Math.max(0, Math.ceil(models.length / perPage) - 1) * perPage);
  const shown = models.slice(start, start + perPage);
  const end = start + shown.length;
  const denied = models.filter(({ rule }) => rule?.allowed === false).length;
  const lines = [
    words.title(models.length, denied),
    ...defaultLines(texts, view),
    words.failover(view.failover),
    ...shown.flatMap((model) => modelLines(texts, view, model)),
    ...(models.length > perPage ? [`-# ${words.shown(start + 1, end, models.length)}`] : []),
  ];
  const buttons: Button[] = [
    ...(start > 0 ? [{ label: back, customId: easelIds.models(start - perPage) }] : []),
    ...(end < models.length ? [{ label: further, customId: easelIds.models(end) }] : []),
  ];
  return textBody(lines.join('\n'), buttons);
}

function defaultLines({ easel }: Texts, { first, defaultModel, offered }: ModelsView): string[] {
  const { models: words } = easel;
  const title = defaultModel === null ? undefined : offered.models.get(defaultModel);
  return [
    ...(defaultModel === null || defaultModel === first
      ? []
      : [
          words.defaultLost(
            title ?? cut(defaultModel, keyUnits),
            title === undefined ? 'gone' : 'denied',
          ),
        ]),
    first === null
      ? words.none
      : words.first(
          offered.models.get(first) ?? first,
          first === defaultModel ? 'server' : 'operator',
        ),
  ];
}

function modelLines(texts: Texts, view: ModelsView, { offer, rule }: ModelView): string[] {
  const { models: words } = texts.easel;
  const { model, price, outUntil, outWhy } = offer;
  const marks = [
    ...(outUntil === undefined ? [] : [words.out(outUntil, outWhy ?? 'trouble')]),
    ...(model.public ? [words.public] : []),
    ...(model.unfiltered ? [words.unfiltered] : []),
  ];
  const isDefault = model.key === view.first ? [words.default] : [];
  return [
    [words.model(model.title, cut(model.key, keyUnits), price), ...isDefault].join(' · '),
    `-# ${takesText(texts, model.takes)}`,
    `-# ${[ruleText(texts, view, model.key, rule), ...marks].join(' · ')}`,
  ];
}

function takesText({ easel }: Texts, takes: Takes): string {
  const { takes: words } = easel.models;
  const { mostImages, aspects, negativeLength, seed, guidance, steps } = takes;
  const { schedulers, styles, image, strength } = takes;
  return [
    words.images(mostImages),
    ...(aspects ? [words.aspects(aspects.length)] : []),
    ...(negativeLength === undefined ? [] : [words.negative]),
    ...(seed ? [words.seed] : []),
    ...(guidance ? [words.guidance(guidance)] : []),
    ...(steps ? [words.steps(steps, steps.effect)] : []),
    ...(schedulers ? [words.schedulers(schedulers.length)] : []),
    ...(styles ? [words.styles(styles.length)] : []),
    ...(image ? [words.image(strength !== undefined)] : []),
  ].join(' · ');
}

/** Whether it is allowed, and by which rule. */
function ruleText(
  texts: Texts,
  { offered }: ModelsView,
  key: string,
  rule: ProviderRule | undefined,
): string {
  const { models: words } = texts.easel;
  if (!rule) return words.allowed;
  const by =
    rule.key === key ? words.ownRule : words.ruleFor(offeredName(texts, offered, rule.key));
  return rule.allowed ? words.ruledAllowed(by) : words.ruledDenied(by);
}
