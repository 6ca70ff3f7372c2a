import { askerOf } from '../src/discord/asker.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Call } from '../src/discord/call.ts';
import type { Command, Prepared, Refused } from '../src/discord/command.ts';
import { tellRefusal } from '../src/discord/tell-refusal.ts';
import { generationId } from '../src/domain/generation.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { generate } from '../src/generation/generate.ts';
import type { Asked } from '../src/generation/generate.ts';
import { keepDraft } from '../src/generation/refuse.ts';
import { screen } from '../src/generation/screen.ts';
import { refusalBody } from '../src/messages/refusal-body.ts';
import { textsFor } from '../src/messages/texts.ts';
import { alternative } from '../src/policy/alternative.ts';
import { imagineButtons } from './imagine-buttons.ts';
import { imagineDefinition } from './imagine-definition.ts';
import { atTheDoors, atTheQueue } from './imagine-doors.ts';
import { imagineOptionsReader } from './imagine-options.ts';
import { imagineRanges } from './imagine-ranges.ts';
import { createImagineSuggest } from './imagine-suggest.ts';
import type { CommandParts } from './parts.ts';

/** `/imagine`: pictures from a text. */
export function imagine(commandParts: CommandParts): Command {
  const { parts, attachmentHosts } = commandParts;
  const ranges = imagineRanges(parts.catalogue.offers().map(({ model }) => model));
  const readOptions = imagineOptionsReader(ranges, attachmentHosts);
  return {
    definition: imagineDefinition(ranges, parts.limits.defaultImages),
    prepare(call, given) {
      const options = readOptions(given);
      if ('refused' in options) return options;
      const passed = atTheDoors(commandParts, call, options.private);
      if ('reason' in passed) return { refused: passed };
      const { guildId } = passed;
      const asked: Asked = {
        id: generationId(call.interactionId, 0),
        destination: destinationOf({ ...call, guildId }, options.private),
        asker: askerOf({ ...call, guildId }),
        wish: options.wish,
      };
      // Not in memory is no refusal: it is loaded after the acknowledgement then.
      const settings = parts.settings.peek(guildId);
      const chosen = settings && screen(parts, asked, settings);
      if (chosen && 'refused' in chosen)
        return refuseAtOnce(commandParts, call, asked, chosen.refused);
      const full = atTheQueue(commandParts, asked.asker, settings);
      if (full) return { refused: full };
      return {
        answers: options.private ? 'private' : 'public',
        repeatable: true,
        async run() {
          await generate(parts, asked, settings && chosen && { settings, chosen });
        },
      };
    },
    buttons: imagineButtons(commandParts),
    suggest: createImagineSuggest(parts),
  };
}

/** Where something else would be allowed it is kept first, for the button that runs it. */
function refuseAtOnce(
  { parts }: CommandParts,
  call: Call,
  { destination, wish }: Asked,
  refused: Refusal,
): Prepared | Refused {
  if (!alternative(refused, wish)) return { refused };
  return {
    answers: 'private',
    async run(answer) {
      parts.metrics.refusals.inc({ reason: refused.reason });
      const draftId = await keepDraft(parts, destination, wish, refused);
      const draft = draftId === undefined ? undefined : { ...destination, id: draftId };
      await tellRefusal(refused, (told) =>
        answer.finish(refusalBody(textsFor(call.locale), told, draft)),
      );
    },
  };
}
