import { Client, GatewayIntentBits, Options } from 'discord.js';
import type { RESTOptions } from 'discord.js';

/**
 * A discord.js client that asks for no more than it needs: the intent `Guilds` (a thread's category
 * and age gate come from it) and nothing cached that only other intents would fill.
 *
 * @param apiUrl another Discord, for example `http://127.0.0.1:4000/api`; `null` is Discord itself
 */
export function createClient(apiUrl: string | null): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
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
      makeRequest: fetchRequest,
      // Uploads of 25 MiB over a slow line; acknowledgements have a limit of their own.
      timeout: 60_000,
      ...(apiUrl === null ? {} : { api: apiUrl }),
    },
  });
}

/**
 * discord.js brings an undici of its own and finds its dispatcher through a global slot that any
 * other undici takes at import; its file uploads then fail. Node's own fetch does not share that
 * slot. The two packages' types of the same web standards differ, hence the cast.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const fetchRequest = fetchOrReset as unknown as RESTOptions['makeRequest'];

/** What undici says of a connection that was cut under a request, as happens to kept-alive ones. */
const cutCodes = new Set<unknown>(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** fetch hides a cut connection in its error's cause, where discord.js does not look before it tries again. */
async function fetchOrReset(...request: Parameters<typeof fetch>): Promise<Response> {
  try {
    return await fetch(...request);
  } catch (error) {
    const cause: unknown = error instanceof TypeError ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cutCodes.has(cause.code))
      throw Object.assign(new Error('the connection was cut', { cause }), { code: 'ECONNRESET' });
    throw error;
  }
}
