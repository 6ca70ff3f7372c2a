import type { ModelOption } from './model.ts';
import type { LimitSubject, mostRules, Period, WordRule } from './rule.ts';
import type { WordRuleProblem } from './word-rule-problem.ts';

/**
 * Why a request is not done. A closed set: each reason has its one wording in `messages/`, so that
 * the text is decided in one place. A refusal is for the member alone.
 */
export type Refusal =
  | {
      readonly reason: 'option';
      /** The option's name as Discord shows it. */
      readonly option: string;
      /** What was given, cut to a sensible length; empty where nothing was. */
      readonly given: string;
      readonly allowed: OptionAllows;
    }
  | { readonly reason: 'guild-only' }
  | { readonly reason: 'guild-not-allowed' }
  | { readonly reason: 'blocked' }
  | { readonly reason: 'missing-permissions'; readonly permissions: readonly string[] }
  | {
      readonly reason: 'queue-full';
      readonly whose: 'guild' | 'member';
      readonly limit: number;
      readonly ahead: number;
      /** When to come back, ms since the epoch. */
      readonly backAt: number;
    }
  | {
      readonly reason: 'cap';
      readonly whose: 'member' | 'guild' | 'bot';
      readonly cap: number;
      readonly spent: number;
      readonly needed: number;
      /** Credits for one picture. */
      readonly price: number;
      /** When the next credit frees up, and when enough of them; `null` when waiting does not help. */
      readonly freesAt: number | null;
      readonly backAt: number | null;
      /** So many pictures would be within all limits. */
      readonly fits: number;
    }
  /** A rule of the guild's moderators; the rest as above. */
  | {
      readonly reason: 'limit';
      readonly subject: LimitSubject;
      readonly period: Period;
      readonly limit: number;
      readonly spent: number;
      readonly needed: number;
      readonly price: number;
      /** The member's unspent granted credits, where they count. */
      readonly granted: number;
      readonly freesAt: number | null;
      readonly backAt: number | null;
      readonly fits: number;
    }
  /** A role of the member's has a limit of 0. */
  | { readonly reason: 'shut-out'; readonly roleId: string }
  | { readonly reason: 'too-many-pictures'; readonly most: number; readonly asked: number }
  | { readonly reason: 'cool-down'; readonly until: number; readonly seconds: number }
  /** The channel does not allow it; `allowedIn` names some that do. */
  | { readonly reason: 'channel'; readonly allowedIn: readonly string[] }
  | { readonly reason: 'words'; readonly hits: readonly WordHit[] }
  /** By the guild's moderators. */
  | { readonly reason: 'blocked-here'; readonly until: number | null; readonly why: string | null }
  | { readonly reason: 'stopped'; readonly why: string | null }
  | { readonly reason: 'content-refusals'; readonly count: number; readonly until: number }
  | { readonly reason: 'no-room' }
  | { readonly reason: 'account-closed'; readonly until: number }
  /** The model's API has been failing; it is asked again then. */
  | { readonly reason: 'unavailable'; readonly model: string; readonly until: number }
  /**
   * The model that was chosen cannot do what was asked or, where none was chosen, no model here can do
   * all of it. Models are named by their titles.
   */
  | {
      readonly reason: 'not-honoured';
      readonly model: string | null;
      /** Where none was chosen, the one that comes closest, of which the options are. */
      readonly closest: string | null;
      readonly options: readonly Unhonoured[];
      /** Those that may be used here and can do all of it. */
      readonly can: readonly string[];
    }
  /** The model is not allowed on this server, or there is none of that name; those that are. */
  | {
      readonly reason: 'model-not-allowed';
      readonly model: string;
      readonly known: boolean;
      readonly allowed: readonly string[];
    }
  /** The moderators allow no model at all, or the operator offers none that may be used here. */
  | { readonly reason: 'no-model' }
  /** Its pictures are public at the provider's, or nobody filters them. */
  | {
      readonly reason: 'model-unsuitable';
      readonly model: string;
      readonly why: 'private' | 'age-restricted';
      readonly can: readonly string[];
    }
  | {
      readonly reason: 'unknown-style';
      readonly style: string;
      /** Names of some that there are. */
      readonly known: readonly string[];
    }
  /** The words of a style itself break a rule on words, so it cannot be kept. */
  | { readonly reason: 'style-words'; readonly hits: readonly WordHit[] }
  | { readonly reason: 'style-exists'; readonly style: string }
  /** More models than a member may have requests under way and waiting. */
  | { readonly reason: 'too-many-models'; readonly most: number; readonly asked: number }
  /** What was confirmed costs more by now. */
  | { readonly reason: 'price-changed'; readonly credits: number }
  /** Pictures from an age-restricted channel are shown in such channels only. */
  | { readonly reason: 'age-restricted' }
  | { readonly reason: 'stopping' }
  | { readonly reason: 'not-yours'; readonly needs: 'author' | 'author-or-manage-messages' }
  /** For moderators only; `needs` is what Discord calls the permission. */
  | { readonly reason: 'not-moderator'; readonly needs: 'Manage Server' | 'Moderate Members' }
  /** More than the operator allows, whatever the moderators say. */
  | {
      readonly reason: 'above-operator';
      readonly option: string;
      readonly given: number;
      readonly most: number;
      /** The operator's setting. */
      readonly setting: string;
    }
  /** There is nothing to remove, lift or change under that name. */
  | { readonly reason: 'not-set'; readonly what: MaybeSet }
  /** It is so already. */
  | {
      readonly reason: 'no-change';
      readonly what: 'rule' | 'rules' | 'style' | 'stopped' | 'started';
    }
  | {
      readonly reason: 'too-many-rules';
      readonly most: number;
      readonly what: keyof typeof mostRules;
    }
  | { readonly reason: 'bad-word-rule'; readonly text: string; readonly problem: WordRuleProblem }
  /** The role that everybody has cannot be the moderators'. */
  | { readonly reason: 'everyones-role' }
  /** Bots do not ask for pictures, so no rule can be for one. */
  | { readonly reason: 'is-bot' }
  /** The bot could not write there; the permissions that it lacks. */
  | {
      readonly reason: 'cannot-post';
      readonly channelId: string;
      readonly permissions: readonly string[];
    }
  | { readonly reason: 'too-late' }
  | { readonly reason: 'over' }
  | { readonly reason: 'gone' }
  /** A second press on a button that asks for pictures. */
  | { readonly reason: 'asked-already' }
  /** An error of ours; the id is found in the log. */
  | { readonly reason: 'bug'; readonly incident: string; readonly spentNothing: boolean };

/** What may be set, and so may be asked for where it is not. */
export type MaybeSet =
  | 'limit'
  | 'channel-rule'
  | 'word-rule'
  | 'log-channel'
  | 'moderator-role'
  | 'block'
  | 'provider-rule'
  | 'default-model'
  | 'style'
  /** Unspent granted credits. */
  | 'grant';

/** What an option allows, in numbers. */
export type OptionAllows =
  | { readonly kind: 'length'; readonly min: number; readonly max: number; readonly length: number }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  /** A picture of one of these media types, of at most so many bytes. */
  | { readonly kind: 'picture'; readonly types: readonly string[]; readonly maxBytes: number }
  /** Another one than in the options before it. */
  | { readonly kind: 'different' }
  /** Only together with that other option. */
  | { readonly kind: 'only-with'; readonly other: string }
  /** One of these. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** Something of this kind, for example one like this. */
  | { readonly kind: 'like'; readonly what: string; readonly example: string };

/** An option that a model cannot honour as it was given. */
export interface Unhonoured {
  readonly option: ModelOption;
  /** What was given, cut to a sensible length. */
  readonly given: string;
  /** What the model takes there; `null` where it does not know the option at all. */
  readonly allowed: OptionAllows | null;
}

/** A rule on words and what it hit. */
export interface WordHit {
  readonly rule: WordRule;
  /** The part of the prompt, as it was written. */
  readonly found: string;
}

/** With how many pictures the request would be allowed; 0 where that is not what stops it. */
export function allowedPictures(refusal: Refusal): number {
  switch (refusal.reason) {
    case 'cap':
    case 'limit':
      return refusal.fits;
    case 'too-many-pictures':
      return refusal.most;
    default:
      return 0;
  }
}
