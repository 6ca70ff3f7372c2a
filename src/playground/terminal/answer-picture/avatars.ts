import type { TextSetter } from './text-setting.ts';

/** An easel with a small landscape on it, in a circle. */
export function botAvatar(x: number, y: number, side: number): string {
  return `<g transform="translate(${x} ${y}) scale(${side / 40})">
    <defs><linearGradient id="bot" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="#7c5cf0"/><stop offset="1" stop-color="#e0629a"/>
    </linearGradient><clipPath id="canvas"><rect x="10.5" y="10" width="19" height="14" rx="1.4"/></clipPath></defs>
    <circle cx="20" cy="20" r="20" fill="url(#bot)"/>
    <path d="M20 6.5V10M15.5 25.5L11.8 33M24.5 25.5L28.2 33M20 25.5V31" stroke="#fff" stroke-width="2" stroke-linecap="round"/>
    <rect x="9.5" y="24" width="21" height="2.2" rx="1.1" fill="#fff"/>
    <g clip-path="url(#canvas)">
      <rect x="10" y="10" width="20" height="15" fill="#fff3d9"/>
      <circle cx="25.4" cy="14" r="2.3" fill="#ffb347"/>
      <path d="M9 25L15.6 15.6L20 21.4L23 18L31 25Z" fill="#3f9d7a"/>
      <path d="M9 25L15.6 15.6L19 20.2L14 25Z" fill="#347f68"/>
    </g>
  </g>`;
}

const personColours: readonly [string, ...string[]] = [
  '#3ba55d',
  '#e0823d',
  '#4f86f7',
  '#c9569b',
  '#2aa5a0',
];

/** Somebody's first letter in a circle of a colour of their own. */
export function personAvatar(
  setter: TextSetter,
  name: string,
  x: number,
  y: number,
  side: number,
): string {
  const sum = Array.from(name).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const colour = personColours[sum % personColours.length] ?? personColours[0];
  const letter = [{ text: name.slice(0, 1).toUpperCase(), colour: '#ffffff', bold: true }];
  const sizePx = side * 0.56;
  const { widthPx } = setter.line(letter, 0, 0, sizePx);
  const centre = side / 2;
  return (
    `<circle cx="${x + centre}" cy="${y + centre}" r="${centre}" fill="${colour}"/>` +
    setter.line(letter, x + centre - widthPx / 2, y + centre + sizePx * 0.36, sizePx).svg
  );
}
