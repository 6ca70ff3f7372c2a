import { askerOf } from '../src/discord/asker.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { ButtonHandler } from '../src/discord/command.ts';
import { generate } from '../src/generation/generate.ts';
import { draftButton } from './draft-button.ts';
import { atTheQueue } from './imagine-doors.ts';
import type { CommandParts } from './parts.ts';

/** Runs what a refusal offered to run instead. */
export function instead(commandParts: CommandParts, isPrivate: boolean): ButtonHandler {
  const { parts } = commandParts;
  const wanted = { private: isPrivate, compares: false };
  return draftButton(commandParts, wanted, async ({ draft: { wish }, id, press }) => {
    const asker = askerOf(press);
    const full = atTheQueue(commandParts, asker, await parts.settings.load(press.guildId));
    if (full) return full;
    return generate(parts, { id, destination: destinationOf(press, isPrivate), asker, wish });
  });
}
