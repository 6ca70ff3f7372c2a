import { openImageApi } from '../image-api/image-api.ts';
import { receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { StandInStart } from '../image-api/stand-in-start.ts';
import type { ImageApiStandIn } from '../image-api/stand-in.ts';
import { dialects } from './dialects.ts';
import type { OpenaiServer } from './dialects.ts';
import { handleGenerate } from './generate.ts';
import { handleModels } from './models.ts';
import type { Order } from './order.ts';
import { defaultSettings } from './settings.ts';
import type { OpenaiSettings } from './settings.ts';

export interface OpenaiOptions extends StandInStart, Partial<OpenaiSettings> {
  /** Which of the servers it is. Default: OpenAI itself. */
  readonly server?: OpenaiServer;
  /** The one good key; empty where none is asked for. Default: `openai-key` for OpenAI, else none. */
  readonly key?: string;
}

/** A running stand-in; its `apiUrl` is `http://127.0.0.1:PORT/v1`. */
export interface OpenaiStandIn extends ImageApiStandIn<OpenaiSettings> {
  readonly server: OpenaiServer;
  /** What it made of the requests that it took, commands in their prompts obeyed, in order. */
  readonly orders: readonly Order[];
}

/**
 * Starts a stand-in of a server for `POST /images/generations` on 127.0.0.1, as strict or as careless
 * as the one that it stands for, with faults on demand.
 */
export async function startOpenai(options: OpenaiOptions): Promise<OpenaiStandIn> {
  const { server = 'openai', clock, port, key = usualKey(server), credits, ...wanted } = options;
  const dialect = dialects[server];
  const settings: OpenaiSettings = { ...defaultSettings(dialect.models), ...wanted };
  const orders: Order[] = [];
  const { standIn } = await openImageApi<OpenaiSettings>({
    name: server,
    clock,
    port,
    key,
    credits,
    settings,
    apiPath: '/v1',
    pictureFolders: [dialect.pictureFolder],
    async route(api, request, response, path) {
      if (path === '/v1/images/generations')
        return handleGenerate(api, dialect, request, response, path, (order) => orders.push(order));
      if (path === '/v1/models') return handleModels(api, dialect, request, response, path);
      const received = receive(api, request, response, path);
      refuse(dialect.voice, response, 404, { 'x-request-id': received.requestId });
    },
  });
  return { ...standIn, server, orders };
}

function usualKey(server: OpenaiServer): string {
  return server === 'openai' ? 'openai-key' : '';
}
