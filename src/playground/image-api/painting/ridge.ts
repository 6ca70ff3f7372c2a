import type { Random } from './random.ts';

/** Smooth ground line: the heights of two slow waves, joined by curves. */
export function ridgePath(
  random: Random,
  y: number,
  swing: number,
  waves: number,
): { path: string; at(x: number): number } {
  const [p1, p2] = [random.between(0, 6.3), random.between(0, 6.3)];
  const at = (x: number): number =>
    y +
    swing *
      (0.65 * Math.sin((x / 1024) * Math.PI * waves + p1) +
        0.35 * Math.sin((x / 1024) * Math.PI * waves * 2.3 + p2));
  let path = `M-10 1034L-10 ${at(-10).toFixed(1)}`;
  for (let x = 30; x <= 1070; x += 40) path += `L${x} ${at(x).toFixed(1)}`;
  return { path: `${path}L1070 1034Z`, at };
}
