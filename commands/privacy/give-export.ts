import type { Answer } from '../../src/discord/answer.ts';
import type { Call } from '../../src/discord/call.ts';
import { problemOf } from '../../src/discord/problem.ts';
import { textBody } from '../../src/messages/body.ts';
import { privacyExportBody } from '../../src/messages/privacy-export-body.ts';
import { textsFor } from '../../src/messages/texts.ts';
import type { CommandParts } from '../parts.ts';
import { exportFile } from './export-file.ts';

/** Discord takes 25 MiB in one request; text and multipart borders need a little. */
const requestBytes = 24 * 1024 * 1024;
const megabyte = 1024 * 1024;

/** `/privacy export`: a file of everything that is stored about a member, for them alone. */
export async function giveExport(
  { parts }: CommandParts,
  call: Call,
  answer: Answer,
): Promise<void> {
  const { memberId } = call;
  const texts = textsFor(call.locale).privacy;
  const stored = await parts.store.exportMember(memberId);
  const things = Object.values(stored).reduce((sum, list) => sum + list.length, 0);
  if (things === 0) {
    await answer.finish(textBody(texts.nothing));
    return;
  }
  if (call.missingPermissions(true).length > 0) {
    await answer.finish(textBody(texts.cannotAttach));
    return;
  }
  const exportedAt = new Date(parts.clock.now()).toISOString();
  const data = { about: texts.about, memberId, exportedAt, ...stored };
  const maxBytes = Math.min(call.maxFileBytes, requestBytes);
  const file = await exportFile(`easel-${memberId}`, data, maxBytes);
  const tooLarge = (bytes: number) =>
    answer.finish(textBody(texts.tooLarge(Math.ceil(bytes / megabyte))));
  if ('tooLargeBytes' in file) {
    await tooLarge(file.tooLargeBytes);
    return;
  }
  const { name, bytes, contentType, packed } = file;
  const text = [texts.exported(things), ...(packed ? [texts.packed] : [])].join('\n');
  try {
    await answer.finish(privacyExportBody(text, name), [{ name, data: bytes, contentType }]);
  } catch (error) {
    if (problemOf(error) !== 'too-large') throw error;
    await tooLarge(bytes.length);
  }
}
