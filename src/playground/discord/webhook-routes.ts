import { MessageType } from 'discord-api-types/v10';
import { apiError } from './api-error.ts';
import { composeForInteraction, isEphemeral } from './callback-route.ts';
import { mentionsOf } from './channel-routes.ts';
import type { Core } from './core.ts';
import type { Interaction } from './interaction.ts';
import { parseMessageBody } from './message-body.ts';
import { messagePayload } from './message-payload.ts';
import { isPlaceholder } from './message-store.ts';
import type { Message } from './message-store.ts';
import { buckets } from './rate-limits.ts';
import type { Bucket } from './rate-limits.ts';
import { param } from './route.ts';
import type { Answer, Call, Route } from './route.ts';

/** The original answer and follow-ups, by the interaction's token. */
export function webhookRoutes(core: Core): Route[] {
  const { world, messages, board, files, interactions } = core;

  const interactionOf = ({ params }: Call): Interaction => {
    if (param(params, 'application') !== world.bot.id) throw apiError(10015);
    return interactions.toFollow(param(params, 'token'));
  };
  const messageOf = (call: Call): { interaction: Interaction; message: Message } => {
    const interaction = interactionOf(call);
    const id = call.params.message ?? interaction.originalId;
    // After an autocomplete or a modal there is no answer that could be meant.
    if (id === undefined) throw apiError(10015);
    const own = id === interaction.originalId || interaction.followUpIds.includes(id);
    const message = own ? messages.get(id) : undefined;
    if (message === undefined) throw apiError(10008);
    return { interaction, message };
  };
  const answer = (message: Message): Answer => ({
    status: 200,
    body: messagePayload(message, world, files),
  });
  const edit = (interaction: Interaction, message: Message, call: Call): Message => {
    const body = parseMessageBody(call.json);
    const ephemeral = message.onlyFor !== undefined;
    const content = composeForInteraction(core, interaction, body, call, message, ephemeral);
    return board.edit(message, content, mentionsOf(core, message.channel, content, body));
  };

  const change = (call: Call): Answer => {
    const { interaction, message } = messageOf(call);
    return answer(edit(interaction, message, call));
  };
  const remove = (call: Call): Answer => {
    const { message } = messageOf(call);
    board.delete(message);
    return { status: 204 };
  };
  const followUp = (call: Call): Answer => {
    const interaction = interactionOf(call);
    const original = messages.get(interaction.originalId ?? '');
    // Right after a defer a follow-up fills the placeholder, whatever flags it has.
    if (original !== undefined && isPlaceholder(original))
      return answer(edit(interaction, original, call));
    const body = parseMessageBody(call.json);
    const ephemeral = isEphemeral(body);
    const content = composeForInteraction(core, interaction, body, call, undefined, ephemeral);
    const message = board.post({
      channel: interaction.channel,
      type: original === undefined ? MessageType.Default : MessageType.Reply,
      content,
      interaction,
      onlyFor: ephemeral ? interaction.user : undefined,
      replyTo: original?.id,
      mentions: mentionsOf(core, interaction.channel, content, body),
    });
    interaction.followUpIds.push(message.id);
    return answer(message);
  };

  const edited = ({ params }: Call): Message | undefined => {
    const { originalId } = interactions.byToken(param(params, 'token')) ?? {};
    return messages.get(params.message ?? originalId ?? '');
  };
  const base = '/webhooks/:application/:token';
  const route = (
    method: Route['method'],
    template: string,
    handle: (call: Call) => Answer,
    operation?: Route['operation'],
  ): Route => ({
    method,
    template,
    bot: false,
    bucket: tokenBucket,
    handle,
    ...(operation === undefined ? {} : { operation }),
    ...(method === 'PATCH' ? { edited } : {}),
  });
  return [
    route('POST', base, followUp, 'execute-webhook'),
    route('GET', `${base}/messages/@original`, (call) => answer(messageOf(call).message)),
    route('PATCH', `${base}/messages/@original`, change, 'update-original'),
    route('DELETE', `${base}/messages/@original`, remove),
    route('GET', `${base}/messages/:message`, (call) => answer(messageOf(call).message)),
    route('PATCH', `${base}/messages/:message`, change, 'update-webhook-message'),
    route('DELETE', `${base}/messages/:message`, remove),
  ];
}

/** All requests with one interaction token share one allowance. */
function tokenBucket(params: Readonly<Record<string, string>>): Bucket {
  return { name: 'webhook', key: param(params, 'token'), ...buckets.webhook };
}
