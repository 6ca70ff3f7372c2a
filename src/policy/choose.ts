import type { Offer } from '../domain/catalogue.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { ImageRequest } from '../domain/request.ts';
import type { GuildRules } from '../domain/rule.ts';
import type { Wish } from '../domain/wish.ts';
import { askedStyle } from './asked-style.ts';
import type { AskedStyle } from './asked-style.ts';
import type { Circumstances } from './circumstances.ts';
import { allows } from './provider-rule.ts';
import { requestFor } from './request-for.ts';
import { namedOffer } from './named-offer.ts';
import { shortened } from './shortened.ts';
import { unhonoured } from './unhonoured.ts';
import { unsuited } from './unsuited.ts';

/** A model that serves a wish, and what is asked of it. */
export interface Chosen {
  readonly offer: Offer;
  readonly request: ImageRequest;
  /** Title of the model that was meant and is out, where failover took another. */
  readonly insteadOf: string | null;
}

interface Refused {
  readonly refused: Refusal;
}

/** A wish with its style found, and what the offers are measured by. */
interface Search {
  /** The offers that the guild allows, in the order in which they are tried. */
  readonly allowed: readonly Offer[];
  readonly wish: Wish;
  readonly style: AskedStyle | undefined;
  readonly circumstances: Circumstances;
}

/**
 * Which model serves a wish: the one that the member names, else the first that does all of it, the
 * guild's default before the operator's order. It is allowed by the guild's rules, fits the
 * circumstances, and takes every option as it was given. Where it is out, the next that does the same
 * serves if the guild allows failover.
 *
 * @param offers in the operator's order
 * @param tried keys of models that have failed already; one of these is never chosen
 */
export function choose(
  offers: readonly Offer[],
  rules: GuildRules,
  wish: Wish,
  circumstances: Circumstances,
  tried: ReadonlySet<string> = new Set(),
): Chosen | Refused {
  const allowed = allowedInOrder(offers, rules);
  if (allowed.length === 0) return { refused: { reason: 'no-model' } };
  const named = wish.model === undefined ? undefined : findNamed(wish.model, offers, allowed);
  if (named && 'refused' in named) return named;

  const models = allowed.map(({ model }) => model);
  const style = wish.style === undefined ? undefined : askedStyle(wish.style, rules, models);
  if (wish.style !== undefined && style === undefined)
    return { refused: unknownStyle(wish.style, rules, allowed) };

  const search: Search = { allowed, wish, style, circumstances };
  const refusal = named ? whyNot(search, named) : whyNone(search);
  if (refusal) return { refused: refusal };

  const able = allowed.filter((offer) => canServe(search, offer) && !tried.has(offer.model.key));
  const meant = named ?? able[0];
  // All that could have failed already.
  if (!meant) return { refused: { reason: 'no-model' } };
  const isThere = (offer: Offer): boolean => offer.outUntil === undefined;
  const itself = able.find((each) => each === meant && isThere(each));
  const offer = itself ?? (rules.failover ? able.find(isThere) : undefined);
  if (!offer) return { refused: outRefusal(meant) };
  return {
    offer,
    request: requestFor(offer.model, { wish, style }, rules.requests, circumstances),
    insteadOf: offer === meant ? null : meant.model.title,
  };
}

/** The guild's default first, then the operator's order. */
function allowedInOrder(offers: readonly Offer[], rules: GuildRules): readonly Offer[] {
  const allowed = offers.filter(({ model }) => allows(rules, model));
  const first = allowed.filter(({ model }) => model.key === rules.defaultModel);
  return [...first, ...allowed.filter((offer) => !first.includes(offer))];
}

/** The model that the member means, where it is allowed. */
function findNamed(
  name: string,
  offers: readonly Offer[],
  allowed: readonly Offer[],
): Offer | Refused {
  const named = namedOffer(offers, name);
  if (named && allowed.includes(named)) return named;
  return {
    refused: {
      reason: 'model-not-allowed',
      model: named?.model.title ?? shortened(name),
      known: named !== undefined,
      allowed: titlesOf(allowed),
    },
  };
}

/** Why the model that the member names does not serve. */
function whyNot(search: Search, { model }: Offer): Refusal | undefined {
  const can = titlesOf(search.allowed.filter((offer) => canServe(search, offer)));
  const why = unsuited(model, search.circumstances);
  if (why) return { reason: 'model-unsuitable', model: model.title, why, can };
  const options = unhonoured(model.takes, search.wish, search.style);
  return options.length === 0
    ? undefined
    : { reason: 'not-honoured', model: model.title, closest: null, options, can };
}

/**
 * Why no model serves at all. Where none can do all of it, that is told which the one that comes closest
 * cannot do: without it the wish is honoured.
 */
function whyNone({ allowed, wish, style, circumstances }: Search): Refusal | undefined {
  const all = allowed.map(({ model }) => ({
    model,
    why: unsuited(model, circumstances),
    options: unhonoured(model.takes, wish, style),
  }));
  const suitable = all.filter(({ why }) => why === undefined);
  if (suitable.some(({ options }) => options.length === 0)) return undefined;

  const able = all.find(({ options }) => options.length === 0);
  const closest = suitable.toSorted((a, b) => a.options.length - b.options.length)[0];
  const unsuitable = able ?? (closest ? undefined : all[0]);
  if (unsuitable?.why)
    return {
      reason: 'model-unsuitable',
      model: unsuitable.model.title,
      why: unsuitable.why,
      can: [],
    };
  return {
    reason: 'not-honoured',
    model: null,
    closest: closest?.model.title ?? null,
    options: closest?.options ?? [],
    can: [],
  };
}

function canServe({ wish, style, circumstances }: Search, { model }: Offer): boolean {
  return (
    unsuited(model, circumstances) === undefined &&
    unhonoured(model.takes, wish, style).length === 0
  );
}

function outRefusal({ model, outUntil, outWhy }: Offer): Refusal {
  // It has failed already, and nothing else may or can do the same.
  if (outUntil === undefined) return { reason: 'no-model' };
  return outWhy === 'account'
    ? { reason: 'account-closed', until: outUntil }
    : { reason: 'unavailable', model: model.title, until: outUntil };
}

/** Of the styles that there are so many are named. */
const stylesNamed = 10;

function unknownStyle(
  name: string,
  { styles }: Pick<GuildRules, 'styles'>,
  allowed: readonly Offer[],
): Refusal {
  const own = allowed.flatMap(({ model }) => model.takes.styles ?? []);
  const known = [...new Set([...styles.map((style) => style.name), ...own])];
  return {
    reason: 'unknown-style',
    style: shortened(name),
    known: known.slice(0, stylesNamed),
  };
}

function titlesOf(offers: readonly Offer[]): string[] {
  return offers.map(({ model }) => model.title);
}
