import { askerOf } from '../src/discord/asker.ts';
import { destinationOf } from '../src/discord/call.ts';
import type { Answer } from '../src/discord/answer.ts';
import type { Call } from '../src/discord/call.ts';
import type { ButtonHandler, Command } from '../src/discord/command.ts';
import { tellRefusal } from '../src/discord/tell-refusal.ts';
import { generationId } from '../src/domain/generation.ts';
import { compare as carryOut, costOf, screenComparison } from '../src/generation/compare.ts';
import type { Comparison } from '../src/generation/compare.ts';
import { draftMs } from '../src/generation/refuse.ts';
import { textBody } from '../src/messages/body.ts';
import { compareConfirmBody } from '../src/messages/compare-confirm-body.ts';
import { textsFor } from '../src/messages/texts.ts';
import { compareDefinition } from './compare-definition.ts';
import { compareOptionsReader } from './compare-options.ts';
import { draftButton } from './draft-button.ts';
import { atTheDoors } from './imagine-doors.ts';
import { imagineRanges } from './imagine-ranges.ts';
import { createImagineSuggest } from './imagine-suggest.ts';
import type { CommandParts } from './parts.ts';

/** `/compare`: one text on several models, in one message, after a look at what it costs together. */
export function compare(commandParts: CommandParts): Command {
  const { parts } = commandParts;
  const ranges = imagineRanges(parts.catalogue.offers().map(({ model }) => model));
  const readOptions = compareOptionsReader(ranges);
  return {
    definition: compareDefinition(ranges),
    prepare(call, given) {
      const options = readOptions(given);
      if ('refused' in options) return options;
      const passed = atTheDoors(commandParts, call, options.private);
      if ('reason' in passed) return { refused: passed };
      const { guildId } = passed;
      const here = { ...call, guildId };
      const { wish, models, private: isPrivate } = options;
      const comparison: Comparison = {
        id: generationId(call.interactionId, 0),
        destination: destinationOf(here, isPrivate, models.length),
        asker: askerOf(here),
        wish,
        models,
      };
      return {
        answers: 'private',
        run: (answer) => ask(commandParts, call, answer, comparison),
      };
    },
    buttons: { run: confirmed(commandParts, false), 'run-private': confirmed(commandParts, true) },
    suggest: createImagineSuggest(parts),
  };
}

/** Nothing is spent before its member has seen what it costs together. */
async function ask(
  { parts }: CommandParts,
  call: Call,
  answer: Answer,
  comparison: Comparison,
): Promise<void> {
  const { asker, destination, wish } = comparison;
  const texts = textsFor(call.locale);
  const settings = await parts.settings.load(asker.guildId);
  const all = screenComparison(parts, comparison, settings);
  if ('refused' in all) {
    parts.metrics.refusals.inc({ reason: all.refused.reason });
    return tellRefusal(all.refused, (told) => answer.finish(textBody(texts.refusal(told))));
  }
  await parts.store.keepDraft({
    id: call.interactionId,
    guildId: asker.guildId,
    memberId: asker.memberId,
    wish,
    models: all.map(({ offer }) => offer.model.key),
    credits: costOf(all),
    private: destination.private,
    expiresAt: parts.clock.now() + draftMs,
  });
  await answer.finish(
    compareConfirmBody(texts, {
      draft: { id: call.interactionId, private: destination.private },
      models: all.map(({ offer, request }) => ({
        title: offer.model.title,
        images: request.images,
        credits: offer.price * request.images,
      })),
    }),
  );
}

function confirmed(commandParts: CommandParts, isPrivate: boolean): ButtonHandler {
  const { parts } = commandParts;
  const wanted = { private: isPrivate, compares: true };
  return draftButton(commandParts, wanted, ({ draft: { wish, models, credits }, id, press }) =>
    carryOut(parts, {
      id,
      destination: destinationOf(press, isPrivate, models.length),
      asker: askerOf(press),
      wish,
      models,
      confirmed: credits,
    }),
  );
}
