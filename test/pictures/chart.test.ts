import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { DaySpend } from '../../src/domain/member-store.ts';
import { createChart } from '../../src/pictures/chart.ts';

const dayMs = 24 * 60 * 60_000;
const days = (credits: (index: number) => number): DaySpend[] =>
  Array.from({ length: 30 }, (_, index) => ({
    day: Date.UTC(2026, 0, 1) + index * dayMs,
    credits: credits(index),
  }));

/** How many pixels of the column in the middle of a day's bar are of the bar's colour. */
async function barHeight(png: Uint8Array, index: number): Promise<number> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const slot = (868 - 64) / 30;
  const x = Math.round(64 + (index + 0.5) * slot);
  let blue = 0;
  for (let y = 0; y < info.height; y += 1) {
    const at = (y * info.width + x) * info.channels;
    if ((data[at + 2] ?? 0) > 200 && (data[at] ?? 0) < 150) blue += 1;
  }
  return blue;
}

describe('the chart', () => {
  test('is a small PNG that the same days make again', async () => {
    const chart = createChart();
    const first = await chart.draw(days((index) => index));
    const { format, width, height } = await sharp(first).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: 900, height: 360 });
    expect(first.length).toBeLessThan(50_000);
    expect(await chart.draw(days((index) => index))).toEqual(first);
  });

  test('has a bar for each day, as high as what was spent', async () => {
    const png = await createChart().draw(
      days((index) => (index === 3 ? 100 : index === 9 ? 50 : 0)),
    );
    const [full, half, none] = [
      await barHeight(png, 3),
      await barHeight(png, 9),
      await barHeight(png, 5),
    ];
    expect(none).toBe(0);
    expect(half).toBeGreaterThan(100);
    expect(Math.abs(full - 2 * half)).toBeLessThanOrEqual(2);
  });

  test('shows a single credit beside thousands', async () => {
    const png = await createChart().draw(
      days((index) => (index === 3 ? 1 : index === 9 ? 9000 : 0)),
    );
    expect(await barHeight(png, 3)).toBeGreaterThan(0);
  });

  test('of nothing at all is a chart without bars', async () => {
    const png = await createChart().draw(days(() => 0));
    expect(await barHeight(png, 29)).toBe(0);
  });
});
