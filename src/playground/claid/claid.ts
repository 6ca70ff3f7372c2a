import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ImageApi } from '../image-api/api.ts';
import { openImageApi } from '../image-api/image-api.ts';
import { receive } from '../image-api/receive.ts';
import { refuse } from '../image-api/refuse.ts';
import type { StandInStart } from '../image-api/stand-in-start.ts';
import type { ImageApiStandIn } from '../image-api/stand-in.ts';
import { storageOperation } from './faults.ts';
import type { ClaidFaults } from './faults.ts';
import { bucketFolder, bucketsFolder, tmpFolder } from './folders.ts';
import { handleGenerate } from './generate.ts';
import { defaultSettings } from './settings.ts';
import type { ClaidSettings } from './settings.ts';
import { handleStorageTypes } from './storage-types.ts';
import { claidVoice } from './voice.ts';

export type ClaidOptions = StandInStart & Partial<ClaidSettings>;

/** A running stand-in of Claid; its `apiUrl` is `http://127.0.0.1:PORT/v1`. */
export interface Claid extends ImageApiStandIn<ClaidSettings> {
  /** Under it stand the objects of the first storage by their keys; ends in `/`. */
  readonly bucketUrl: string;
  readonly faults: ClaidFaults;
}

/**
 * Starts a stand-in of Claid on 127.0.0.1: strict about everything that the contract and the
 * documentation say (status codes, envelopes, windows, charging), with faults on demand.
 */
export async function startClaid(options: ClaidOptions): Promise<Claid> {
  const { clock, port, key = 'claid-key', credits, ...wanted } = options;
  const settings: ClaidSettings = { ...defaultSettings(), ...wanted };
  const { api, standIn } = await openImageApi({
    name: 'claid',
    clock,
    port,
    key,
    credits,
    settings,
    apiPath: '/v1',
    pictureFolders: [tmpFolder, bucketsFolder],
    route,
  });
  return {
    ...standIn,
    get bucketUrl() {
      return `${api.origin()}${bucketFolder(settings.storages[0]?.bucket ?? '')}`;
    },
    faults: {
      ...standIn.faults,
      nextStorage(fault, times) {
        standIn.faults.nextAt(storageOperation, fault, times);
      },
    },
  };
}

async function route(
  api: ImageApi<ClaidSettings>,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (path === '/v1/image/generate') return handleGenerate(api, request, response, path);
  if (path === '/v1/storage/storage-types') {
    return handleStorageTypes(api, request, response, path);
  }
  const received = receive(api, request, response, path);
  refuse(claidVoice, response, 404, { 'x-request-id': received.requestId });
}
