/** A font's outlines, in font units with y upwards. */
export interface Typeface {
  readonly unitsPerEm: number;
  has(codePoint: number): boolean;
  /** Width in font units; that of the empty box for what the font does not have. */
  advance(codePoint: number): number;
  /** SVG path data of one character with its origin at (x, y), y downwards, `size` units to the em. */
  path(codePoint: number, x: number, y: number, size: number): string;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

type Contour = readonly Point[];

/**
 * Reads a TrueType file (tables `head`, `hhea`, `hmtx`, `maxp`, `loca`, `glyf`, `cmap` of format 4 or
 * 12), so that lettering does not depend on the machine's fonts. No kerning, no substitutions.
 */
export function readTypeface(file: Buffer): Typeface {
  const table = readTables(file);
  const head = table('head');
  const unitsPerEm = head.readUInt16BE(18);
  const longOffsets = head.readInt16BE(50) === 1;
  const metrics = table('hmtx');
  const metricCount = table('hhea').readUInt16BE(34);
  const loca = table('loca');
  const glyf = table('glyf');
  const glyphs = readCharacterMap(table('cmap'));
  const contours = new Map<number, readonly Contour[]>();

  function outline(glyph: number): readonly Contour[] {
    let found = contours.get(glyph);
    if (found === undefined) {
      const start = longOffsets ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2;
      const end = longOffsets
        ? loca.readUInt32BE(glyph * 4 + 4)
        : loca.readUInt16BE(glyph * 2 + 2) * 2;
      found = end > start ? readGlyph(glyf.subarray(start, end), outline) : [];
      contours.set(glyph, found);
    }
    return found;
  }

  return {
    unitsPerEm,
    has: (codePoint) => glyphs.has(codePoint),
    advance(codePoint) {
      const glyph = glyphs.get(codePoint) ?? 0;
      return metrics.readUInt16BE(Math.min(glyph, metricCount - 1) * 4);
    },
    path(codePoint, x, y, size) {
      const scale = size / unitsPerEm;
      const at = (point: { x: number; y: number }): string =>
        `${(x + point.x * scale).toFixed(1)} ${(y - point.y * scale).toFixed(1)}`;
      return outline(glyphs.get(codePoint) ?? 0)
        .map((contour) => contourPath(contour, at))
        .join('');
    },
  };
}

function readTables(file: Buffer): (name: string) => Buffer {
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < file.readUInt16BE(4); i += 1) {
    const entry = 12 + i * 16;
    const start = file.readUInt32BE(entry + 8);
    const length = file.readUInt32BE(entry + 12);
    tables.set(file.toString('latin1', entry, entry + 4), file.subarray(start, start + length));
  }
  return (name) => {
    const found = tables.get(name);
    if (found === undefined) throw new Error(`the font has no table ${name}`);
    return found;
  };
}

function readCharacterMap(cmap: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    const format = subtable.readUInt16BE(0);
    if (format === 12) readSegmented32(subtable, glyphs);
    else if (format === 4) readSegmented16(subtable, glyphs);
  }
  return glyphs;
}

function readSegmented32(subtable: Buffer, glyphs: Map<number, number>): void {
  for (let i = 0; i < subtable.readUInt32BE(12); i += 1) {
    const [first, last, glyph] = [16, 20, 24].map((at) => subtable.readUInt32BE(at + i * 12));
    if (first === undefined || last === undefined || glyph === undefined) continue;
    for (let code = first; code <= last; code += 1) glyphs.set(code, glyph + code - first);
  }
}

function readSegmented16(subtable: Buffer, glyphs: Map<number, number>): void {
  const doubled = subtable.readUInt16BE(6);
  for (let i = 0; i < doubled; i += 2) {
    const last = subtable.readUInt16BE(14 + i);
    const first = subtable.readUInt16BE(16 + doubled + i);
    const delta = subtable.readInt16BE(16 + 2 * doubled + i);
    const rangeAt = 16 + 3 * doubled + i;
    const range = subtable.readUInt16BE(rangeAt);
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const raw = range === 0 ? code : subtable.readUInt16BE(rangeAt + range + (code - first) * 2);
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function readGlyph(
  data: Buffer,
  outline: (glyph: number) => readonly Contour[],
): readonly Contour[] {
  const contourCount = data.readInt16BE(0);
  return contourCount >= 0 ? readSimple(data, contourCount) : readComposite(data, outline);
}

function readSimple(data: Buffer, contourCount: number): readonly Contour[] {
  const ends = Array.from({ length: contourCount }, (_, i) => data.readUInt16BE(10 + i * 2));
  const count = (ends.at(-1) ?? -1) + 1;
  let at = 10 + contourCount * 2;
  at += 2 + data.readUInt16BE(at);
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = data.readUInt8(at);
    at += 1;
    flags.push(flag);
    if ((flag & 8) !== 0) {
      for (let repeat = data.readUInt8(at); repeat > 0; repeat -= 1) flags.push(flag);
      at += 1;
    }
  }
  function coordinates(shortBit: number, sameBit: number): number[] {
    let value = 0;
    return flags.map((flag) => {
      if ((flag & shortBit) !== 0) {
        value += (flag & sameBit) === 0 ? -data.readUInt8(at) : data.readUInt8(at);
        at += 1;
      } else if ((flag & sameBit) === 0) {
        value += data.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  }
  const xs = coordinates(2, 16);
  const ys = coordinates(4, 32);
  const points = flags.map((flag, i) => ({
    x: xs[i] ?? 0,
    y: ys[i] ?? 0,
    onCurve: (flag & 1) === 1,
  }));
  return ends.map((end, i) => points.slice(i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, end + 1));
}

function readComposite(
  data: Buffer,
  outline: (glyph: number) => readonly Contour[],
): readonly Contour[] {
  const result: Contour[] = [];
  let at = 10;
  let flags = 0;
  do {
    flags = data.readUInt16BE(at);
    const glyph = data.readUInt16BE(at + 2);
    at += 4;
    const words = (flags & 1) !== 0;
    const dx = words ? data.readInt16BE(at) : data.readInt8(at);
    const dy = words ? data.readInt16BE(at + 2) : data.readInt8(at + 1);
    at += words ? 4 : 2;
    const part = (offset: number): number => data.readInt16BE(at + offset) / 16_384;
    let [a, b, c, d] = [1, 0, 0, 1];
    if ((flags & 8) !== 0) {
      a = d = part(0);
      at += 2;
    } else if ((flags & 0x40) !== 0) {
      [a, d] = [part(0), part(2)];
      at += 4;
    } else if ((flags & 0x80) !== 0) {
      [a, b, c, d] = [part(0), part(2), part(4), part(6)];
      at += 8;
    }
    for (const contour of outline(glyph)) {
      result.push(
        contour.map(({ x, y, onCurve }) => ({
          x: a * x + c * y + dx,
          y: b * x + d * y + dy,
          onCurve,
        })),
      );
    }
  } while ((flags & 0x20) !== 0);
  return result;
}

/** A TrueType contour as quadratic curves; between two control points lies an implied point. */
function contourPath(contour: Contour, at: (point: { x: number; y: number }) => string): string {
  const between = (a: Point, b: Point): Point => ({
    x: (a.x + b.x) / 2,
    y: (a.y + b.y) / 2,
    onCurve: true,
  });
  const first = contour[0];
  const last = contour.at(-1);
  if (first === undefined || last === undefined) return '';
  const start = first.onCurve ? first : last.onCurve ? last : between(first, last);
  let path = `M${at(start)}`;
  let control: Point | undefined;
  for (const point of [...contour.slice(first.onCurve ? 1 : 0), start]) {
    if (point.onCurve) {
      path += control === undefined ? `L${at(point)}` : `Q${at(control)} ${at(point)}`;
      control = undefined;
    } else {
      if (control !== undefined) path += `Q${at(control)} ${at(between(control, point))}`;
      control = point;
    }
  }
  return `${path}Z`;
}
