import { answer } from './answer.ts';
import type { GenerateFault } from './faults.ts';
import { findFault } from './find-fault.ts';
import { garbage } from './garbage.ts';
import { gzipBomb } from './gzip-bomb.ts';
import { cut } from './receive.ts';
import { refuse } from './refuse.ts';
import { sendHuge } from './send-huge.ts';
import type { Exchange, Voice } from './voice.ts';

/** Whether a fault ends the request before any picture is made. */
export function failsBeforeMaking(faults: readonly GenerateFault[]): boolean {
  return faults.some((it) => {
    switch (it.kind) {
      case 'status':
      case 'redirect':
      case 'huge':
        return it.charged !== true;
      case 'gzip':
        return it.body !== 'good' && it.charged !== true;
      case 'garbage':
        return it.charged === false;
      case 'cut':
        return it.when === 'before-charging';
      default:
        return false;
    }
  });
}

/**
 * Ends the request in the way of a fault that replaces the answer: of several, the first in the order
 * of this function. Returns false where there is none.
 */
export async function fail(
  voice: Voice,
  exchange: Exchange,
  faults: readonly GenerateFault[],
): Promise<boolean> {
  const { received, response } = exchange;
  const broken = findFault(faults, 'cut');
  // Where something of the answer is sent first, there must be one.
  if (broken !== undefined && broken.atByte === undefined) {
    cut(received, response);
    return true;
  }
  const headers = exchange.headers();
  const status = findFault(faults, 'status');
  const spoilt = findFault(faults, 'garbage');
  const redirect = findFault(faults, 'redirect');
  const huge = findFault(faults, 'huge');
  const gzip = findFault(faults, 'gzip');
  if (status !== undefined) {
    refuse(voice, response, status.status, headers, status);
  } else if (spoilt !== undefined) {
    const bad = garbage(spoilt, voice.garbage);
    answer(response, bad.status, { ...headers, ...bad.headers }, bad.body);
  } else if (redirect !== undefined) {
    answer(response, redirect.status ?? 302, { ...headers, location: redirect.to }, '');
  } else if (huge !== undefined) {
    await sendHuge(response, {
      headers: { 'content-type': 'application/json', ...headers },
      start: Buffer.from('{"filler":"'),
      filler: 0x78,
      end: Buffer.from('"}'),
      bytes: huge.bytes,
      declared: huge.declared,
    });
  } else if (gzip !== undefined && gzip.body !== 'good') {
    const bomb = gzipBomb(gzip.unpackedBytes ?? 200_000_000);
    answer(response, 200, { ...headers, 'content-encoding': 'gzip' }, bomb);
  } else {
    return false;
  }
  return true;
}
