const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const words = new Intl.RelativeTimeFormat('en');

/** How a moment is shown: as far from now as people say it, or as a date. */
export interface Moments {
  relative(atMs: number): string;
  date(atMs: number): string;
}

/** Moments as Discord shows them to an English reader: "in 24 hours", "2 minutes ago". */
export function momentsFrom(now: () => number): Moments {
  return {
    relative: (atMs) => relative(atMs - now()),
    date: (atMs) => new Date(atMs).toISOString().slice(0, 10),
  };
}

/** So near a moment, it depends on the machine whether it is "now" or "in 1 minute". */
const nearMs = 1.5 * minuteMs;

/** The same without what differs between two runs: seconds and dates. */
export function vagueMomentsFrom(now: () => number): Moments {
  return {
    relative: (atMs) => (Math.abs(atMs - now()) < nearMs ? 'about now' : relative(atMs - now())),
    date: () => '<date>',
  };
}

function relative(distanceMs: number): string {
  const far = Math.abs(distanceMs);
  if (far < 59_500) return words.format(Math.round(distanceMs / 1000), 'second');
  if (far < 59.5 * minuteMs) return words.format(Math.round(distanceMs / minuteMs), 'minute');
  if (far < 47.5 * hourMs) return words.format(Math.round(distanceMs / hourMs), 'hour');
  return words.format(Math.round(distanceMs / dayMs), 'day');
}
