import { createHash, createHmac } from 'node:crypto';

/** Who may read a bucket: the keys of AWS, or the HMAC keys of Google Cloud Storage. */
export interface S3Access {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Of the bucket, for example `eu-west-1`; Google takes any, for example `auto`. */
  readonly region: string;
}

/** No signature lives longer. Source: AWS, "Authenticating requests: using query parameters". */
export const longestLifeMs = 7 * 24 * 3_600_000;

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * An address with which anybody can fetch a private object until it ends: AWS Signature Version 4 in
 * the query. Source: AWS, "Authenticating requests: using query parameters".
 *
 * @param url of the object, virtual-hosted or path style, its path percent-encoded, without a query
 * @param now ms since the epoch, from when on it holds
 * @param lifeMs at most {@link longestLifeMs}
 */
export function s3Address(url: string, access: S3Access, now: number, lifeMs: number): string {
  const { origin, host, pathname } = new URL(url);
  const time = new Date(now).toISOString().replace(/\.\d+|[:-]/g, '');
  const scope = `${time.slice(0, 8)}/${access.region}/s3/aws4_request`;
  const path = pathname.split('/').map(encodedOnce).join('/');
  // In the order of their names, as they are signed.
  const query = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${access.accessKey}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(Math.floor(lifeMs / 1000))],
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name = '', value = '']) => `${name}=${encoded(value)}`)
    .join('&');
  const request = ['GET', path, query, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(request).digest('hex');
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${access.secretKey}`);
  const signature = hmac(key, [algorithm, time, scope, hash].join('\n')).toString('hex');
  return `${origin}${path}?${query}&X-Amz-Signature=${signature}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** A part of a path, encoded already, as it is signed. */
function encodedOnce(part: string): string {
  return encoded(decodeURIComponent(part));
}

/** AWS encodes all but letters, digits and `-._~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
