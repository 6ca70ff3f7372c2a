import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import {
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { apiError, invalidForm } from './api-error.ts';
import { mentionsOf } from './channel-routes.ts';
import { numberComponents } from './component-tree.ts';
import type { Core } from './core.ts';
import type { Interaction } from './interaction.ts';
import { composeMessage } from './message-content.ts';
import type { MessageContent } from './message-content.ts';
import { parseBody, parseMessageBody } from './message-body.ts';
import type { MessageBody } from './message-body.ts';
import { messagePayload } from './message-payload.ts';
import { isPlaceholder } from './message-store.ts';
import type { Message } from './message-store.ts';
import { param } from './route.ts';
import type { Answer, Call, Route } from './route.ts';
import { sizeLimitOf } from './size-limit.ts';

const callback = z.looseObject({
  type: z.enum(InteractionResponseType),
  data: z.unknown().optional(),
});
const choices = z.looseObject({
  choices: z
    .array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) }))
    .max(25),
});
const modal = z.custom<APIModalInteractionResponseCallbackData>(
  (value) => z.looseObject({ custom_id: z.string(), title: z.string() }).safeParse(value).success,
  'must be a modal',
);

const nothing: MessageContent = { content: '', embeds: [], components: [], files: [], flags: 0 };

/** The first answer to an interaction. Source: interactions/receiving-and-responding. */
export function callbackRoute(core: Core): Route {
  const { interactions, board } = core;

  const answerWith: Record<number, (interaction: Interaction, data: unknown, call: Call) => void> =
    {
      [InteractionResponseType.ChannelMessageWithSource](interaction, data, call) {
        const body = parseMessageBody(data);
        const ephemeral = isEphemeral(body);
        const content = composeForInteraction(core, interaction, body, call, undefined, ephemeral);
        const message = board.post({
          channel: interaction.channel,
          type: answerType(interaction),
          content,
          interaction,
          onlyFor: ephemeral ? interaction.user : undefined,
          replyTo: interaction.sourceId,
          mentions: mentionsOf(core, interaction.channel, content, body),
        });
        interaction.originalId = message.id;
        interactions.acknowledge(interaction, { kind: 'message', ephemeral });
      },
      [InteractionResponseType.DeferredChannelMessageWithSource](interaction, data) {
        const body = parseMessageBody(data);
        if (((body.flags ?? 0) & ~MessageFlags.Ephemeral) !== 0)
          throw invalidForm({
            path: 'data.flags',
            code: 'MESSAGE_FLAGS_INVALID',
            message:
              'A deferred answer may be EPHEMERAL; every other flag is set when it is filled',
          });
        const ephemeral = isEphemeral(body);
        const message = board.post({
          channel: interaction.channel,
          type: answerType(interaction),
          content: nothing,
          interaction,
          onlyFor: ephemeral ? interaction.user : undefined,
          replyTo: interaction.sourceId,
          mentions: [],
          loading: true,
        });
        interaction.originalId = message.id;
        interactions.acknowledge(interaction, { kind: 'deferred', ephemeral });
      },
      [InteractionResponseType.DeferredMessageUpdate](interaction) {
        interaction.originalId = sourceOf(core, interaction).id;
        interactions.acknowledge(interaction, { kind: 'deferred-update' });
      },
      [InteractionResponseType.UpdateMessage](interaction, data, call) {
        const source = sourceOf(core, interaction);
        const body = parseMessageBody(data);
        const ephemeral = source.onlyFor !== undefined;
        const content = composeForInteraction(core, interaction, body, call, source, ephemeral);
        board.edit(source, content, []);
        interaction.originalId = source.id;
        interactions.acknowledge(interaction, { kind: 'update' });
      },
      [InteractionResponseType.ApplicationCommandAutocompleteResult](interaction, data) {
        interaction.choices = parseBody(choices, data).choices;
        interactions.acknowledge(interaction, { kind: 'choices' });
      },
      [InteractionResponseType.Modal](interaction, data) {
        const opened = parseBody(modal, structuredClone(data));
        numberComponents(opened.components);
        interaction.modal = opened;
        interactions.acknowledge(interaction, { kind: 'modal' });
      },
    };

  return {
    method: 'POST',
    template: '/interactions/:interaction/:token/callback',
    bot: false,
    operation: 'create-interaction-response',
    edited({ params, json }) {
      const updates = callback.safeParse(json).data?.type === InteractionResponseType.UpdateMessage;
      const { sourceId } = interactions.get(param(params, 'interaction')) ?? {};
      return updates ? core.messages.get(sourceId ?? '') : undefined;
    },
    handle: (call): Answer => {
      const interaction = interactions.toAnswer(
        param(call.params, 'interaction'),
        param(call.params, 'token'),
      );
      const { type, data } = parseBody(callback, call.json);
      const handle = answerWith[type];
      if (handle === undefined || !fits(type, interaction))
        throw invalidForm({
          path: 'type',
          code: 'INTERACTION_RESPONSE_TYPE_INVALID',
          message: `Response type ${type} is not possible for interaction type ${interaction.type}`,
        });
      handle(interaction, data, call);
      if (call.query.get('with_response') !== 'true') return { status: 204 };
      return { status: 200, body: callbackPayload(core, interaction, type) };
    },
  };
}

/** The content of an answer, under the interaction's own limits. */
export function composeForInteraction(
  { world, files }: Core,
  interaction: Interaction,
  body: MessageBody,
  { uploads }: Call,
  before: Message | undefined,
  ephemeral: boolean,
): MessageContent {
  const { guild } = interaction.channel;
  return composeMessage({
    body,
    uploads,
    before,
    sizeLimit: sizeLimitOf(guild),
    forbiddenWords: guild?.settings.forbiddenWords ?? [],
    embeds: true,
    store: files,
    folder: ephemeral
      ? `ephemeral-attachments/${world.bot.id}`
      : `attachments/${interaction.channel.id}`,
  });
}

export function isEphemeral(body: MessageBody): boolean {
  return ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

function answerType(interaction: Interaction): MessageType {
  return interaction.type === InteractionType.ApplicationCommand
    ? MessageType.ChatInputCommand
    : MessageType.Reply;
}

/** Which answers an interaction can have. */
function fits(type: InteractionResponseType, interaction: Interaction): boolean {
  const completes = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  if (type === InteractionResponseType.ApplicationCommandAutocompleteResult) return completes;
  if (completes) return false;
  if (type === InteractionResponseType.Modal)
    return interaction.type !== InteractionType.ModalSubmit;
  const changes =
    type === InteractionResponseType.DeferredMessageUpdate ||
    type === InteractionResponseType.UpdateMessage;
  return !changes || interaction.sourceId !== undefined;
}

function sourceOf(core: Core, interaction: Interaction): Message {
  const source = core.messages.get(interaction.sourceId ?? '');
  if (source === undefined) throw apiError(10008);
  return source;
}

function callbackPayload(core: Core, interaction: Interaction, type: number): unknown {
  const message = core.messages.get(interaction.originalId ?? '');
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message === undefined
        ? {}
        : {
            response_message_id: message.id,
            response_message_loading: isPlaceholder(message),
            response_message_ephemeral: message.onlyFor !== undefined,
            channel_id: interaction.channel.id,
            ...(interaction.channel.guild === undefined
              ? {}
              : { guild_id: interaction.channel.guild.id }),
          }),
    },
    ...(message === undefined
      ? {}
      : { resource: { type, message: messagePayload(message, core.world, core.files) } }),
  };
}
