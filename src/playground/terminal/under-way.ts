import type { Discord, DiscordEvent, Invocation, SeenMessage } from '../discord/control.ts';

/** How long an answer may be waited for, in real time. */
const limitMs = 60_000;
/** What has not been answered when the token ends comes by another way, if at all. */
const tokenLifeMs = 15 * 60_000;

/** The commands and presses that have no final answer yet. */
export interface UnderWay {
  command(invocation: Invocation): void;
  press(invocation: Invocation, messageId: string): void;
  /**
   * Resolves when each has its final answer; with `held` also when it shows that it is under way,
   * since then nothing more comes before somebody lets it.
   *
   * @throws when that does not happen within a minute of real time
   */
  settled(how: { readonly held: boolean }): Promise<void>;
}

interface Task {
  readonly invocation: Invocation;
  /** The message with the button that was pressed. */
  readonly pressed: string | undefined;
  /** The message with the button was changed for good, or removed. */
  touched: boolean;
  answered: boolean;
}

export function createUnderWay(
  discord: Discord,
  options: {
    readonly now: () => number;
    readonly isProgress: (message: SeenMessage) => boolean;
  },
): UnderWay {
  const tasks = new Set<Task>();

  discord.events.on('*', (event: DiscordEvent) => {
    for (const task of tasks) if (endsPress(task, event)) task.touched = true;
  });

  /** A press ends in the message with the button, or in a follow-up that not even the presser may see. */
  function endsPress({ invocation, pressed }: Task, event: DiscordEvent): boolean {
    switch (event.type) {
      case 'message-created':
        return event.interactionId === invocation.id && isFinalAnswer(event.message);
      case 'message-updated':
        return event.message.id === pressed && isFinalAnswer(event.message);
      case 'message-deleted':
        return event.messageId === pressed;
      default:
        return false;
    }
  }

  function isFinalAnswer(message: SeenMessage): boolean {
    return !message.thinking && !options.isProgress(message);
  }

  function isSettled(task: Task): boolean {
    const { invocation, pressed } = task;
    const { acknowledgement, answer } = invocation;
    if (acknowledgement === undefined) return false;
    if (options.now() >= invocation.createdAt + tokenLifeMs) return true;
    switch (acknowledgement.kind) {
      case 'failed':
      case 'message':
      case 'update':
      case 'choices':
      case 'modal':
        return true;
      case 'deferred':
        // A placeholder that is gone again was a refusal; it is told in a message of its own.
        task.answered ||= answer !== undefined;
        return answer === undefined ? task.answered : isFinalAnswer(answer);
      case 'deferred-update':
        return pressed === undefined || task.touched;
    }
  }

  /** A press shows it as well, where it has an answer of its own. */
  function isShown({ invocation: { acknowledgement, answer }, pressed }: Task): boolean {
    if (answer === undefined || answer.thinking) return false;
    return pressed === undefined || acknowledgement?.kind === 'deferred';
  }

  const add = (invocation: Invocation, pressed?: string): void => {
    tasks.add({ invocation, pressed, touched: false, answered: false });
  };

  return {
    command: (invocation) => add(invocation),
    press: (invocation, messageId) => add(invocation, messageId),
    async settled({ held }) {
      const look = (): boolean => {
        for (const task of tasks) if (isSettled(task)) tasks.delete(task);
        return tasks.size === 0 || (held && [...tasks].every(isShown));
      };
      try {
        await discord.events.until(look, { what: 'a final answer', limitMs });
      } finally {
        if (!held) tasks.clear();
      }
    },
  };
}
