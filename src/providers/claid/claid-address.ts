import type { ProvidedPicture } from '../../domain/provider.ts';
import type { ClaidPicture } from './claid-answer.ts';
import { fetchable } from '../fetchable.ts';
import { longestLifeMs, s3Address, type S3Access } from './s3-address.ts';

/** A storage of one's own that Claid writes to. */
export interface ClaidOutput {
  /** `storage://name/path/`, as it is connected at Claid. */
  readonly folder: string;
  /** The address under which the keys of its bucket can be fetched; with `access`, its endpoint with the bucket. */
  readonly url: string;
  /** For a bucket that is not public: its addresses are signed for 7 days. */
  readonly access?: S3Access | undefined;
}

/** Claid keeps pictures in its temporary bucket for one day. Source: Claid's docs, "output". */
const temporaryLifeMs = 24 * 3_600_000;

/**
 * Where a picture that Claid made can be fetched: in the bucket of one's own, else in Claid's.
 *
 * @param now ms since the epoch
 * @returns `undefined` where the answer names no place that can be asked
 */
export function claidAddress(
  picture: ClaidPicture,
  output: ClaidOutput | undefined,
  now: number,
): ProvidedPicture | undefined {
  const key = picture.object_key;
  const own = output && key !== undefined ? below(output.url, key) : undefined;
  if (own !== undefined && output?.access === undefined)
    return { kind: 'address', url: own, expiresAt: null, ownStorage: true };
  if (own !== undefined && output?.access !== undefined) {
    const url = s3Address(own, output.access, now, longestLifeMs);
    return { kind: 'address', url, expiresAt: now + longestLifeMs };
  }
  const temporary = fetchable(picture.tmp_url);
  if (temporary === undefined) return undefined;
  return { kind: 'address', url: temporary, expiresAt: now + temporaryLifeMs };
}

/** The key below the address. A key that would lead out of it is none: its host is trusted. */
function below(bucketUrl: string, key: string): string | undefined {
  const parts = key.replace(/^\/+/, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  if (!key.isWellFormed()) return undefined;
  return `${bucketUrl.replace(/\/+$/, '')}/${parts.map(encodeURIComponent).join('/')}`;
}
