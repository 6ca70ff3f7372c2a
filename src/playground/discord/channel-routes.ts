import { MessageType } from 'discord-api-types/v10';
import { apiError, invalidForm } from './api-error.ts';
import type { Core } from './core.ts';
import { componentTexts, composeMessage } from './message-content.ts';
import type { MessageContent } from './message-content.ts';
import { parseMessageBody } from './message-body.ts';
import type { MessageBody } from './message-body.ts';
import { mentionsIn, messagePayload, withNonce } from './message-payload.ts';
import { canSee, channelPermissions } from './message-store.ts';
import type { Message } from './message-store.ts';
import { channelPayload } from './payloads.ts';
import { has } from './permissions.ts';
import { buckets } from './rate-limits.ts';
import type { Bucket } from './rate-limits.ts';
import { param } from './route.ts';
import type { Answer, Call, Route } from './route.ts';
import { isTextBased, isThread } from './world.ts';
import type { Channel } from './world.ts';

/** Bots are told 10 MiB for messages of their own accord, however large the guild's limit is. */
const ownSizeLimit = 10 * 1024 * 1024;
/** "Some minutes" in Discord's words. */
const nonceLifeMs = 5 * 60_000;

/** Channels and the messages that the bot posts with its own token. Source: resources/message. */
export function channelRoutes(core: Core): Route[] {
  const { world, messages, board, files, clock } = core;

  const channelOf = ({ params }: Call): Channel => {
    const channel = world.channel(param(params, 'channel'));
    if (channel === undefined) throw apiError(10003);
    if (!has(channelPermissions(world.bot, channel), 'ViewChannel')) throw apiError(50001);
    return channel;
  };
  const messageOf = (call: Call): Message => {
    const channel = channelOf(call);
    if (!has(channelPermissions(world.bot, channel), 'ReadMessageHistory')) throw apiError(50013);
    const message = messages.get(param(call.params, 'message'));
    // Ephemeral messages do not exist for the bot's token.
    if (message === undefined || message.channel !== channel || message.onlyFor !== undefined)
      throw apiError(10008);
    return message;
  };
  const sentBefore = (channel: Channel, nonce: string | number | undefined): Message | undefined =>
    nonce === undefined
      ? undefined
      : messages
          .in(channel)
          .find(
            (message) => message.nonce === nonce && message.createdAt > clock.now() - nonceLifeMs,
          );
  const compose = (
    { uploads }: Call,
    body: MessageBody,
    channel: Channel,
    before: Message | undefined,
  ): { readonly content: MessageContent; readonly mentions: string[] } => {
    const permissions = channelPermissions(world.bot, channel);
    if (uploads.length > 0 && !has(permissions, 'AttachFiles')) throw apiError(50013);
    const content = composeMessage({
      body,
      uploads,
      before,
      sizeLimit: Math.min(
        channel.guild?.settings.attachmentSizeLimit ?? ownSizeLimit,
        ownSizeLimit,
      ),
      forbiddenWords: channel.guild?.settings.forbiddenWords ?? [],
      embeds: has(permissions, 'EmbedLinks'),
      store: files,
      folder: `attachments/${channel.id}`,
    });
    return { content, mentions: mentionsOf(core, channel, content, body) };
  };
  const created = (message: Message): Answer => ({
    status: 200,
    body: withNonce(message, messagePayload(message, world, files)),
  });
  const bucket =
    (name: string) =>
    (params: Readonly<Record<string, string>>): Bucket => ({
      name,
      key: param(params, 'channel'),
      ...buckets.channelMessages,
    });

  return [
    {
      method: 'GET',
      template: '/channels/:channel',
      bot: true,
      handle: (call) => ({ status: 200, body: channelPayload(channelOf(call)) }),
    },
    {
      method: 'POST',
      template: '/channels/:channel/typing',
      bot: true,
      handle: (call) => {
        channelOf(call);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      template: '/channels/:channel/messages',
      bot: true,
      handle: (call) => {
        const channel = channelOf(call);
        const limit = Math.min(Number(call.query.get('limit') ?? 50), 100);
        const after = BigInt(call.query.get('after') ?? 0);
        const before = BigInt(call.query.get('before') ?? Number.MAX_SAFE_INTEGER * 1024);
        const found = messages
          .in(channel)
          .filter((message) => canSee(world.bot, message))
          .filter(({ id }) => BigInt(id) > after && BigInt(id) < before);
        // After a message come the oldest that follow it; everywhere else the newest.
        const page = call.query.has('after') ? found.slice(0, limit) : found.slice(-limit);
        return {
          status: 200,
          body: page.toReversed().map((message) => messagePayload(message, world, files)),
        };
      },
    },
    {
      method: 'POST',
      template: '/channels/:channel/messages',
      bot: true,
      operation: 'create-message',
      bucket: bucket('create-message'),
      handle: (call) => {
        const channel = channelOf(call);
        if (!isTextBased(channel)) throw apiError(50008);
        const needed = isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages';
        if (!has(channelPermissions(world.bot, channel), needed)) throw apiError(50013);
        const body = parseMessageBody(call.json);
        const nonce = body.nonce ?? undefined;
        const first = body.enforce_nonce === true ? sentBefore(channel, nonce) : undefined;
        if (first !== undefined) return created(first);
        const replyTo = body.message_reference?.message_id;
        const target = replyTo === undefined ? undefined : messages.get(replyTo);
        const missing = replyTo !== undefined && target?.channel !== channel;
        if (missing && body.message_reference?.fail_if_not_exists !== false)
          throw invalidForm({
            path: 'message_reference',
            code: 'REPLIES_UNKNOWN_MESSAGE',
            message: 'Unknown message',
          });
        const { content, mentions } = compose(call, body, channel, undefined);
        const message = board.post({
          channel,
          type: target === undefined || missing ? MessageType.Default : MessageType.Reply,
          content,
          nonce,
          replyTo: missing ? undefined : replyTo,
          mentions,
        });
        return created(message);
      },
    },
    {
      method: 'GET',
      template: '/channels/:channel/messages/:message',
      bot: true,
      handle: (call) => ({ status: 200, body: messagePayload(messageOf(call), world, files) }),
    },
    {
      method: 'PATCH',
      template: '/channels/:channel/messages/:message',
      bot: true,
      operation: 'edit-message',
      edited: ({ params }) => messages.get(param(params, 'message')),
      bucket: bucket('edit-message'),
      handle: (call) => {
        const message = messageOf(call);
        if (message.author !== world.bot) throw apiError(50005);
        const { content, mentions } = compose(
          call,
          parseMessageBody(call.json),
          message.channel,
          message,
        );
        return {
          status: 200,
          body: messagePayload(board.edit(message, content, mentions), world, files),
        };
      },
    },
    {
      method: 'DELETE',
      template: '/channels/:channel/messages/:message',
      bot: true,
      bucket: bucket('delete-message'),
      handle: (call) => {
        const message = messageOf(call);
        const permissions = channelPermissions(world.bot, message.channel);
        if (message.author !== world.bot && !has(permissions, 'ManageMessages'))
          throw apiError(50013);
        board.delete(message);
        return { status: 204 };
      },
    },
  ];
}

/** Whom a message of the bot notifies. */
export function mentionsOf(
  { world }: Pick<Core, 'world'>,
  channel: Channel,
  content: MessageContent,
  body: MessageBody,
): string[] {
  return mentionsIn(
    [content.content, ...componentTexts(content.components)].join('\n'),
    body.allowed_mentions,
    has(channelPermissions(world.bot, channel), 'MentionEveryone'),
    channel.guild?.roles ?? new Map(),
    world.users,
  );
}
