import { ApplicationCommandOptionType } from 'discord.js';
import type { Window } from '../../src/domain/ledger.ts';
import { periodMs } from '../../src/domain/rule.ts';
import { termsFor } from '../../src/generation/terms.ts';
import { en } from '../../src/messages/en.ts';
import { moderateMemberBody } from '../../src/messages/moderate-member-body.ts';
import type { ModerateMemberView } from '../../src/messages/moderate-member-body.ts';
import { explain } from '../../src/policy/explain.ts';
import { windowsOf } from '../../src/policy/windows.ts';
import type { Asked } from '../asked.ts';
import type { CommandParts } from '../parts.ts';
import { finishWithPrompt } from './finish-with-prompt.ts';
import { lastPictures } from './last-pictures.ts';
import type { Subcommand } from './subcommand.ts';
import { readTarget, targetOption } from './target.ts';
import type { Target } from './target.ts';
import { blockInForce } from '../../src/domain/block-in-force.ts';

/** `/moderate member`: their block, use, rules and last pictures. */
export function member(commandParts: CommandParts): Subcommand {
  return {
    definition: {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'member',
      description: en.moderate.subcommands.member,
      options: [targetOption],
    },
    prepare(asked) {
      const { call, texts } = asked;
      const target = readTarget(asked);
      if ('refused' in target) return target;
      return {
        answers: 'private',
        async run(answer) {
          const [view, generations] = await Promise.all([
            look(commandParts, asked, target),
            lastPictures(commandParts.parts, call.guildId, target.id),
          ]);
          const last = { memberId: target.id, generations };
          await finishWithPrompt((withoutPrompt) =>
            answer.finish(moderateMemberBody(texts, view, { ...last, withoutPrompt })),
          );
        },
      };
    },
  };
}

async function look(
  { parts }: CommandParts,
  { call }: Asked,
  { id: memberId, here, roleIds }: Target,
): Promise<ModerateMemberView> {
  const { settings, store, clock, limits } = parts;
  const { guildId } = call;
  const now = clock.now();
  const { rules, blocks } = await settings.load(guildId);
  const terms = termsFor(parts, rules, { guildId, memberId, roleIds });
  const windows = windowsOf(rules, limits.caps, terms.asker);
  const [standing, spent] = await Promise.all([
    store.standing(guildId, memberId, windows, now),
    store.spent(useWindows(guildId, memberId), now),
  ]);
  return {
    memberId,
    here,
    block: blockInForce(blocks, memberId, now),
    spent: { day: spent[0]?.credits ?? 0, month: spent[1]?.credits ?? 0 },
    explanation: explain(terms, standing),
    now,
  };
}

function useWindows(guildId: string, memberId: string): Window[] {
  const pot = { kind: 'member', guildId, memberId } as const;
  return [
    { pot, lengthMs: periodMs.day },
    { pot, lengthMs: periodMs.month },
  ];
}
