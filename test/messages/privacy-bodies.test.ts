import { existsSync } from 'node:fs';
import { ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { readCustomId } from '../../src/messages/custom-id.ts';
import { en } from '../../src/messages/en.ts';
import { privacyEraseBody } from '../../src/messages/privacy-erase-body.ts';
import { privacyExportBody } from '../../src/messages/privacy-export-body.ts';
import { createContract } from '../../src/playground/discord/contract/contract.ts';

const openApiPath = new URL('../../../shared/specs/discord.openapi.json', import.meta.url).pathname;
const contract = createContract(existsSync(openApiPath) ? { openApiPath } : {});
const memberId = '9'.repeat(20);

describe('the answers of /privacy', () => {
  it('show the file that comes with the export', () => {
    const filename = `easel-${memberId}.json.gz`;
    const body = privacyExportBody('Here it is.', filename);
    const file = { name: 'files[0]', filename, bytes: 10, contentType: 'application/gzip' };
    expect(contract.check('update-original', body, [file])).toEqual([]);
    expect(JSON.stringify(body.components)).toContain(`attachment://${filename}`);
  });

  it('ask once more before erasing, by a button that names whose it is', () => {
    const body = privacyEraseBody(en, memberId);
    expect(contract.check('update-original', body, [])).toEqual([]);
    const row = body.components.find(({ type }) => type === ComponentType.ActionRow);
    const button = row && 'components' in row ? row.components[0] : undefined;
    const customId = button && 'custom_id' in button ? button.custom_id : '';
    expect(readCustomId(customId)).toEqual({ command: 'privacy', action: 'erase', ref: memberId });
  });

  it('say what goes, what stays and why, before and after', () => {
    for (const part of ['What goes', 'What stays', 'keyed hash', '30 days', 'blocks and limits'])
      expect(en.privacy.ask).toContain(part);
    for (const part of ['messages', 'blocks', 'keyed hash'])
      expect(en.privacy.stays).toContain(part);
  });

  it.each([
    en.privacy.exported(1),
    en.privacy.exported(20),
    en.privacy.erased(0),
    en.privacy.erased(1),
    en.privacy.erased(3),
    en.privacy.left(1),
    en.privacy.left(2),
    en.privacy.picturesLater(1),
    en.privacy.picturesLater(7),
    en.privacy.tooLarge(12),
  ])('read well: %s', (text) => {
    expect(text).not.toMatch(/undefined|NaN|\[object|Infinity/);
    expect(text).not.toMatch(/\b1 (requests|days|entries)\b/);
    expect(text).toMatch(/\.$/);
  });
});
