import type { IncomingMessage } from 'node:http';
import { readBody } from './answer.ts';
import type { ImageApi, ReceivedRequest } from './api.ts';

/** The body of a call. */
export interface CallBody {
  /** `undefined` where it is longer than allowed. */
  readonly text: string | undefined;
  /** `undefined` where the text is no JSON. */
  readonly json: unknown;
}

/** Reads a call's body, writes down its text and prompt, and tells that the request arrived. */
export async function readCall(
  api: ImageApi,
  received: ReceivedRequest,
  request: IncomingMessage,
  options: {
    readonly maxBodyBytes: number;
    /** The prompt in a body that may be anything. */
    promptOf(json: unknown): string | undefined;
  },
): Promise<CallBody> {
  const text = await readBody(request, options.maxBodyBytes);
  const json = text === undefined ? undefined : parseJson(text);
  received.body = text;
  received.prompt = options.promptOf(json);
  api.events.emit('request', received);
  return { text, json };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
