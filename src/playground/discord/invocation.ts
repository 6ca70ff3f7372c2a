import type { Core } from './core.ts';
import type { Interaction } from './interaction.ts';
import { canSee } from './message-store.ts';
import type { Message } from './message-store.ts';
import type { Invocation } from './person.ts';
import type { SeenMessage } from './seen.ts';
import { seenMessage } from './seen-message.ts';

/** Watches an interaction with the eyes of the person who made it. */
export function createInvocation(core: Core, interaction: Interaction): Invocation {
  const { messages, files, events } = core;

  const look = (id: string | undefined): SeenMessage | undefined => {
    const message: Message | undefined = id === undefined ? undefined : messages.get(id);
    if (message === undefined || !canSee(interaction.user, message)) return undefined;
    return seenMessage(message, files);
  };

  const invocation: Invocation = {
    id: interaction.id,
    token: interaction.token,
    createdAt: interaction.createdAt,
    acknowledged: interaction.settled.promise,
    get acknowledgement() {
      return interaction.acknowledgement;
    },
    get answer() {
      return look(interaction.originalId);
    },
    get followUps() {
      return interaction.followUpIds.map(look).filter((seen) => seen !== undefined);
    },
    get choices() {
      return interaction.choices;
    },
    get modal() {
      return interaction.modal;
    },
    async waitFor(see, options = {}) {
      const { what = 'what was waited for', limitMs } = options;
      try {
        return await events.until(() => see(invocation), {
          what,
          ...(limitMs === undefined ? {} : { limitMs }),
        });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`${message} ${interaction.user.name} sees: ${describe(invocation)}`, {
          cause: error,
        });
      }
    },
  };
  return invocation;
}

function describe({ acknowledgement, answer, followUps }: Invocation): string {
  return [
    `acknowledgement ${acknowledgement?.kind ?? 'none yet'}`,
    `answer ${answer === undefined ? 'none' : line(answer)}`,
    ...followUps.map((message) => `follow-up ${line(message)}`),
  ].join('; ');
}

function line({ text, ephemeral, thinking, files, buttons }: SeenMessage): string {
  return JSON.stringify({
    text,
    ...(ephemeral ? { ephemeral } : {}),
    ...(thinking ? { thinking } : {}),
    files: files.map(({ filename }) => filename),
    buttons: buttons.map(({ label }) => label),
  });
}
