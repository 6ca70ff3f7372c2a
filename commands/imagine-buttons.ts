import type { Answer } from '../src/discord/answer.ts';
import { askerOf } from '../src/discord/asker.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Press } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import { generationId } from '../src/domain/generation.ts';
import type { Generation } from '../src/domain/generation.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { cancel } from '../src/generation/cancel.ts';
import { deliver } from '../src/generation/deliver.ts';
import { generate } from '../src/generation/generate.ts';
import { leaseMs } from '../src/generation/parts.ts';
import { remainingOf } from '../src/generation/terms.ts';
import { textBody } from '../src/messages/body.ts';
import { generationButtons } from '../src/messages/custom-id.ts';
import { textsFor } from '../src/messages/texts.ts';
import { deleteGeneration } from './delete-generation.ts';
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
        const outcome = await deleteGeneration(commandParts, generation, press.memberId);
        await answer.finish(textBody(texts.deletion[outcome]));
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
        const { guildId } = generation.destination;
        const remaining = await remainingOf(parts, generation.destination);
        await parts.active.work(generation.id, async () => {
          const claimed = { ...generation, delivery: 'pending' } as const;
          await deliver(parts, claimed, remaining, destinationOf({ ...press, guildId }, true));
        });
      },
    },

    fewer: { answers: 'public', press: (press, answer) => runDraft(commandParts, press, answer) },
    'fewer-private': {
      answers: 'private',
      press: (press, answer) => runDraft(commandParts, press, answer),
    },
  };
}

/** Runs the request that was refused with as many pictures as were allowed. It is checked anew. */
async function runDraft(commandParts: CommandParts, press: Press, answer: Answer): Promise<void> {
  const { parts, provider, price } = commandParts;
  const draft = await parts.store.draft(press.ref, parts.clock.now());
  const tell = instead(press, answer);
  if (!draft || draft.guildId !== press.guildId) {
    await tell({ reason: 'gone' });
    return;
  }
  if (draft.memberId !== press.memberId) {
    await tell({ reason: 'not-yours', needs: 'author' });
    return;
  }
  const { guildId } = draft;
  const outcome = await generate(parts, {
    // By the draft's id, so that a second press does not ask a second time.
    id: generationId(draft.id, 0),
    destination: destinationOf({ ...press, guildId }, draft.private),
    asker: askerOf({ ...press, guildId }),
    provider,
    request: draft.request,
    price,
  });
  if (outcome === 'repeated') await tell({ reason: 'asked-already' });
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
  const mayModerate = needs === 'author-or-manage-messages' && press.may.manageMessages;
  if (isAuthor || mayModerate) return generation;
  await tell({ reason: 'not-yours', needs });
  return undefined;
}
