import type { Clock } from '../../clock.ts';
import { StartError } from '../../start-error.ts';
import { textOf } from '../answer-body.ts';
import { createHttp } from '../http.ts';
import { s3Address, type S3Access } from './s3-address.ts';

const timeoutMs = 10_000;
const lifeMs = 60_000;
/** No picture is called so; whether it is there does not matter. */
const object = 'easel-asks-whether-its-key-is-good';

const elsewhere = 'is not in the region of CLAID_OUTPUT_REGION';

/** What a bucket says of a wrong setting, and which one that is. Source: S3's list of error codes. */
const wrong: ReadonlyMap<string | undefined, string> = new Map([
  ['InvalidAccessKeyId', 'does not know the key in CLAID_OUTPUT_ACCESS_KEY'],
  ['SignatureDoesNotMatch', 'does not accept the key in CLAID_OUTPUT_SECRET_KEY'],
  ['AuthorizationQueryParametersError', elsewhere],
  ['PermanentRedirect', elsewhere],
  ['NoSuchBucket', 'is not there: CLAID_OUTPUT_URL must be its endpoint with its name'],
]);

/**
 * Asks a private bucket for nothing in particular, with a signature: with a wrong one every picture
 * would be paid for and never be fetched. A bucket that is away is not the key's fault, and one that
 * knows the key but forbids is given the benefit of the doubt, since S3 forbids also what is not there.
 *
 * @param bucketUrl its endpoint with the bucket, without a trailing slash
 * @throws {StartError} naming the setting that is wrong
 */
export async function checkBucket(
  bucketUrl: string,
  access: S3Access,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const http = createHttp({ clock });
  const url = s3Address(`${bucketUrl}/${object}`, access, clock.now(), lifeMs);
  const once = { timeoutMs, maxBodyBytes: 65_536, connectPausesMs: [], signal };
  try {
    const answer = await http
      .send({ method: 'GET', url, headers: {}, ...once })
      .catch(() => undefined);
    const text = (answer && textOf(answer)) ?? '';
    const told = wrong.get(/<Code>(\w+)<\/Code>/.exec(text)?.[1]);
    if (told === undefined) return;
    const [, region] = /<Region>([a-z0-9-]{2,40})<\/Region>/.exec(text) ?? [];
    const hint = told === elsewhere && region !== undefined ? `; it is in ${region}` : '';
    throw new StartError(`The bucket of CLAID_OUTPUT ${told}${hint}.`);
  } finally {
    await http.close();
  }
}
