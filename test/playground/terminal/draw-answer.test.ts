import { ApplicationCommandType } from 'discord-api-types/v10';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/discord/command.ts';
import { body, gallery, text } from '../../../src/messages/body.ts';
import type { SeenMessage } from '../../../src/playground/discord/control.ts';
import { drawAnswer } from '../../../src/playground/terminal/answer-picture/draw-answer.ts';
import { vagueMomentsFrom } from '../../../src/playground/terminal/moment.ts';
import { readerOn } from '../../../src/playground/terminal/reader-on.ts';
import { staffDesk } from '../../discord/staffed-desk.ts';

/** Black and white stripes: as much contrast as there can be. */
async function stripes(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1)
    pixels[at] = Math.floor(at / 3 / 8) % 2 === 0 ? 255 : 0;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** What a member sees of an answer with these galleries. */
async function drawn(galleries: readonly { readonly files: number; readonly spoiler: boolean }[]) {
  const data = await stripes(256, 128);
  const named = galleries.map(({ files, spoiler }, index) => ({
    spoiler,
    names: Array.from({ length: files }, (_, number) => `g${index}-${number}.png`),
  }));
  const command: Command = {
    definition: { type: ApplicationCommandType.ChatInput, name: 'show', description: 'Shows' },
    prepare: () => ({
      answers: 'public',
      async run(answer) {
        const parts = named.flatMap(({ names, spoiler }, index) => [
          text(`### Model ${index + 1}`),
          ...gallery(names, 'stripes', spoiler),
        ]);
        const files = named.flatMap(({ names }) => names.map((name) => ({ name, data })));
        await answer.finish(body([text('**a fox**'), ...parts]), files);
      },
    }),
    buttons: {},
  };
  const { discord, clock } = await staffDesk([command]);
  const used = discord.as('alice').command('show');
  const message = await used.waitFor(
    ({ answer }): SeenMessage | false | undefined => answer && !answer.thinking && answer,
  );
  const reader = readerOn(
    discord,
    vagueMomentsFrom(() => clock.now()),
  );
  return drawAnswer(message, reader);
}

/** How much the lightness differs within the only gallery, below the heading. */
async function contrast(picture: Buffer): Promise<number> {
  const { height } = await sharp(picture).metadata();
  const region = { left: 170, top: 280, width: 250, height: height - 440 };
  const { channels } = await sharp(await sharp(picture).extract(region).toBuffer()).stats();
  return channels[0]?.stdev ?? 0;
}

describe('an answer that is drawn', () => {
  it('covers pictures behind a spoiler, and those alone', async () => {
    const open = await drawn([{ files: 1, spoiler: false }]);
    const covered = await drawn([{ files: 1, spoiler: true }]);
    expect((await sharp(covered).metadata()).height).toBe((await sharp(open).metadata()).height);
    expect(await contrast(open)).toBeGreaterThan(60);
    expect(await contrast(covered)).toBeLessThan(15);
  });

  it('has each model of a comparison with pictures of its own, smaller than an only one', async () => {
    const one = await sharp(await drawn([{ files: 1, spoiler: false }])).metadata();
    const four = await sharp(
      await drawn([1, 2, 1, 2].map((files) => ({ files, spoiler: files === 2 }))),
    ).metadata();
    expect(four.height).toBeGreaterThan(one.height * 1.5);
    expect(four.height).toBeLessThan(one.height * 4);
  });
});
