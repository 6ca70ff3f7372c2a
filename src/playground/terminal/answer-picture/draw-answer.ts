import { ButtonStyle } from 'discord-api-types/v10';
import sharp from 'sharp';
import type { SeenButton, SeenMessage, SeenSelect } from '../../discord/control.ts';
import type { Reader, Span, TextLine } from '../markdown.ts';
import { viewOf } from '../message-view.ts';
import type { Part } from '../message-view.ts';
import { deed } from '../print-message.ts';
import { botAvatar, personAvatar } from './avatars.ts';
import { colours } from './colours.ts';
import { drawGallery } from './gallery.ts';
import { createTextSetter } from './text-setting.ts';
import type { Stretch, TextSetter } from './text-setting.ts';

const widthPx = 700;
/** For screens with two dots to a pixel. */
const scale = 2;
const leftPx = 76;
const contentPx = 592;
const galleryPx = 560;
/** Where several models are compared, so that the whole can be taken in. */
const smallGalleryPx = 360;
const textSizePx = 16;
const smallSizePx = 13;
const aboveHeadingPx = 8;

/** Something drawn, and how far down it reaches. */
interface Drawn {
  readonly svg: string;
  readonly heightPx: number;
}

/** A message as a dark channel shows it, as a PNG of twice its size in px. */
export async function drawAnswer(message: SeenMessage, reader: Reader): Promise<Buffer> {
  const setter = createTextSetter();
  let y = 18;
  let svg = '';
  if (message.usedBy !== undefined) {
    svg += drawUse(setter, message, message.usedBy, y);
    y += 26;
  }
  svg += botAvatar(18, y + 1, 42) + drawAuthor(setter, message.author, y);
  y += 26;
  const parts = viewOf(message, reader);
  const galleries = parts.filter(({ kind }) => kind === 'pictures').length;
  for (const part of parts) {
    const drawn = await drawPart(setter, part, y, galleries > 1 ? smallGalleryPx : galleryPx);
    svg += drawn.svg;
    y += drawn.heightPx;
  }
  if (message.ephemeral) {
    svg += setter.line(
      [{ text: 'Only you can see this', colour: colours.faint }],
      leftPx,
      y + 14,
      smallSizePx,
    ).svg;
    y += 22;
  }
  const heightPx = Math.ceil(y + 16);
  const background = message.ephemeral ? colours.forOneAlone : colours.background;
  const whole =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx * scale}" height="${heightPx * scale}" viewBox="0 0 ${widthPx} ${heightPx}">` +
    `<rect width="${widthPx}" height="${heightPx}" rx="12" fill="${background}"/>${svg}</svg>`;
  return sharp(Buffer.from(whole), { unlimited: true })
    .png({ palette: true, quality: 100, effort: 10 })
    .toBuffer();
}

/** "alice used /imagine", with the line that leads to the answer below. */
function drawUse(
  setter: TextSetter,
  message: SeenMessage,
  { person, command }: NonNullable<SeenMessage['usedBy']>,
  y: number,
): string {
  const baseline = y + 13;
  const [, used = '', what = ''] = /^(used )?(.*)$/s.exec(deed(message, command ?? '')) ?? [];
  const words: Stretch[] = [
    { text: ` ${used}`, colour: colours.faint },
    { text: what, colour: used === '' ? colours.faint : colours.command },
  ];
  return (
    `<path d="M39 ${y + 23}V${y + 13}Q39 ${y + 8} 44 ${y + 8}H${leftPx - 6}" fill="none" stroke="${colours.line}" stroke-width="2"/>` +
    personAvatar(setter, person, leftPx, y, 17) +
    setter.line(
      [{ text: person, colour: colours.name, bold: true }, ...words],
      leftPx + 23,
      baseline,
      14,
    ).svg
  );
}

function drawAuthor(setter: TextSetter, author: string, y: number): string {
  const baseline = y + 15;
  const name = setter.line(
    [{ text: author, colour: colours.name, bold: true }],
    leftPx,
    baseline,
    16,
  );
  const tag = setter.line([{ text: 'APP', colour: '#ffffff', bold: true }], 0, 0, 10.5);
  const tagLeft = leftPx + name.widthPx + 8;
  return (
    name.svg +
    `<rect x="${tagLeft}" y="${baseline - 13}" width="${tag.widthPx + 10}" height="16" rx="4" fill="${colours.tag}"/>` +
    setter.line([{ text: 'APP', colour: '#ffffff', bold: true }], tagLeft + 5, baseline - 1.2, 10.5)
      .svg
  );
}

async function drawPart(
  setter: TextSetter,
  part: Part,
  y: number,
  widestPx: number,
): Promise<Drawn> {
  switch (part.kind) {
    case 'text':
      return drawText(setter, part.lines, y);
    case 'pictures': {
      const room = { widthPx: widestPx, scale };
      const gallery = await drawGallery(setter, part.files, leftPx, y + 6, room);
      return { svg: gallery.svg, heightPx: gallery.heightPx + 14 };
    }
    case 'file': {
      const name = { text: part.file.filename, style: 'mention' } as const;
      return drawText(setter, [{ kind: 'plain', spans: [name] }], y);
    }
    case 'buttons':
      return drawButtons(setter, part.buttons, y + 8);
    case 'select':
      return drawSelect(setter, part.select, y + 8);
  }
}

function drawText(setter: TextSetter, lines: readonly TextLine[], top: number): Drawn {
  let y = top;
  let svg = '';
  for (const { kind, spans } of lines) {
    const small = kind === 'small';
    if (kind === 'heading') y += aboveHeadingPx;
    const drawn = setter.block(
      spans.map((span) => stretchOf(span, kind)),
      leftPx,
      y,
      {
        widthPx: contentPx,
        sizePx: small ? smallSizePx : kind === 'heading' ? 20 : textSizePx,
        lineHeightPx: small ? 20 : kind === 'heading' ? 28 : 23,
      },
    );
    svg += drawn.svg;
    y += drawn.heightPx;
  }
  return { svg, heightPx: y - top };
}

function stretchOf({ text, style }: Span, kind: TextLine['kind']): Stretch {
  const colour =
    kind === 'small' ? colours.faint : kind === 'heading' ? colours.name : colours.text;
  switch (style) {
    case 'bold':
      return { text, colour: kind === 'small' ? colour : colours.name, bold: true };
    case 'code':
      return { text, colour, back: colours.codeBack };
    case 'mention':
      return { text, colour: colours.mention, back: colours.mentionBack };
    case 'plain':
      return { text, colour, bold: kind === 'heading' };
  }
}

function drawButtons(setter: TextSetter, buttons: readonly SeenButton[], y: number): Drawn {
  let x = leftPx;
  let svg = '';
  for (const { label, style } of buttons) {
    const text = [{ text: label, colour: '#ffffff' }];
    const { widthPx: labelPx } = setter.line(text, 0, 0, 14.5);
    const back = style === ButtonStyle.Danger ? colours.dangerButton : colours.button;
    svg +=
      `<rect x="${x}" y="${y}" width="${labelPx + 32}" height="34" rx="8" fill="${back}"/>` +
      setter.line(text, x + 16, y + 22, 14.5).svg;
    x += labelPx + 40;
  }
  return { svg, heightPx: 46 };
}

function drawSelect(setter: TextSetter, { options, placeholder }: SeenSelect, y: number): Drawn {
  const chosen = options.find((option) => option.chosen);
  const text = [{ text: chosen?.label ?? placeholder ?? '', colour: colours.text }];
  const right = leftPx + contentPx;
  return {
    svg:
      `<rect x="${leftPx}" y="${y}" width="${contentPx}" height="38" rx="8" fill="${colours.button}"/>` +
      setter.line(text, leftPx + 14, y + 24, 14.5).svg +
      `<path d="M${right - 28} ${y + 16}l6 6 6-6" fill="none" stroke="${colours.text}" stroke-width="2"/>`,
    heightPx: 50,
  };
}
