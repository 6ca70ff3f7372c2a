import type { SeenButton, SeenFile, SeenMessage, SeenSelect } from '../discord/control.ts';
import { imageSize } from '../discord/image-size.ts';
import type { Reader, TextLine } from './markdown.ts';
import { viewOf } from './message-view.ts';

/** How printed text is set off; each returns the text with its marks, or as it is. */
export interface Ink {
  strong(text: string): string;
  faint(text: string): string;
  accent(text: string): string;
}

/** For files and pipes. */
export const plainInk: Ink = { strong: same, faint: same, accent: same };

export interface Printing {
  readonly reader: Reader;
  readonly ink: Ink;
  /** The channel's name, where it is worth saying. */
  readonly channel?: string | undefined;
  /** Who alone sees an ephemeral message. */
  readonly viewer: string;
  /** The bytes of pictures differ between machines; their sizes in pixels do not. */
  readonly fileBytes: boolean;
  /** What is written on a button. */
  readonly button: (button: SeenButton) => string;
  /** What is written on a select. */
  readonly select: (select: SeenSelect) => string;
  /** What a picture is called. */
  readonly nameOf: (file: SeenFile) => string;
}

/** A message as the channel shows it, in lines for a terminal. */
export function printMessage(message: SeenMessage, printing: Printing): string {
  const { ink } = printing;
  const body = viewOf(message, printing.reader).flatMap((part): string[] => {
    switch (part.kind) {
      case 'text':
        return part.lines.map((line) => printLine(line, ink));
      case 'pictures':
        return part.files.map((file) => printFile(file, printing));
      case 'file':
        return [printFile(part.file, printing)];
      case 'buttons':
        return [part.buttons.map((button) => ink.accent(`[${printing.button(button)}]`)).join(' ')];
      case 'select':
        return printSelect(part.select, printing);
    }
  });
  const lines = [
    header(message, printing),
    `${ink.strong(message.author)}${message.byBot ? ' [APP]' : ''}${message.ephemeral ? ink.faint(`  (only ${printing.viewer} sees this)`) : ''}`,
    ...(message.thinking ? [ink.faint('is thinking …')] : body),
  ];
  return lines
    .map((line, index) => ink.faint(edge(index, lines.length)) + ` ${isolate(line)}`)
    .map((line) => line.trimEnd())
    .join('\n');
}

function edge(index: number, count: number): string {
  return index === 0 ? '┌' : index === count - 1 ? '└' : '│';
}

function header(message: SeenMessage, { ink, channel }: Printing): string {
  const { usedBy } = message;
  const where = channel === undefined ? '' : ` in #${channel}`;
  if (usedBy === undefined) return ink.faint(`a message${where}`);
  const { person, command } = usedBy;
  return `${ink.strong(person)} ${ink.faint(`${deed(message, command ?? '')}${where}`)}`;
}

/** What somebody did that a message answers. */
export function deed({ how }: Pick<SeenMessage, 'how'>, command: string): string {
  switch (how) {
    case 'menu':
      return `used ${command}`;
    case 'component':
      return 'pressed a button';
    case 'form':
      return 'filled in a form';
    default:
      return `used /${command}`;
  }
}

function printSelect(select: SeenSelect, { ink, select: name }: Printing): string[] {
  const options = select.options.map(({ label, description, chosen }, index) => {
    const more = description === undefined ? '' : `  ${ink.faint(description)}`;
    return `  ${index + 1} ${label}${chosen ? ' ✓' : ''}${more}`;
  });
  return [ink.accent(`[${name(select)} ▾]`), ...options];
}

function printLine({ kind, spans }: TextLine, ink: Ink): string {
  const text = spans
    .map((span) => {
      if (span.style === 'bold') return ink.strong(span.text);
      return span.style === 'code' ? `\`${span.text}\`` : span.text;
    })
    .join('');
  if (kind === 'small') return ink.faint(text);
  return kind === 'heading' ? ink.strong(text) : text;
}

function printFile(file: SeenFile, { ink, fileBytes, nameOf }: Printing): string {
  const { bytes } = file;
  const size = imageSize(bytes);
  const facts = [
    ...(size === undefined ? [] : [`${size.width}×${size.height}`]),
    ...(file.spoiler ? ['spoiler'] : []),
    ...(fileBytes ? [`${Math.ceil(bytes.length / 1024).toLocaleString('en')} KiB`] : []),
  ];
  return `▣ ${nameOf(file)}  ${ink.faint(facts.join(', '))}`;
}

/** Right-to-left text must not turn the frame around it: a first-strong isolate keeps it to itself. */
function isolate(line: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(
    line,
  )
    ? `\u2068${line}\u2069`
    : line;
}

function same(text: string): string {
  return text;
}
