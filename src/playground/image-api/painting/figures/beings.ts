import { mirrored } from '../brush.ts';
import type { Brush, Figure } from '../brush.ts';

export const robot: Figure = (b) =>
  mirrored(
    `<path d="M-30-44V-10" stroke="${b.dark}" stroke-width="19"/><path d="M-54 2Q-54-18-32-18T-12 2Z" fill="${b.dark}"/><path d="M-58-104C-88-98-92-70-84-46" fill="none" stroke="${b.dark}" stroke-width="15" stroke-linecap="round"/><circle cx="-84" cy="-42" r="15" fill="${b.light}"/>`,
  ) +
  `<rect x="-60" y="-118" width="120" height="82" rx="21" fill="${b.main}"/><path d="M20-118H39Q60-118 60-97V-57Q60-36 39-36H20Z" fill="${b.dark}" fill-opacity="0.55"/><rect x="-36" y="-98" width="56" height="38" rx="9" fill="${b.tint('#253044')}"/><path d="M-28-78h10l6-12l9 22l7-10h10" fill="none" stroke="${b.tint('#7df0c2')}" stroke-width="4" stroke-linejoin="round" stroke-linecap="round"/><circle cx="38" cy="-90" r="7" fill="#f2705f"/><circle cx="38" cy="-68" r="7" fill="#f6cf5a"/>` +
  `<rect x="-13" y="-132" width="26" height="17" fill="${b.dark}"/>` +
  `<path d="M0-206V-232" stroke="${b.dark}" stroke-width="7"/><circle cx="0" cy="-238" r="11" fill="#f2705f"/><circle cx="-3" cy="-242" r="3.600" fill="#ffffff" fill-opacity="0.8"/>` +
  mirrored(`<rect x="-80" y="-186" width="17" height="34" rx="7" fill="${b.dark}"/>`) +
  `<rect x="-68" y="-208" width="136" height="82" rx="29" fill="${b.main}"/><path d="M20-208H39Q68-208 68-179V-155Q68-126 39-126H20Q44-146 44-168T20-208Z" fill="${b.dark}" fill-opacity="0.4"/><rect x="-52" y="-192" width="104" height="52" rx="23" fill="${b.tint('#253044')}"/>` +
  mirrored(
    `<circle cx="-24" cy="-168" r="13" fill="#8ff0ff"/><circle cx="-27" cy="-172" r="4.500" fill="#ffffff"/>`,
  ) +
  `<path d="M-10-150Q0-144 10-150" fill="none" stroke="#8ff0ff" stroke-width="4" stroke-linecap="round"/>`;

export const person: Figure = (b) => {
  const skin = b.tint(b.random.pick(['#f2c9a5', '#d9a276', '#a86f4a', '#7a4e34', '#f0bd92']));
  const hair = b.tint(b.random.pick(['#2f2430', '#5a3624', '#a8672f', '#3a3a46', '#c79a52']));
  return (
    mirrored(
      `<path d="M-18-58L-21-6" stroke="${b.tint('#3c4258')}" stroke-width="23" stroke-linecap="round"/><path d="M-42 4Q-42-13-20-13Q-7-13-7 4Z" fill="${b.ink}"/>`,
    ) +
    `<path d="M-36-128C-60-112-62-82-56-58M36-128C60-112 62-82 56-58" fill="none" stroke="${b.dark}" stroke-width="19" stroke-linecap="round"/>` +
    mirrored(`<circle cx="-56" cy="-52" r="11" fill="${skin}"/>`) +
    `<path d="M-38-138Q0-152 38-138C44-100 44-72 48-44Q0-32-48-44C-44-72-44-100-38-138Z" fill="${b.main}"/><path d="M10-146Q26-145 38-138C44-100 44-72 48-44Q34-40 18-38C24-76 20-112 10-146Z" fill="${b.dark}" fill-opacity="0.5"/>` +
    headOf(b, skin, hair) +
    `<path d="M-40-142Q0-122 40-142L42-126Q0-106-42-126Z" fill="${b.light}"/><path d="M22-122L38-128L46-86L28-84Z" fill="${b.light}"/>`
  );
};

function headOf(b: Brush, skin: string, hair: string): string {
  const back = b.random.chance(0.5)
    ? `<path d="M-46-186C-56-140-46-116-40-108H40C46-116 56-140 46-186Z" fill="${hair}"/>`
    : '';
  return (
    `${back}<rect x="-12" y="-150" width="24" height="22" fill="${skin}"/>` +
    `<ellipse cx="0" cy="-182" rx="42" ry="44" fill="${skin}"/>` +
    `<path d="M-46-178C-52-226-22-240 2-238C34-238 54-216 46-176C40-190 34-202 26-208C6-196-26-196-36-200C-42-194-44-186-46-178Z" fill="${hair}"/>` +
    mirrored(
      `<ellipse cx="-16" cy="-178" rx="4.600" ry="5.600" fill="${b.ink}"/><ellipse cx="-26" cy="-164" rx="7.500" ry="5" fill="#e8776b" fill-opacity="0.4"/>`,
    ) +
    `<path d="M-9-160Q0-153 9-160" fill="none" stroke="${b.ink}" stroke-width="3.400" stroke-linecap="round"/>`
  );
}

/** An easel with a small landscape on it, for whoever paints; stands where a figure stands. */
export const easel: Figure = (b) => {
  const wood = b.tint('#9a6a3f');
  return (
    `<path d="M0-190L0-214M-34-60L-58 6M34-60L58 6M0-70L8-4" stroke="${wood}" stroke-width="10" stroke-linecap="round"/>` +
    `<rect x="-66" y="-190" width="132" height="112" rx="4" fill="#fffaf0" stroke="${wood}" stroke-width="6"/>` +
    `<rect x="-56" y="-180" width="112" height="92" fill="#bfe3ef"/><circle cx="26" cy="-158" r="13" fill="#f9cf5f"/><path d="M-56-120L-22-156L6-122L24-140L56-112V-88H-56Z" fill="#7d94b8"/><path d="M-56-110Q0-126 56-104V-88H-56Z" fill="#79b263"/><path d="M-30-100v-14M-30-112" stroke="#7a4a2a" stroke-width="4"/><circle cx="-30" cy="-118" r="10" fill="#e2703a"/>` +
    `<path d="M-76-72H76" stroke="${wood}" stroke-width="11" stroke-linecap="round"/><g transform="translate(-52 -76)"><path d="M0 0V-16" stroke="#e0584c" stroke-width="6"/></g>`
  );
};
