import { Routes } from 'discord.js';
import type { Answer } from '../src/discord/answer.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Press } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import { problemOf } from '../src/discord/problem.ts';
import type { Generation } from '../src/domain/generation.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { cancel } from '../src/generation/cancel.ts';
import { deliver } from '../src/generation/deliver.ts';
import { leaseMs } from '../src/generation/parts.ts';
import { textBody } from '../src/messages/body.ts';
import { generationButtons } from '../src/messages/custom-id.ts';
import { textsFor } from '../src/messages/texts.ts';
import type { CommandParts } from './parts.ts';

/** The buttons of a generation's answer, by their action. They work after a restart. */
export function imagineButtons(commandParts: CommandParts): Record<string, ButtonHandler> {
  const { parts } = commandParts;
  const { store } = parts;
  return {
    cancel: {
      answers: 'update',
      async press(press, answer) {
        const tell = aside(press, answer);
        const generation = await allowed(store, press, 'author-or-manage-messages', tell);
        if (!generation) return;
        const outcome = await cancel(parts, generation.id);
        if (outcome !== 'cancelled') await tell({ reason: outcome });
      },
    },

    // The question is for whoever pressed alone. This press can still change the message 15 min from
    // now, the one that answers the question cannot, so its token is kept with the generation.
    delete: {
      answers: 'update',
      async press(press, answer) {
        const tell = aside(press, answer);
        const generation = await allowed(store, press, 'author-or-manage-messages', tell);
        if (!generation) return;
        await store.renewToken(generation.id, press.token, press.tokenEndsAt);
        const texts = textsFor(press.locale);
        const yes = {
          label: texts.buttons.reallyDelete,
          customId: generationButtons.reallyDelete(generation.id),
          danger: true,
        };
        await answer.followUpPrivately(textBody(texts.deletion.ask, [yes]));
      },
    },

    'really-delete': {
      answers: 'update',
      async press(press, answer) {
        const tell = instead(press, answer);
        const generation = await allowed(store, press, 'author-or-manage-messages', tell);
        if (!generation) return;
        const texts = textsFor(press.locale);
        if (!(await removeMessage(commandParts, generation))) {
          await answer.finish(textBody(texts.deletion.tooLate));
          return;
        }
        await store.markDeleted(generation.id);
        await parts.pictures.delete(generation.id);
        parts.log.info({ generation: generation.id, by: press.memberId }, 'pictures deleted');
        await answer.finish(textBody(texts.deletion.done));
      },
    },

    show: {
      answers: 'private',
      async press(press, answer) {
        const tell = instead(press, answer);
        const generation = await allowed(store, press, 'author', tell);
        if (!generation) return;
        const now = parts.clock.now();
        if (!(await store.claimWaiting(generation.id, parts.owner, now + leaseMs))) {
          await tell({ reason: 'gone' });
          return;
        }
        const { guildId, memberId } = generation.destination;
        const usage = await store.usage(guildId, memberId, now);
        await parts.active.work(generation.id, async () => {
          const claimed = { ...generation, delivery: 'pending' } as const;
          await deliver(parts, claimed, usage, destinationOf({ ...press, guildId }, true));
        });
      },
    },
  };
}

type Tell = (refusal: Refusal) => Promise<unknown>;

/** Beside the message with the button, for the presser alone. */
function aside(press: Press, answer: Answer): Tell {
  return (refusal) => answer.followUpPrivately(textBody(textsFor(press.locale).refusal(refusal)));
}

/** In place of the presser's own private message. */
function instead(press: Press, answer: Answer): Tell {
  return (refusal) => answer.finish(textBody(textsFor(press.locale).refusal(refusal)));
}

/** The generation that a button refers to; `undefined`, and told, where it is unknown or not for whoever pressed. */
async function allowed(
  store: CommandParts['parts']['store'],
  press: Press,
  needs: 'author' | 'author-or-manage-messages',
  tell: Tell,
): Promise<Generation | undefined> {
  const generation = await store.find(press.ref);
  if (!generation || generation.destination.guildId !== press.guildId) {
    await tell({ reason: 'gone' });
    return undefined;
  }
  const isAuthor = generation.destination.memberId === press.memberId;
  const mayModerate = needs === 'author-or-manage-messages' && press.may.manageMessages;
  if (isAuthor || mayModerate) return generation;
  await tell({ reason: 'not-yours', needs });
  return undefined;
}

/** Removes the message with the pictures: by the press that asked, else (in a channel) by the bot's own right. */
async function removeMessage(
  { answers, rest }: CommandParts,
  { destination, messageId }: Generation,
): Promise<boolean> {
  try {
    const { token } = destination;
    if (token !== null) {
      // With the token of the press that asked, not with that of an answer still known.
      answers.forget(destination.interactionId);
      await answers.at({ ...destination, token }).remove();
      answers.forget(destination.interactionId);
      return true;
    }
  } catch (error) {
    const problem = problemOf(error);
    if (problem === 'original-gone') return true;
    if (problem !== 'token-ended') throw error;
  }
  if (destination.private || messageId === null) return false;
  try {
    await rest.delete(Routes.channelMessage(destination.channelId, messageId));
  } catch (error) {
    if (problemOf(error) !== 'original-gone') throw error;
  }
  return true;
}
