import { mirrored } from '../brush.ts';
import type { Figure } from '../brush.ts';

const eyes = (x: number, y: number, r: number, ink: string): string =>
  mirrored(
    `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 1.2}" fill="${ink}"/><circle cx="${x - r * 0.3}" cy="${y - r * 0.45}" r="${r * 0.36}" fill="#ffffff"/>`,
  );

export const fox: Figure = (b) =>
  `<path d="M30-6C92 4 128-40 112-96C108-112 98-120 92-132C70-108 84-84 66-62C52-46 34-44 24-40Z" fill="${b.main}"/>` +
  `<path d="M112-96C108-112 98-120 92-132C78-117 79-101 77-86C88-96 100-86 112-96Z" fill="${b.white}"/>` +
  `<path d="M0-120C-44-110-62-44-56-8C-54 2-40 2-34 2H34C40 2 54 2 56-8C62-44 44-110 0-120Z" fill="${b.main}"/>` +
  `<path d="M0-104C-22-92-30-50-20-16C-12-4 12-4 20-16C30-50 22-92 0-104Z" fill="${b.white}"/>` +
  mirrored(
    `<path d="M-6-40C-14-40-26-38-28-18L-31 0C-30 6-6 6-6 0Z" fill="${b.main}"/><path d="M-30-14L-31 0C-30 6-6 6-6 0V-14Z" fill="${b.dark}"/>` +
      `<path d="M-62-150L-66-212Q-64-218-58-214L-16-184Z" fill="${b.main}"/><path d="M-57-170L-58-200L-34-182Z" fill="${b.dark}"/>`,
  ) +
  `<path d="M0-92C-14-92-52-112-74-134C-66-138-62-146-60-154C-54-180-28-190 0-190S54-180 60-154C62-146 66-138 74-134C52-112 14-92 0-92Z" fill="${b.main}"/>` +
  mirrored(
    `<path d="M0-92C-14-92-52-112-74-134C-66-138-63-143-61-150C-44-152-22-144-12-122C-9-114-6-108 0-108Z" fill="${b.white}"/>`,
  ) +
  eyes(-26, -146, 6.5, b.ink) +
  `<path d="M-9-112Q0-117 9-112Q6-102 0-100Q-6-102-9-112Z" fill="${b.ink}"/>`;

export const cat: Figure = (b) =>
  `<path d="M44-10C88-6 104-40 90-66C82-82 96-96 104-92" fill="none" stroke="${b.dark}" stroke-width="17" stroke-linecap="round"/>` +
  `<path d="M0-118C-42-108-60-44-54-8C-52 2-40 2-34 2H34C40 2 52 2 54-8C60-44 42-108 0-118Z" fill="${b.main}"/>` +
  `<ellipse cx="0" cy="-52" rx="24" ry="40" fill="${b.light}"/>` +
  mirrored(
    `<ellipse cx="-19" cy="-4" rx="18" ry="11" fill="${b.light}"/><path d="M-60-140L-58-204Q-56-210-50-206L-14-180Z" fill="${b.main}"/><path d="M-50-166L-49-190L-28-176Z" fill="${b.tint('#e9a0a0')}"/>`,
  ) +
  `<path d="M0-94C-46-94-66-116-64-146C-62-174-32-186 0-186S62-174 64-146C66-116 46-94 0-94Z" fill="${b.main}"/>` +
  `<path d="M-12-184L-5-160H5L12-184Q0-187-12-184ZM-30-180L-22-164L-16-182ZM30-180L22-164L16-182Z" fill="${b.dark}"/>` +
  `<ellipse cx="0" cy="-114" rx="27" ry="17" fill="${b.light}"/>` +
  eyes(-27, -142, 9, b.ink) +
  `<path d="M-6-124H6L0-117Z" fill="${b.tint('#d9777b')}"/><path d="M0-117V-112M0-112Q-7-105-13-111M0-112Q7-105 13-111" fill="none" stroke="${b.ink}" stroke-width="2.6" stroke-linecap="round"/>` +
  mirrored(
    `<path d="M-34-116L-78-122M-34-110L-76-104" stroke="${b.white}" stroke-width="2" stroke-linecap="round"/>`,
  );

export const dog: Figure = (b) =>
  `<path d="M46-20C78-26 92-52 88-78" fill="none" stroke="${b.main}" stroke-width="19" stroke-linecap="round"/>` +
  `<path d="M0-116C-46-106-64-44-58-8C-56 2-42 2-36 2H36C42 2 56 2 58-8C64-44 46-106 0-116Z" fill="${b.main}"/>` +
  `<path d="M0-96C-24-88-30-46-22-16C-12-6 12-6 22-16C30-46 24-88 0-96Z" fill="${b.white}"/>` +
  mirrored(`<ellipse cx="-21" cy="-4" rx="20" ry="12" fill="${b.light}"/>`) +
  `<path d="M0-90C-40-90-62-112-60-146C-58-176-30-192 0-192S58-176 60-146C62-112 40-90 0-90Z" fill="${b.main}"/>` +
  mirrored(
    `<path d="M-40-184C-72-190-86-158-82-128C-80-110-66-108-60-122C-56-136-52-160-40-184Z" fill="${b.dark}"/>`,
  ) +
  `<path d="M0-190C-12-190-10-150-16-138C-34-130-36-96 0-92C36-96 34-130 16-138C10-150 12-190 0-190Z" fill="${b.white}"/>` +
  eyes(-28, -146, 7.5, b.ink) +
  `<path d="M-13-130Q0-138 13-130Q10-116 0-116Q-10-116-13-130Z" fill="${b.ink}"/><path d="M-11-106Q0-98 11-106" fill="none" stroke="${b.ink}" stroke-width="3" stroke-linecap="round"/>` +
  `<path d="M-40-90Q0-76 40-90L37-78Q0-64-37-78Z" fill="${b.tint('#c23b3b')}"/><circle cx="0" cy="-68" r="9" fill="${b.tint('#f0c24a')}"/>`;

export const rabbit: Figure = (b) =>
  `<circle cx="52" cy="-24" r="19" fill="${b.white}"/>` +
  mirrored(
    `<path d="M-16-168C-44-186-54-246-38-262C-20-266-4-220-4-172Z" fill="${b.main}"/><path d="M-18-182C-34-200-40-238-33-248C-23-246-14-214-13-184Z" fill="${b.tint('#eba9ac')}"/>`,
  ) +
  `<ellipse cx="0" cy="-50" rx="54" ry="54" fill="${b.main}"/><ellipse cx="0" cy="-42" rx="32" ry="38" fill="${b.light}"/>` +
  mirrored(`<ellipse cx="-32" cy="-4" rx="29" ry="13" fill="${b.light}"/>`) +
  `<path d="M0-84C-42-84-56-108-54-132C-52-162-26-176 0-176S52-162 54-132C56-108 42-84 0-84Z" fill="${b.main}"/>` +
  mirrored(`<ellipse cx="-16" cy="-106" rx="18" ry="13" fill="${b.white}"/>`) +
  eyes(-26, -136, 7.5, b.ink) +
  `<path d="M-7-120H7L0-111Z" fill="${b.tint('#d9777b')}"/><path d="M-6-99h12v9q-6 4-12 0Z" fill="${b.white}"/>`;

export const bear: Figure = (b) =>
  mirrored(
    `<circle cx="-46" cy="-182" r="23" fill="${b.main}"/><circle cx="-46" cy="-181" r="12" fill="${b.light}"/><ellipse cx="-64" cy="-64" rx="20" ry="40" transform="rotate(16 -64 -64)" fill="${b.dark}"/>`,
  ) +
  `<ellipse cx="0" cy="-56" rx="64" ry="62" fill="${b.main}"/><ellipse cx="0" cy="-48" rx="40" ry="44" fill="${b.light}"/>` +
  mirrored(
    `<ellipse cx="-40" cy="-6" rx="27" ry="18" fill="${b.dark}"/><ellipse cx="-40" cy="-4" rx="15" ry="9" fill="${b.light}"/>`,
  ) +
  `<path d="M0-92C-48-92-66-114-64-146C-62-176-34-196 0-196S62-176 64-146C66-114 48-92 0-92Z" fill="${b.main}"/>` +
  `<ellipse cx="0" cy="-122" rx="31" ry="24" fill="${b.light}"/>` +
  eyes(-27, -150, 6.5, b.ink) +
  `<ellipse cx="0" cy="-132" rx="11" ry="8" fill="${b.ink}"/><path d="M0-124V-116M0-116Q-8-108-14-114M0-116Q8-108 14-114" fill="none" stroke="${b.ink}" stroke-width="3" stroke-linecap="round"/>`;

export const owl: Figure = (b) =>
  `<path d="M-110 4Q0-16 112 2" fill="none" stroke="${b.tint('#6b4a3a')}" stroke-width="17" stroke-linecap="round"/>` +
  `<path d="M0-206C-20-190-44-186-62-206C-70-170-74-60-50-22C-34 0 34 0 50-22C74-60 70-170 62-206C44-186 20-190 0-206Z" fill="${b.main}"/>` +
  `<path d="M0-120C-36-112-44-56-32-26C-20-8 20-8 32-26C44-56 36-112 0-120Z" fill="${b.light}"/>` +
  [-92, -70, -48]
    .map(
      (y, i) =>
        `<path d="M${-24 + i * 3} ${y}q8 12 16 0q8 12 16 0q8 12 ${16 - i * 6} 0" fill="none" stroke="${b.dark}" stroke-width="3.4" stroke-linecap="round"/>`,
    )
    .join('') +
  mirrored(
    `<path d="M-58-140C-90-100-82-46-46-24C-42-66-46-104-58-140Z" fill="${b.dark}"/><circle cx="-28" cy="-152" r="29" fill="${b.white}"/><circle cx="-27" cy="-152" r="18" fill="${b.tint('#f2b33c')}"/><circle cx="-26" cy="-152" r="11" fill="${b.ink}"/><circle cx="-30" cy="-157" r="4" fill="#ffffff"/><path d="M-30-8v12M-20-8v12M-10-8v12" stroke="${b.tint('#e09a35')}" stroke-width="6" stroke-linecap="round"/>`,
  ) +
  `<path d="M-10-140H10L0-118Z" fill="${b.tint('#e09a35')}"/>`;

export const bird: Figure = (b) =>
  `<path d="M-108 6Q0-8 110-6M52-4Q76-20 96-34" fill="none" stroke="${b.tint('#6b4a3a')}" stroke-width="14" stroke-linecap="round"/><ellipse cx="98" cy="-38" rx="15" ry="8" transform="rotate(-38 98 -38)" fill="${b.tint('#6fae5c')}"/>` +
  `<path d="M44-62L122-36L112-16L34-28Z" fill="${b.dark}"/>` +
  `<path d="M-30-8v14M-6-6v12" stroke="${b.tint('#e09a35')}" stroke-width="6" stroke-linecap="round"/>` +
  `<path d="M-84-132C-84-168-56-186-28-184C6-182 22-158 34-126C48-96 70-72 74-52C48-8-14 2-46-12C-80-30-84-80-84-132Z" fill="${b.main}"/>` +
  `<path d="M-82-110C-62-104-30-74-34-6C-72-12-84-66-82-110Z" fill="${b.white}"/>` +
  `<path d="M-14-108C22-112 54-82 86-44C52-18 0-26-12-56C-18-74-20-96-14-108Z" fill="${b.dark}"/><path d="M2-84C26-82 44-66 62-46M4-62C20-60 32-52 44-42" fill="none" stroke="${b.light}" stroke-width="5" stroke-linecap="round"/>` +
  `<path d="M-82-150L-116-138L-80-128Z" fill="${b.tint('#f0a13a')}"/><circle cx="-54" cy="-146" r="9" fill="${b.ink}"/><circle cx="-57" cy="-150" r="3.2" fill="#ffffff"/>`;

export const penguin: Figure = (b) =>
  mirrored(
    `<ellipse cx="-24" cy="-3" rx="27" ry="11" fill="${b.tint('#f0a13a')}"/><path d="M-52-130C-96-98-92-52-76-40C-64-52-58-76-50-92Z" fill="${b.dark}"/>`,
  ) +
  `<path d="M0-206C-44-206-58-168-58-134C-64-92-70-30-44-8C-26 4 26 4 44-8C70-30 64-92 58-134C58-168 44-206 0-206Z" fill="${b.main}"/>` +
  `<path d="M0-146C-10-176-46-170-44-138C-50-92-52-38-34-18C-20-8 20-8 34-18C52-38 50-92 44-138C46-170 10-176 0-146Z" fill="${b.white}"/>` +
  eyes(-21, -148, 6.5, b.ink) +
  `<path d="M-14-136Q0-146 14-136L0-118Z" fill="${b.tint('#f0a13a')}"/>` +
  `<path d="M-54-116Q0-96 54-116L54-98Q0-78-54-98Z" fill="${b.tint('#c8414a')}"/><path d="M24-96L44-98L46-50L28-50Z" fill="${b.tint('#a9333f')}"/>`;

export const fish: Figure = (b) =>
  `<g transform="translate(0 -96)"><path d="M70 0C96-44 124-50 130-44C120-16 120 16 130 44C124 50 96 44 70 0Z" fill="${b.dark}"/><path d="M-30-52C-6-96 40-92 56-84C44-70 42-56 40-38Z" fill="${b.dark}"/><path d="M-16 50C0 78 30 80 44 74C34 64 30 54 28 40Z" fill="${b.dark}"/><path d="M-108 0C-84-52-26-66 22-50C58-38 76-16 84 0C76 16 58 38 22 50C-26 66-84 52-108 0Z" fill="${b.main}"/><path d="M-104 8C-76 40-24 42 26 30C50 24 70 12 84 0C76 16 58 38 22 50C-26 66-82 54-104 8Z" fill="${b.light}"/><path d="M-48-46Q-26 0-48 46" fill="none" stroke="${b.dark}" stroke-width="5"/>` +
  [0, 1, 2]
    .map(
      (i) =>
        `<path d="M${-10 + i * 26}-22q14 12 0 22M${-2 + i * 24} 6q14 11 0 20" fill="none" stroke="${b.light}" stroke-width="4" stroke-linecap="round"/>`,
    )
    .join('') +
  `<circle cx="-74" cy="-12" r="12" fill="${b.white}"/><circle cx="-76" cy="-12" r="7" fill="${b.ink}"/></g>` +
  `<g fill="none" stroke="${b.white}" stroke-width="4" stroke-opacity="0.8"><circle cx="-122" cy="-132" r="8"/><circle cx="-136" cy="-166" r="12"/><circle cx="-118" cy="-196" r="6"/></g>`;

export const whale: Figure = (b) =>
  `<path d="M-46-146C-52-180-78-188-88-176M-42-146C-38-182-10-190 0-178" fill="none" stroke="${b.tint('#bfe4f2')}" stroke-width="9" stroke-linecap="round"/>` +
  `<path d="M-118-62C-118-120-74-146-20-142C40-138 66-92 94-82C96-104 82-120 76-136C96-140 112-126 118-110C122-126 138-136 154-132C148-108 136-90 122-74C112-30 60 2-10 2C-80 2-118-18-118-62Z" fill="${b.main}"/>` +
  `<path d="M-116-48C-80-34-20-34 20-44C10-18-10-2-30 2C-82 0-116-16-116-48Z" fill="${b.white}"/>` +
  `<path d="M-96-36Q-86-14-70-2M-70-32Q-62-10-48 0M-44-32Q-38-12-26 0" fill="none" stroke="${b.dark}" stroke-width="3" stroke-opacity="0.5"/>` +
  `<path d="M6-46C20-30 22-8 8 12C-14 2-18-22-12-40Z" fill="${b.dark}"/><circle cx="-72" cy="-70" r="7.5" fill="${b.ink}"/><circle cx="-74" cy="-73" r="2.6" fill="#ffffff"/>`;

export const butterfly: Figure = (b) =>
  `<g transform="translate(0 -108)">` +
  mirrored(
    `<path d="M-4-14C-20-86-88-112-112-78C-124-42-84-4-6 2Z" fill="${b.main}"/><path d="M-6 4C-70 6-96 36-78 68C-58 92-18 62-4 16Z" fill="${b.dark}"/><path d="M-18-22C-36-68-78-84-94-66C-98-44-68-18-18-10Z" fill="${b.light}"/><circle cx="-56" cy="44" r="13" fill="${b.light}"/><circle cx="-92" cy="-66" r="8" fill="${b.white}"/><circle cx="-101" cy="-44" r="6" fill="${b.white}"/><path d="M-3-38Q-12-72-30-80" fill="none" stroke="${b.ink}" stroke-width="3.4" stroke-linecap="round"/>`,
  ) +
  `<path d="M0-44C9-40 8 40 0 66C-8 40-9-40 0-44Z" fill="${b.ink}"/></g>`;
