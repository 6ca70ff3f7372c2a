import { Client, GatewayIntentBits, Options, Partials } from 'discord.js';
import type { RESTOptions } from 'discord.js';
import { Agent } from 'undici';
import { send } from './send.ts';

/**
 * A discord.js client that asks for no more than it needs: the intent `Guilds` (a thread's category
 * and age gate come from it) and nothing cached that only other intents would fill. A channel that it
 * was not told of (a private thread, say) it learns from the interaction that comes from there.
 *
 * @param apiUrl another Discord, for example `http://127.0.0.1:4000/api`; `null` is Discord itself
 */
export function createClient(apiUrl: string | null): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: {
        maxSize: 0,
        keepOverLimit: (member) => member.id === member.client.user.id,
      },
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ReactionManager: 0,
      StageInstanceManager: 0,
      GuildScheduledEventManager: 0,
    }),
    rest: {
      makeRequest: requests(),
      // Uploads of 25 MiB over a slow line; acknowledgements have a limit of their own.
      timeout: 60_000,
      ...(apiUrl === null ? {} : { api: apiUrl }),
    },
  });
}

/**
 * discord.js brings an undici of its own and finds its dispatcher through a global slot that any
 * other undici takes at import; its file uploads then fail. So requests go out by a dispatcher of
 * their own, and messages with files as lists of buffers (see multipart).
 */
function requests(): RESTOptions['makeRequest'] {
  const agent = new Agent({ allowH2: false });
  return async (url, init) => {
    try {
      return await send(agent, url, init);
    } catch (error) {
      // What discord.js takes for a reason to try again.
      throw isCut(error)
        ? Object.assign(new Error('the connection was cut', { cause: error }), {
            code: 'ECONNRESET',
          })
        : error;
    }
  };
}

/** What undici says of a connection that was cut under a request, as happens to kept-alive ones. */
const cutCodes = new Set<unknown>(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

function isCut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && cutCodes.has(error.code);
}
