import { z } from 'zod';
import type { Answer } from '../../src/discord/answer.ts';
import type { Press } from '../../src/discord/call.ts';
import type { ButtonHandler } from '../../src/discord/command.ts';
import type { Generation } from '../../src/domain/generation.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { textBody } from '../../src/messages/body.ts';
import { lastPicturesBody } from '../../src/messages/moderate-member-body.ts';
import { textsFor } from '../../src/messages/texts.ts';
import { mayModerate } from '../../src/policy/rights.ts';
import { screen } from '../../src/policy/screen.ts';
import { onPrivateAnswer } from '../on-private-answer.ts';
import type { CommandParts } from '../parts.ts';
import { finishWithPrompt } from './finish-with-prompt.ts';
import { lastPictures } from './last-pictures.ts';
import { removeAndBlock } from './remove-and-block.ts';
import { showGeneration } from './show-generation.ts';

type Tell = (refusal: Refusal) => Promise<unknown>;
type Pressed = Press & { readonly guildId: string };

/** A select's values, past the client. */
const oneId = z.tuple([z.string().regex(/^[\w-]{1,64}$/)]);

/** The buttons and the select on moderators' answers, by their action. They work after a restart. */
export function moderateHandlers(commandParts: CommandParts): Record<string, ButtonHandler> {
  const { parts } = commandParts;

  /** Whoever pressed, if it is a moderator now; else told, and `undefined`. */
  async function moderator(press: Press, tell: Tell): Promise<Pressed | undefined> {
    const { guildId, memberId } = press;
    const refused = screen({ guildId, memberId, missingPermissions: [] }, commandParts.doors);
    if (refused || guildId === null) {
      await tell(refused ?? { reason: 'guild-only' });
      return undefined;
    }
    const { rules } = await parts.settings.load(guildId);
    if (mayModerate(press, rules)) return { ...press, guildId };
    await tell({ reason: 'not-moderator', needs: 'Moderate Members' });
    return undefined;
  }

  /** A generation of this guild that was made and still has its words; else told, and `undefined`. */
  async function made(press: Pressed, id: string, tell: Tell): Promise<Generation | undefined> {
    const generation = await parts.store.find(id);
    const isOurs = generation?.state === 'made' && generation.destination.guildId === press.guildId;
    if (isOurs && generation.request.prompt !== '') return generation;
    await tell({ reason: 'gone' });
    return undefined;
  }

  async function remove(press: Press, answer: Answer, andBlock: boolean): Promise<void> {
    const tell = aside(press, answer);
    const pressed = await moderator(press, tell);
    const generation = pressed && (await made(pressed, pressed.ref, tell));
    if (generation) await removeAndBlock(commandParts, pressed, answer, generation, andBlock);
  }

  return {
    open: onPrivateAnswer({
      answers: 'private',
      async press(press, answer) {
        const tell = instead(press, answer);
        const pressed = await moderator(press, tell);
        if (!pressed) return;
        const chosen = oneId.safeParse(press.values);
        const generation = await made(pressed, chosen.data?.[0] ?? '', tell);
        if (generation) await showGeneration(commandParts, pressed, answer, generation);
      },
    }),

    last: onPrivateAnswer({
      answers: 'private',
      async press(press, answer) {
        const pressed = await moderator(press, instead(press, answer));
        if (!pressed) return;
        const { guildId, ref: memberId } = pressed;
        const generations = await lastPictures(parts, guildId, memberId);
        const view = { memberId, generations };
        const texts = textsFor(press.locale);
        await finishWithPrompt((withoutPrompt) =>
          answer.finish(lastPicturesBody(texts, { ...view, withoutPrompt })),
        );
      },
    }),

    delete: onPrivateAnswer({
      answers: 'update',
      press: (press, answer) => remove(press, answer, false),
    }),
    'delete-and-block': onPrivateAnswer({
      answers: 'update',
      press: (press, answer) => remove(press, answer, true),
    }),
  };
}

/** Beside the message with the button, for the presser alone. */
function aside(press: Press, answer: Answer): Tell {
  return (refusal) => answer.followUpPrivately(textBody(textsFor(press.locale).refusal(refusal)));
}

/** Where the presser's own private answer stands. */
function instead(press: Press, answer: Answer): Tell {
  return (refusal) => answer.finish(textBody(textsFor(press.locale).refusal(refusal)));
}
