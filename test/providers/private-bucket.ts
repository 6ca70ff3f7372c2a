import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { S3Access } from '../../src/providers/claid/s3-address.ts';
import { listen } from './listen.ts';

/** A bucket on 127.0.0.1 that gives its objects to signed addresses only. */
export interface PrivateBucket {
  /** Path style, without a trailing slash. */
  readonly url: string;
  /** The status of each answer, in order. */
  readonly statuses: number[];
  close(): Promise<void>;
}

/**
 * Works each signature out for itself, from what came over the wire: AWS Signature Version 4 in the
 * query. Source: AWS, "Authenticating requests: using query parameters".
 *
 * @param now ms since the epoch
 * @param object the bytes of a key; `undefined` where there is none
 */
export async function startPrivateBucket(
  access: S3Access,
  now: () => number,
  object: (key: string) => Promise<Uint8Array | undefined>,
): Promise<PrivateBucket> {
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = decodeURIComponent(request.url?.split('?')[0] ?? '').replace('/my-bucket/', '');
    const signed = isSigned(request, access, now());
    const bytes = signed ? await object(key) : undefined;
    response.statusCode = signed ? (bytes === undefined ? 404 : 200) : 403;
    statuses.push(response.statusCode);
    const code = signed ? 'NoSuchKey' : refusalOf(request, access);
    response.end(bytes ?? `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
  }
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/my-bucket`,
    statuses,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function isSigned(request: IncomingMessage, access: S3Access, now: number): boolean {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const parameters = new URLSearchParams(query);
  const of = (name: string): string => parameters.get(`X-Amz-${name}`) ?? '';
  const [keyId, day = '', region = '', ...rest] = of('Credential').split('/');
  if (keyId !== access.accessKey || region !== access.region) return false;
  if (rest.join('/') !== 's3/aws4_request') return false;
  const [, year, month, date, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(of('Date')) ?? [];
  const signedAt = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  const lifeMs = Number(of('Expires')) * 1000;
  if (!(signedAt <= now && now < signedAt + lifeMs && lifeMs <= 604_800_000)) return false;
  const unsigned = query.split('&').filter((part) => !part.startsWith('X-Amz-Signature='));
  const asked = [
    request.method,
    path,
    unsigned.toSorted().join('&'),
    `host:${request.headers.host}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ];
  const key = mac(mac(mac(mac(`AWS4${access.secretKey}`, day), region), 's3'), 'aws4_request');
  const hash = createHash('sha256').update(asked.join('\n')).digest('hex');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${of('Date')}\n${scope}\n${hash}`;
  return mac(key, text).toString('hex') === of('Signature');
}

function refusalOf({ url = '' }: IncomingMessage, { accessKey, region }: S3Access): string {
  const [keyId, , named] =
    new URLSearchParams(url.split('?')[1]).get('X-Amz-Credential')?.split('/') ?? [];
  if (keyId === undefined) return 'AccessDenied';
  if (keyId !== accessKey) return 'InvalidAccessKeyId';
  return named === region
    ? 'SignatureDoesNotMatch'
    : `AuthorizationQueryParametersError</Code><Region>${region}</Region><Code>`;
}

function mac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
