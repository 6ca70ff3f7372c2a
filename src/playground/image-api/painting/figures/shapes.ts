import { lighter } from '../colour.ts';
import type { Figure } from '../brush.ts';

/** Balls and sticks: molecules, networks, crystals. */
export const lattice: Figure = (b) => {
  const ring = (r: number, count: number, turn: number): [number, number][] =>
    Array.from({ length: count }, (_, i) => {
      const angle = turn + (i / count) * Math.PI * 2;
      return [Math.cos(angle) * r, Math.sin(angle) * r - 118];
    });
  const inner = ring(56, 6, b.random.between(0, 1));
  const outer = ring(108, 6, b.random.between(0, 1));
  const accent = b.tint(b.random.pick(['#e85d4a', '#f0b13c', '#4aa8d8', '#7cc06a']));
  const bond = (
    from: readonly [number, number],
    to: readonly [number, number],
    width: number,
  ): string =>
    `<path d="M${from[0].toFixed(1)} ${from[1].toFixed(1)}L${to[0].toFixed(1)} ${to[1].toFixed(1)}" stroke="${b.tint('#6a7086')}" stroke-width="${width}" stroke-linecap="round"/>`;
  const ball = ([x, y]: readonly [number, number], r: number, colour: string): string =>
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}" fill="${colour}"/><circle cx="${(x - r * 0.3).toFixed(1)}" cy="${(y - r * 0.34).toFixed(1)}" r="${r * 0.4}" fill="${lighter(colour, 0.5)}" fill-opacity="0.75"/>`;
  let svg = '';
  for (const [i, from] of inner.entries()) {
    const to = inner[(i + 1) % inner.length] ?? from;
    svg += bond(from, to, 11);
    if (i % 2 === 0)
      svg += bond(
        [from[0] * 0.8, (from[1] + 118) * 0.8 - 118],
        [to[0] * 0.8, (to[1] + 118) * 0.8 - 118],
        5,
      );
    const tip = outer[i];
    if (tip !== undefined && i !== 4) svg += bond(from, tip, 9);
  }
  for (const [i, tip] of outer.entries())
    if (i !== 4) svg += ball(tip, 17, i % 3 === 0 ? accent : b.light);
  for (const [i, centre] of inner.entries()) svg += ball(centre, 25, i % 3 === 1 ? b.dark : b.main);
  return svg;
};

export const planet: Figure = (b) =>
  `<g transform="translate(0 -120)"><path d="M-148 34A160 44-14 0 1 140-44" fill="none" stroke="${b.light}" stroke-width="13" stroke-opacity="0.8"/><circle r="88" fill="${b.main}"/><path d="M-84-26Q0-2 82-32M-88 6Q0 34 87 4M-76 42Q0 68 78 38" fill="none" stroke="${b.light}" stroke-width="11" stroke-opacity="0.6"/><path d="M20-86A88 88 0 0 1 20 86A140 140 0 0 0 20-86Z" fill="#10142c" fill-opacity="0.25"/><path d="M-148 34A160 44-14 0 0 140-44" fill="none" stroke="${b.light}" stroke-width="13"/><circle cx="124" cy="-96" r="15" fill="${b.white}"/></g>`;

/** For prompts that name nothing known: petals, polygons and rings about one centre. */
export const rosette: Figure = (b) => {
  const count = b.random.pick([5, 6, 7, 8, 9, 12]);
  const accent = b.tint(b.random.pick(['#f0b13c', '#e85d4a', '#4aa8d8', '#8a6cc9', '#5fb58a']));
  const layers = [
    { r: 112, width: 30, fill: b.dark },
    { r: 88, width: 24, fill: b.main },
    { r: 62, width: 17, fill: accent },
    { r: 40, width: 11, fill: b.light },
  ];
  const curl = b.random.between(-26, 26);
  const petals = layers
    .flatMap(({ r, width, fill }, layer) =>
      Array.from(
        { length: count },
        (_, i) =>
          `<path transform="rotate(${((i + (layer % 2) / 2) * 360) / count})" d="M0 0C${-width + curl * 0.3} ${-r * 0.35} ${-width + curl} ${-r * 0.8} ${curl} ${-r}C${width + curl} ${-r * 0.8} ${width + curl * 0.3} ${-r * 0.35} 0 0Z" fill="${fill}"/>`,
      ),
    )
    .join('');
  const beads = Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * Math.PI * 2 + 0.2;
    return `<circle cx="${(Math.sin(angle) * 122).toFixed(1)}" cy="${(-Math.cos(angle) * 122).toFixed(1)}" r="7" fill="${b.white}"/>`;
  }).join('');
  return `<g transform="translate(0 -122)"><circle r="122" fill="none" stroke="${b.white}" stroke-width="3" stroke-opacity="0.7"/>${petals}${beads}<circle r="15" fill="${b.white}"/><circle r="8" fill="${accent}"/></g>`;
};

/** For prompts that name nothing known: a gem of facets. */
export const gem: Figure = (b) => {
  const count = b.random.integer(6, 9);
  const outer = Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * Math.PI * 2 + b.random.between(-0.12, 0.12);
    const r = b.random.between(96, 120);
    return [Math.sin(angle) * r, -Math.cos(angle) * r] as const;
  });
  const inner = outer.map(([x, y]) => [x * 0.52, y * 0.52] as const);
  const point = (p: readonly [number, number] | undefined): string =>
    `${(p?.[0] ?? 0).toFixed(1)} ${(p?.[1] ?? 0).toFixed(1)}`;
  const tones = [b.main, b.light, b.dark, lighter(b.main, 0.45), b.main, b.dark];
  let svg = '';
  for (let i = 0; i < count; i += 1) {
    const next = (i + 1) % count;
    svg += `<path d="M${point(outer[i])}L${point(outer[next])}L${point(inner[i])}Z" fill="${tones[i % 6] ?? b.main}"/><path d="M${point(outer[next])}L${point(inner[next])}L${point(inner[i])}Z" fill="${tones[(i + 2) % 6] ?? b.main}"/>`;
  }
  return `<g transform="translate(0 -124)" stroke="${b.white}" stroke-opacity="0.35" stroke-width="2" stroke-linejoin="round">${svg}<path d="M${inner.map(point).join('L')}Z" fill="${lighter(b.light, 0.3)}"/></g>`;
};

/** For prompts that name nothing known: circles within circles, each off the centre. */
export const ripples: Figure = (b) => {
  const tones = [b.dark, b.main, b.light, b.white, b.tint('#f0b13c'), b.main, b.dark];
  let [x, y, r] = [0, -122, 120];
  let svg = '';
  for (const tone of tones) {
    svg += `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${tone}"/>`;
    const angle = b.random.between(0, Math.PI * 2);
    const smaller = r * 0.78;
    x += Math.cos(angle) * (r - smaller) * 0.9;
    y += Math.sin(angle) * (r - smaller) * 0.9;
    r = smaller;
  }
  return svg;
};
