import type { OptionAllows, Refusal, Unhonoured } from '../domain/refusal.ts';
import { count, relative } from './en-names.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';

const either = new Intl.ListFormat('en', { type: 'disjunction' });
const all = new Intl.ListFormat('en', { type: 'conjunction' });

/** Of many models or styles, so many are named. */
const named = 4;

type ModelRefusal = Extract<
  Refusal,
  {
    readonly reason:
      | 'unavailable'
      | 'not-honoured'
      | 'model-not-allowed'
      | 'no-model'
      | 'model-unsuitable'
      | 'unknown-style';
  }
>;

/** Why no model takes a request, and what would. Nothing is spent by then. */
export function modelRefusalText(refusal: ModelRefusal): string {
  switch (refusal.reason) {
    case 'unavailable':
      return `**${escape(refusal.model)}** does not answer at the moment. I try it again ${relative(refusal.until)}. Nothing was spent.`;
    case 'not-honoured':
      return notHonoured(refusal);
    case 'model-not-allowed':
      return refusal.known
        ? `**${escape(refusal.model)}** is not allowed on this server.${choose(refusal.allowed)} Nothing was spent.`
        : `There is no model called ${escape(cut(refusal.model, 60))} here.${choose(refusal.allowed)} Nothing was spent.`;
    case 'no-model':
      return 'There is no model that may be used on this server. Its moderators decide that with `/easel provider`. Nothing was spent.';
    case 'model-unsuitable':
      return `${unsuitable[refusal.why](escape(refusal.model))}${choose(refusal.can)} Nothing was spent.`;
    case 'unknown-style':
      return `There is no style called ${escape(cut(refusal.style, 60))} here.${
        refusal.known.length === 0 ? '' : ` There is ${listed(refusal.known, all)}.`
      } Nothing was spent.`;
  }
}

const unsuitable = {
  private: (model: string) =>
    `Everybody can see what **${model}** makes at the image service, so it cannot be private. Leave \`private\` out.`,
  'age-restricted': (model: string) =>
    `Nobody filters what **${model}** makes, so it works in age-restricted channels only.`,
} as const;

function notHonoured({
  model,
  closest,
  options,
  can,
}: Extract<Refusal, { reason: 'not-honoured' }>): string {
  const head =
    model === null
      ? `No model here can do all of that together.${closest === null ? '' : ` **${escape(closest)}** comes closest:`}`
      : `**${escape(model)}** cannot do that as it was asked:`;
  const lines = options.map((option) => `- ${unhonoured(option)}`);
  const tail = can.length > 0 ? ` ${listed(can, either)} can.` : '';
  return `${head}\n${lines.join('\n')}\nNothing was spent.${tail}`;
}

function unhonoured({ option, given, allowed }: Unhonoured): string {
  const name = `\`${option}\``;
  if (allowed === null) return `it does not take ${name}`;
  if (option === 'style' && allowed.kind === 'length')
    return `the words of ${name} ${escape(given)} leave no room for yours: they may have ${count(allowed.max, 'character')} there and have ${allowed.length.toLocaleString('en')}`;
  const gave = given === '' ? '' : `; you gave ${escape(cut(given, 60))}`;
  return `${name} ${allowedText(allowed)}${gave}`;
}

function allowedText(allowed: OptionAllows): string {
  switch (allowed.kind) {
    case 'length':
      return `may have ${allowed.max.toLocaleString('en')} characters there, with the words of a style; it has ${allowed.length.toLocaleString('en')}`;
    case 'integer':
    case 'number':
      return allowed.min === allowed.max
        ? `can only be ${allowed.min} there`
        : `goes from ${allowed.min} to ${allowed.max} there`;
    case 'boolean':
      return 'is True or False there';
    case 'choice':
      return `is ${listed(allowed.choices, either)} there`;
    case 'like':
      return `is ${allowed.what} there, for example ${allowed.example}`;
    case 'picture':
      return `is a picture (${allowed.types.map((type) => type.replace('image/', '')).join(', ')}) of at most ${Math.floor(allowed.maxBytes / 1_000_000)} MB there`;
    case 'different':
      return 'must be another one than those before it';
    case 'only-with':
      return `goes only with \`${allowed.other}\``;
  }
}

function choose(titles: readonly string[]): string {
  return titles.length === 0 ? '' : ` You can choose ${listed(titles, either)}.`;
}

function listed(names: readonly string[], format: Intl.ListFormat): string {
  const shown = names.slice(0, named).map((name) => `**${escape(name)}**`);
  const more = names.length - shown.length;
  return format.format([...shown, ...(more > 0 ? [count(more, 'more', 'more')] : [])]);
}
