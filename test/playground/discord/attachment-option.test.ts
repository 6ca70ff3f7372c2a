import { once } from 'node:events';
import type { ApplicationCommandDataResolvable } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ClientRefused, ServerRefused } from '../../../src/playground/discord/control.ts';
import type { GivenFile, Invocation } from '../../../src/playground/discord/control.ts';
import { startBot, startPlayground } from './bot.ts';

const vary: ApplicationCommandDataResolvable = {
  name: 'vary',
  description: 'Varies a picture',
  options: [
    { type: 11, name: 'image', description: 'Which', required: true },
    { type: 11, name: 'mask', description: 'Where', fileTypes: ['image', '.psd'] },
    { type: 3, name: 'model', description: 'By which', autocomplete: true },
  ],
};

/** The header of a picture of 3 × 2 pixels. */
const dotPng = Buffer.from(
  '89504e470d0a1a0a0000000d494844520000000300000002080200000012163f4d',
  'hex',
);
const dot: GivenFile = { filename: 'dot.png', bytes: dotPng };

const payload = z.looseObject({
  data: z.looseObject({
    options: z.array(z.unknown()),
    resolved: z.looseObject({ attachments: z.record(z.string(), z.unknown()) }).optional(),
  }),
});

/** A command that takes files, and what a bot is sent of its uses, as it goes over the wire. */
async function studio() {
  const { discord } = await startPlayground();
  const { client } = await startBot(discord, () => Promise.resolve(), [vary]);
  const hear = async (use: () => Invocation) => {
    const heard = once(client.ws, 'INTERACTION_CREATE');
    use();
    return payload.parse((await heard)[0]).data;
  };
  return { discord, alice: discord.as('alice'), hear };
}

describe('an option that takes a file', () => {
  it('is sent as an id, with the file among what is resolved', async () => {
    const { discord, alice, hear } = await studio();
    const { options, resolved } = await hear(() => alice.command('vary', { image: dot }));
    const [id = ''] = Object.keys(resolved?.attachments ?? {});
    expect(options).toEqual([{ name: 'image', type: 11, value: id }]);
    const url = expect.stringMatching(
      `^${discord.origin}/ephemeral-attachments/\\d+/${id}/dot\\.png\\?ex=[0-9a-f]+&is=[0-9a-f]+&hm=[0-9a-f]{64}&$`,
    ) as string;
    expect(resolved).toEqual({
      attachments: {
        [id]: {
          id,
          filename: 'dot.png',
          size: dotPng.length,
          url,
          proxy_url: url,
          content_type: 'image/png',
          width: 3,
          height: 2,
          ephemeral: true,
        },
      },
    });
    expect(discord.violations).toEqual([]);
  });

  it('serves the file under its signed address alone, for a day', async () => {
    const { discord, clock } = await startPlayground();
    const { client } = await startBot(discord, () => Promise.resolve(), [vary]);
    const heard = once(client.ws, 'INTERACTION_CREATE');
    discord.as('alice').command('vary', { image: dot });
    const { resolved } = payload.parse((await heard)[0]).data;
    const [file] = Object.values(resolved?.attachments ?? {});
    const { url } = z.looseObject({ url: z.string() }).parse(file);
    const got = await fetch(url);
    expect(got.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await got.arrayBuffer())).toEqual(dotPng);
    expect((await fetch(url.replace(/\?.*/, ''))).status).toBe(404);
    clock.advance(25 * 3_600_000);
    expect((await fetch(url)).status).toBe(404);
  });

  it('takes the type from the bytes, else from the name, unless the client says another', async () => {
    const { alice, hear } = await studio();
    const described = async (image: GivenFile) => {
      const { resolved } = await hear(() => alice.command('vary', { image }));
      return Object.values(resolved?.attachments ?? {})[0];
    };
    const bytes = Buffer.from('no picture at all, whatever its name may say');
    expect(await described({ filename: 'dot.txt', bytes: dotPng })).toMatchObject({
      content_type: 'image/png',
    });
    const liar = await described({ filename: 'a.JPG', bytes });
    expect(liar).toMatchObject({ content_type: 'image/jpeg', size: bytes.length });
    expect(liar).not.toHaveProperty('width');
    expect(await described({ filename: 'a', bytes })).not.toHaveProperty('content_type');
    expect(
      await described({ filename: 'dot.png', bytes: dotPng, contentType: 'text/plain' }),
    ).toMatchObject({ content_type: 'text/plain', width: 3 });
  });

  it('takes no text, no wrong kind of file, and none that is too large', async () => {
    const { discord, alice, hear } = await studio();
    const refused = (options: Parameters<typeof alice.command>[1]) => () =>
      alice.command('vary', options);
    expect(refused({})).toThrow(/image: is required/);
    expect(refused({ image: 'dot.png' })).toThrow(/image: must be a file/);
    const notes = { filename: 'notes.txt', bytes: dotPng };
    expect(refused({ image: dot, mask: notes })).toThrow(/mask: must be one of image, \.psd/);
    for (const filename of ['a.webp', 'a.PSD'])
      await hear(refused({ image: notes, mask: { ...dot, filename } }));
    // The client looks at the name alone; a tampered one not even at that.
    await hear(() => alice.command('vary', { image: dot, mask: notes }, { raw: true }));
    discord.guild().settings.attachmentSizeLimit = dotPng.length - 1;
    expect(refused({ image: dot })).toThrow(ClientRefused);
    expect(() => alice.command('vary', { image: dot }, { raw: true })).toThrow(ServerRefused);
    expect(refused({ image: dot })).toThrow(/33 bytes; 32 may be uploaded here/);
  });

  it('is not uploaded while another option is typed', async () => {
    const { alice, hear } = await studio();
    const data = await hear(() => alice.complete('vary', { image: dot, model: 'f' }, 'model'));
    expect(data.options).toEqual([{ name: 'model', type: 3, value: 'f', focused: true }]);
    expect(data.resolved).toBeUndefined();
  });
});
