import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { Generation } from '../domain/generation.ts';
import type { Block } from '../domain/rule.ts';
import { body, select, text } from './body.ts';
import type { Body } from './body.ts';
import { explanationLines } from './easel-explanation.ts';
import type { ExplanationView } from './easel-explanation.ts';
import { moderateButtons } from './moderate-buttons.ts';
import type { Texts } from './texts.ts';

export interface ModerateMemberView {
  readonly memberId: string;
  /** Whether they are on this server now. */
  readonly here: boolean;
  /** The block that is in force. */
  readonly block: Block | null;
  /** Credits that their requests here took in the last 24 h and 30 days. */
  readonly spent: { readonly day: number; readonly month: number };
  /** Every rule that touches them, and their unspent granted credits. */
  readonly explanation: ExplanationView;
  /** ms since the epoch. */
  readonly now: number;
}

export interface LastPicturesView {
  readonly memberId: string;
  /** Newest first, at most 25. */
  readonly generations: readonly Generation[];
  /** Without the member's words, because AutoMod does not let them through. */
  readonly withoutPrompt: boolean;
}

/** A member as moderators see them: block, use, rules, and their last pictures to choose from. */
export function moderateMemberBody(
  texts: Texts,
  view: ModerateMemberView,
  last: LastPicturesView,
): Body {
  const words = texts.moderate.member;
  const lines = [
    words.title(view.memberId),
    ...(view.here ? [] : [words.left]),
    words.block(view.block),
    words.spent(view.spent.day, view.spent.month),
    ...explanationLines(texts, view.explanation, view.now),
    words.last(last.generations.length),
  ];
  return body([text(lines.join('\n')), ...choice(texts, last)]);
}

/** A member's last pictures to choose from. */
export function lastPicturesBody(texts: Texts, view: LastPicturesView): Body {
  const words = texts.moderate.member;
  const lines = [words.lastTitle(view.memberId), words.last(view.generations.length)];
  return body([text(lines.join('\n')), ...choice(texts, view)]);
}

function choice(texts: Texts, view: LastPicturesView): APIMessageTopLevelComponent[] {
  const { generations, memberId, withoutPrompt } = view;
  const words = texts.moderate.member;
  return select({
    customId: moderateButtons.open(memberId),
    placeholder: words.choose,
    options: generations.map((generation) => ({
      label: withoutPrompt ? words.unnamed : generation.request.prompt.replaceAll(/\s+/gu, ' '),
      description: words.option(
        generation.createdAt,
        generation.request.images,
        stateOf(generation),
      ),
      value: generation.id,
    })),
  });
}

function stateOf({ delivery, destination }: Generation): 'private' | 'deleted' | null {
  if (delivery === 'deleted') return 'deleted';
  return destination.private ? 'private' : null;
}
