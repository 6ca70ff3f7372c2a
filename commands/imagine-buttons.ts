import type { Answer } from '../src/discord/answer.ts';
import type { Press } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import type { Generation } from '../src/domain/generation.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { cancel } from '../src/generation/cancel.ts';
import { groupOf } from '../src/generation/group-of.ts';
import { textBody } from '../src/messages/body.ts';
import { generationButtons } from '../src/messages/custom-id.ts';
import { textsFor } from '../src/messages/texts.ts';
import { deleteGeneration } from './delete-generation.ts';
import { instead as runInstead } from './imagine-instead.ts';
import { showWaiting } from './imagine-show.ts';
import { onPrivateAnswer } from './on-private-answer.ts';
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
        if (!generation || !(await onItsMessage(press, generation, tell))) return;
        const outcome = await cancel(parts, generation.id, generation.destination.sharedBy);
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
        // Of a comparison, the first that was made has the message.
        const group = await groupOf(parts, generation);
        const shown = group.find(({ messageId }) => messageId !== null) ?? generation;
        if (!(await onItsMessage(press, shown, tell))) return;
        // Where its message is not known yet, this one may be any, and its token is not trusted.
        if (shown.messageId !== null)
          await store.renewToken(shown.id, press.token, press.tokenEndsAt);
        const texts = textsFor(press.locale);
        const yes = {
          label: texts.buttons.reallyDelete,
          customId: generationButtons.reallyDelete(generation.id),
          danger: true,
        };
        await answer.followUpPrivately(textBody(texts.deletion.ask, [yes]));
      },
    },

    'really-delete': onPrivateAnswer({
      answers: 'update',
      async press(press, answer) {
        const tell = instead(press, answer);
        const generation = await allowed(store, press, 'author-or-manage-messages', tell);
        if (!generation) return;
        const texts = textsFor(press.locale);
        const outcome = await deleteGeneration(commandParts, generation, press.memberId);
        await answer.finish(textBody(texts.deletion[outcome]));
      },
    }),

    show: {
      answers: 'private',
      async press(press, answer) {
        const tell = instead(press, answer);
        const generation = await allowed(store, press, 'author', tell);
        if (!generation) return;
        if (generation.destination.ageRestricted && !press.ageRestricted)
          return void (await tell({ reason: 'age-restricted' }));
        const shown = await showWaiting(commandParts, press, generation);
        if (!shown) await tell({ reason: 'gone' });
      },
    },

    instead: runInstead(commandParts, false),
    'instead-private': runInstead(commandParts, true),
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
  // Of what was erased or is past retention nothing is left but its numbers.
  const known = generation !== undefined && generation.request.prompt !== '';
  if (!known || generation.destination.guildId !== press.guildId) {
    await tell({ reason: 'gone' });
    return undefined;
  }
  const isAuthor = generation.destination.memberId === press.memberId;
  // The right to manage messages is that in the channel of the press.
  const mayModerate =
    needs === 'author-or-manage-messages' &&
    press.may.manageMessages &&
    press.channelId === generation.destination.channelId;
  if (isAuthor || mayModerate) return generation;
  await tell({ reason: 'not-yours', needs });
  return undefined;
}

/** Whether a button was pressed on the generation's own message, as far as that is known; else told. */
async function onItsMessage(
  { messageId }: Press,
  generation: Generation,
  tell: Tell,
): Promise<boolean> {
  if (generation.messageId === null || generation.messageId === messageId) return true;
  await tell({ reason: 'gone' });
  return false;
}
