import type { Generation } from '../domain/generation.ts';
import { body, gallery, row, text } from './body.ts';
import type { Body, Button } from './body.ts';
import { cut } from './cut.ts';
import { escape } from './escape.ts';
import { moderateButtons } from './moderate-buttons.ts';
import { settings } from './result-notes.ts';
import type { Texts } from './texts.ts';

export interface ModerateGenerationView {
  readonly generation: Generation;
  /** The model's name for people. */
  readonly title: string;
  /** Whether its message can be seen; `here` where the answer stands at that very message. */
  readonly message: 'here' | 'stands' | 'gone' | 'private' | 'none' | 'deleted';
  /** `null` where the pictures are not to be shown. */
  readonly pictures: ShownPictures | null;
  /** Whether its member may be blocked by whoever looks at it. */
  readonly mayBlock: boolean;
  /** Without the member's words, because AutoMod does not let them through. */
  readonly withoutPrompt: boolean;
}

export interface ShownPictures {
  /** Names of the files that come with the message, in order. */
  readonly fileNames: readonly string[];
  /** So many are not in the spool any more. */
  readonly notKept: number;
  /** Why none come although they are kept. */
  readonly hindered: 'cannotAttach' | 'tooLarge' | null;
}

/** Source: Discord's message components reference: a media item's and an attachment's description. */
const maxAltUnits = 1024;

/** A generation as moderators see it: who, prompt, settings, when, its pictures, and what can be done. */
export function moderateGenerationBody(texts: Texts, view: ModerateGenerationView): Body {
  const { generation, pictures, withoutPrompt } = view;
  const fileNames = pictures?.fileNames ?? [];
  const alt = withoutPrompt ? '' : cut(generation.request.prompt, maxAltUnits);
  return body(
    [
      text(withoutPrompt ? texts.result.textHidden : `**${escape(generation.request.prompt)}**`),
      ...gallery(fileNames, alt),
      text(facts(texts, view).join('\n')),
      ...row(buttons(texts, view)),
    ],
    fileNames.map((_, index) => ({ id: String(index), description: alt })),
  );
}

function facts(texts: Texts, view: ModerateGenerationView): string[] {
  const { generation, title, message, pictures, withoutPrompt } = view;
  const { destination, request, credits, createdAt } = generation;
  const { memberId, channelId } = destination;
  const words = texts.moderate.generation;
  return [
    words.asked(memberId, channelId, createdAt, destination.private),
    ...messageLine(texts, generation, message),
    ...(pictures === null ? [] : pictureLines(texts, generation, pictures)),
    ...negativeLine(texts, request, withoutPrompt),
    `-# ${words.settings(title, request.images, settings(texts, generation), credits)}`,
  ];
}

/** Other than in the answer, moderators see all of it. */
function negativeLine(
  texts: Texts,
  { negative }: Generation['request'],
  withoutPrompt: boolean,
): string[] {
  return negative === undefined || withoutPrompt ? [] : [`-# ${texts.result.negative(negative)}`];
}

function messageLine(
  texts: Texts,
  { destination, messageId }: Generation,
  message: ModerateGenerationView['message'],
): string[] {
  const words = texts.moderate.generation;
  if (message === 'here') return [];
  if (message !== 'stands') return [words.message[message]];
  const { guildId, channelId } = destination;
  return [words.link(`https://discord.com/channels/${guildId}/${channelId}/${messageId ?? ''}`)];
}

function pictureLines(texts: Texts, generation: Generation, pictures: ShownPictures): string[] {
  const words = texts.moderate.generation;
  const { fileNames, notKept, hindered } = pictures;
  const blank = generation.pictures.filter(({ kind }) => kind === 'blank').length;
  const lost = generation.pictures.filter(({ kind }) => kind === 'lost').length;
  return [
    ...(hindered === null ? [] : [words[hindered]]),
    ...(blank > 0 ? [words.blank(blank)] : []),
    ...(lost > 0 ? [words.lost(lost)] : []),
    ...(notKept > 0 ? [words.notKept(notKept, notKept + fileNames.length)] : []),
  ];
}

function buttons(texts: Texts, view: ModerateGenerationView): Button[] {
  const { generation, message, mayBlock } = view;
  const { id, destination } = generation;
  const words = texts.moderate.buttons;
  const last = { label: words.last, customId: moderateButtons.last(destination.memberId) };
  if (message === 'deleted') return [last];
  return [
    { label: words.delete, customId: moderateButtons.delete(id), danger: true },
    ...(mayBlock
      ? [
          {
            label: words.deleteAndBlock,
            customId: moderateButtons.deleteAndBlock(id),
            danger: true,
          },
        ]
      : []),
    last,
  ];
}
