import { mirrored } from '../brush.ts';
import type { Figure } from '../brush.ts';

export const house: Figure = (b) =>
  `<path d="M40-150V-206H66V-128Z" fill="${b.tint('#8d5b4c')}"/><path d="M53-214C40-232 66-240 56-262C78-246 72-230 84-222C92-206 62-202 53-214Z" fill="${b.white}" fill-opacity="0.7"/>` +
  `<path d="M-84 2V-104L0-176L84-104V2Z" fill="${b.tint('#f3e3c6')}"/><path d="M0-176L84-104V2H16Z" fill="${b.tint('#dfc8a2')}"/>` +
  `<path d="M-112-92L0-196L112-92L98-80L0-168L-98-80Z" fill="${b.main}"/><path d="M0-196L112-92L98-80L0-168Z" fill="${b.dark}"/>` +
  `<path d="M-20 2V-54Q-20-74 0-74T20-54V2Z" fill="${b.tint('#6d4630')}"/><circle cx="11" cy="-30" r="3.6" fill="${b.tint('#f0c24a')}"/>` +
  mirrored(
    `<rect x="-68" y="-86" width="34" height="36" rx="3" fill="#ffd98a"/><path d="M-51-86V-50M-68-68H-34" stroke="${b.tint('#6d4630')}" stroke-width="4"/>`,
  ) +
  `<circle cx="0" cy="-122" r="15" fill="#ffd98a"/><path d="M0-137V-107M-15-122H15" stroke="${b.tint('#6d4630')}" stroke-width="4"/>`;

export const castle: Figure = (b) => {
  const tower = (x: number, width: number, height: number): string =>
    `<path d="M${x - width / 2} 2V${-height}H${x + width / 2}V2Z" fill="${b.tint('#c9c3bd')}"/><path d="M${x + width * 0.1} 2V${-height}H${x + width / 2}V2Z" fill="${b.tint('#a9a3a6')}"/>` +
    `<path d="M${x - width * 0.7} ${-height}L${x} ${-height - width * 1.5}L${x + width * 0.7} ${-height}Z" fill="${b.main}"/><path d="M${x} ${-height - width * 1.5}L${x + width * 0.7} ${-height}H${x + width * 0.1}Z" fill="${b.dark}"/>` +
    `<path d="M${x} ${-height - width * 1.5}v-20l20 7l-20 7" fill="${b.light}" stroke="${b.ink}" stroke-width="2"/><path d="M${x - 6} ${-height + 40}v-14q6-9 12 0v14Z" fill="#ffd98a"/>`;
  const wall = Array.from({ length: 8 }, (_, i) => `M${-84 + i * 22} -92v-14h13v14Z`).join('');
  return (
    tower(-44, 36, 150) +
    tower(42, 40, 168) +
    `<path d="M-88 2V-92H88V2Z" fill="${b.tint('#d6d0c8')}"/><path d="${wall}" fill="${b.tint('#d6d0c8')}"/>` +
    `<path d="M-30 2V-40Q-30-66 0-66T30-40V2Z" fill="${b.tint('#5a4238')}"/><path d="M-15 2V-60M0 2V-66M15 2V-60M-30-22H30" stroke="${b.tint('#3f2e28')}" stroke-width="4"/>` +
    tower(-90, 40, 116) +
    tower(90, 40, 116)
  );
};

export const lighthouse: Figure = (b) =>
  `<path d="M0-196L-330-262V-128ZM0-196L330-262V-128Z" fill="#fff3b8" fill-opacity="0.3"/>` +
  `<path d="M-130 24C-104-14-62-10-40-22C-10-34 30-34 48-22C78-16 108-8 132 24Z" fill="${b.tint('#6e6a74')}"/>` +
  `<path d="M-38-8L-25-172H25L38-8Z" fill="${b.white}"/><path d="M-36.500-30L-33.500-66H33.500L36.500-30ZM-30.500-102L-28-138H28L30.500-102Z" fill="${b.main}"/><path d="M10-172H25L38-8H14Z" fill="#1b2038" fill-opacity="0.16"/>` +
  `<rect x="-34" y="-182" width="68" height="11" rx="4" fill="${b.ink}"/><rect x="-20" y="-212" width="40" height="31" fill="#ffe9a0"/><path d="M-7-212V-181M7-212V-181" stroke="${b.ink}" stroke-width="4"/><path d="M-28-210Q0-250 28-210Z" fill="${b.dark}"/><circle cx="0" cy="-236" r="5" fill="${b.ink}"/>` +
  `<path d="M-11-10V-34Q0-46 11-34V-10Z" fill="${b.tint('#5a4238')}"/>`;

export const boat: Figure = (b) =>
  `<path d="M4-60V-232" stroke="${b.tint('#6b4a3a')}" stroke-width="8" stroke-linecap="round"/>` +
  `<path d="M-8-222C-40-170-72-120-96-76L-8-70Z" fill="${b.white}"/><path d="M-8-222C-24-170-34-116-38-72L-8-70Z" fill="${b.tint('#e6ddcb')}"/>` +
  `<path d="M14-206C62-176 84-124 90-76L14-70Z" fill="${b.tint('#f2e9d8')}"/><path d="M30-190C64-160 80-118 84-78L52-74C52-116 46-156 30-190Z" fill="${b.light}"/>` +
  `<path d="M4-232l40-12l-40-12Z" fill="${b.main}"/>` +
  `<path d="M-122-60H126C116-14 92 16 62 18H-66C-96 16-114-20-122-60Z" fill="${b.main}"/><path d="M-118-42H122L118-28H-113Z" fill="${b.white}"/><path d="M-104-8C-90 10-80 18-66 18H62C82 16 98 4 108-12C60-2-50-2-104-8Z" fill="${b.dark}"/>` +
  [-52, 0, 52]
    .map(
      (x) =>
        `<circle cx="${x}" cy="-12" r="9" fill="${b.tint('#cfe8f0')}" stroke="${b.dark}" stroke-width="4"/>`,
    )
    .join('');

export const tree: Figure = (b) =>
  `<path d="M-20 4C-12-40-16-74-12-110L-48-146L-38-152L-8-128L-2-170H8L12-122L44-150L52-142L18-104C16-70 18-36 30 4Q4-8-20 4Z" fill="${b.tint('#6b4a3a')}"/>` +
  [
    [-62, -150, 46],
    [58, -148, 48],
    [0, -206, 58],
    [-36, -190, 48],
    [40, -192, 50],
    [0, -150, 52],
  ]
    .map(
      ([x = 0, y = 0, r = 0], i) =>
        `<circle cx="${x}" cy="${y}" r="${r}" fill="${i < 2 ? b.dark : b.main}"/>`,
    )
    .join('') +
  `<g fill="${b.light}"><circle cx="-26" cy="-222" r="24"/><circle cx="-56" cy="-176" r="17"/><circle cx="18" cy="-196" r="18"/></g>`;

export const mountain: Figure = (b) =>
  `<path d="M-190 10L-58-190Q-44-212-30-194L-2-150L30-214Q42-232 54-212L196 10Z" fill="${b.main}"/><path d="M42-226L54-212L196 10H40L66-70L34-116Z" fill="${b.dark}"/><path d="M-44-206L-30-194L-2-150L-10-136L20-60L-16 10H-60L-26-78L-52-128Z" fill="${b.dark}"/>` +
  `<path d="M30-214Q42-232 54-212L84-166L66-176L56-150L40-172L22-150L12-178Z" fill="${b.white}"/><path d="M-58-190Q-44-212-30-194L-12-166L-26-160L-38-138L-52-158L-70-142L-80-156Z" fill="${b.white}"/>`;

export const flower: Figure = (b) =>
  `<path d="M0 4C-6-40 6-80 0-120" fill="none" stroke="${b.tint('#4f8f4a')}" stroke-width="11" stroke-linecap="round"/><path d="M0-34C-30-76-78-70-88-62C-66-28-28-18 0-24ZM2-56C28-92 70-90 80-82C62-50 30-42 2-44Z" fill="${b.tint('#5fa455')}"/>` +
  `<g transform="translate(0 -150)">` +
  Array.from(
    { length: 12 },
    (_, i) =>
      `<path transform="rotate(${i * 30 + 15})" d="M0-10C-26-36-20-86 0-96C20-86 26-36 0-10Z" fill="${b.dark}"/>`,
  ).join('') +
  Array.from(
    { length: 12 },
    (_, i) =>
      `<path transform="rotate(${i * 30})" d="M0-10C-20-32-16-74 0-84C16-74 20-32 0-10Z" fill="${i % 2 === 0 ? b.main : b.light}"/>`,
  ).join('') +
  `<circle r="31" fill="${b.tint('#7a4a2a')}"/><circle r="22" fill="${b.tint('#e7a83a')}"/><circle r="11" fill="${b.tint('#7a4a2a')}" fill-opacity="0.5"/></g>`;

export const mushroom: Figure = (b) => {
  const one = (x: number, scale: number): string =>
    `<g transform="translate(${x} 2) scale(${scale})"><path d="M-30 0C-22-40-26-70-24-96H24C26-70 22-40 30 0Q0 9-30 0Z" fill="${b.white}"/><path d="M6-96H24C26-70 22-40 30 0Q18 5 6 4C12-30 10-66 6-96Z" fill="#40304a" fill-opacity="0.14"/><path d="M-30-84Q0-66 30-84L36-96H-36Z" fill="${b.tint('#dcc9b2')}"/><path d="M-100-88C-96-156-52-196 0-196S96-156 100-88C60-104-60-104-100-88Z" fill="${b.main}"/><path d="M30-190C74-174 97-138 100-88C86-93 68-97 48-98C56-130 50-164 30-190Z" fill="${b.dark}"/><g fill="${b.white}"><circle cx="-46" cy="-140" r="16"/><circle cx="10" cy="-160" r="19"/><circle cx="58" cy="-126" r="13"/><circle cx="-14" cy="-116" r="10"/><ellipse cx="-80" cy="-110" rx="9" ry="12"/></g></g>`;
  return one(86, 0.5) + one(-10, 1) + one(-96, 0.4);
};

export const rocket: Figure = (b) =>
  `<path d="M-22-42C-34-4-16 26 0 46C16 26 34-4 22-42Z" fill="#ffb347"/><path d="M-11-42C-18-14-8 8 0 20C8 8 18-14 11-42Z" fill="#fff0b3"/><g fill="${b.white}" fill-opacity="0.7"><circle cx="-40" cy="30" r="22"/><circle cx="34" cy="34" r="26"/><circle cx="-4" cy="46" r="24"/><circle cx="-74" cy="42" r="15"/><circle cx="72" cy="44" r="16"/></g>` +
  mirrored(`<path d="M-36-110C-72-92-84-48-78-18L-34-50Z" fill="${b.dark}"/>`) +
  `<path d="M0-244C-44-200-52-120-34-42H34C52-120 44-200 0-244Z" fill="${b.white}"/><path d="M0-244C44-200 52-120 34-42H10C26-120 22-200 0-244Z" fill="#2b3350" fill-opacity="0.16"/><path d="M0-244C-20-224-33-199-39-172H39C33-199 20-224 0-244Z" fill="${b.main}"/>` +
  `<circle cx="0" cy="-132" r="25" fill="${b.dark}"/><circle cx="0" cy="-132" r="18" fill="${b.tint('#9fd6ea')}"/><path d="M-12-138Q-6-148 4-148" fill="none" stroke="#ffffff" stroke-width="4" stroke-linecap="round"/><path d="M-40-66H40L36-42H-36Z" fill="${b.main}"/>`;

export const balloon: Figure = (b) =>
  `<g transform="translate(0 -34)"><path d="M-30-78L-18-18M30-78L18-18" stroke="${b.tint('#6b4a3a')}" stroke-width="4"/><rect x="-24" y="-20" width="48" height="36" rx="7" fill="${b.tint('#a8743f')}"/><path d="M-24-8H24M-24 4H24" stroke="${b.tint('#7d5430')}" stroke-width="4"/>` +
  `<path d="M0-262C-66-262-100-214-98-168C-96-124-50-98-30-74H30C50-98 96-124 98-168C100-214 66-262 0-262Z" fill="${b.main}"/><path d="M0-262C-34-262-52-214-50-168C-48-124-24-98-14-74H14C24-98 48-124 50-168C52-214 34-262 0-262Z" fill="${b.white}"/><path d="M0-262C-16-262-22-214-20-168C-18-124-8-98-4-74H4C8-98 18-124 20-168C22-214 16-262 0-262Z" fill="${b.main}"/><path d="M40-254C80-238 100-206 98-168C96-124 50-98 30-74H14C24-98 72-130 76-172C78-206 62-236 40-254Z" fill="#20223a" fill-opacity="0.14"/></g>`;

export const car: Figure = (b) =>
  `<path d="M-130-22C-132-62-120-74-92-80L-60-122Q-54-130-44-130H30Q42-130 50-122L82-80C116-74 130-64 130-22Q130-14 122-14H-122Q-130-14-130-22Z" fill="${b.main}"/><path d="M-130-40H130C131-34 130-28 130-22Q130-14 122-14H-122Q-130-14-130-22Z" fill="${b.dark}"/>` +
  `<path d="M-74-80L-48-114H-10V-80ZM4-80V-114H30Q36-114 40-108L62-80Z" fill="${b.tint('#bfe2ee')}"/><path d="M-56-80L-34-114H-24L-44-80ZM14-80L34-112L40-108L24-80Z" fill="#ffffff" fill-opacity="0.5"/>` +
  [-72, 74]
    .map(
      (x) =>
        `<circle cx="${x}" cy="-14" r="29" fill="${b.ink}"/><circle cx="${x}" cy="-14" r="14" fill="${b.tint('#c9ced6')}"/>`,
    )
    .join('') +
  `<circle cx="-118" cy="-54" r="10" fill="#fff0b3"/><rect x="116" y="-62" width="13" height="17" rx="4" fill="#e05545"/><path d="M8-60H28" stroke="${b.dark}" stroke-width="5" stroke-linecap="round"/>`;

export const cup: Figure = (b) =>
  `<g fill="none" stroke="${b.white}" stroke-width="9" stroke-linecap="round" stroke-opacity="0.75"><path d="M-36-150C-56-176-16-186-36-214"/><path d="M0-156C-20-184 20-196 0-230"/><path d="M36-150C16-176 56-186 36-214"/></g>` +
  `<ellipse cx="0" cy="0" rx="122" ry="17" fill="${b.light}"/><ellipse cx="0" cy="-4" rx="84" ry="9" fill="${b.dark}" fill-opacity="0.4"/>` +
  `<path d="M72-104C134-116 130-38 62-42" fill="none" stroke="${b.main}" stroke-width="17"/>` +
  `<path d="M-86-128H86C88-56 62-2 0-2S-88-56-86-128Z" fill="${b.main}"/><path d="M34-128H86C88-56 62-2 0-2C38-24 44-82 34-128Z" fill="${b.dark}"/><ellipse cx="0" cy="-128" rx="86" ry="20" fill="${b.light}"/><ellipse cx="0" cy="-126" rx="74" ry="15" fill="${b.tint('#6a4028')}"/><path d="M0-118C-26-124-24-138-10-136Q-2-135 0-130Q2-135 10-136C24-138 26-124 0-118Z" fill="${b.tint('#ead2b0')}"/>`;
