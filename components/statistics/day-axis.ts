const DAY = 86_400_000;
const MOST_TICKS = 4;

/** The times between which days are drawn, a whole day at least, and at which of them the axis is marked. */
export function dayAxis(days: readonly { day: string }[]): { domain: [number, number]; ticks: number[] } {
  const times = days.map(({ day }) => Date.parse(day));
  const first = Math.min(...times);
  const last = Math.max(...times, first + DAY);
  const count = Math.min(MOST_TICKS, Math.round((last - first) / DAY) + 1);
  const step = Math.max(1, Math.floor((last - first) / DAY / (count - 1))) * DAY;
  return { domain: [first, last], ticks: Array.from({ length: count }, (_, at) => first + at * step) };
}

/** Marks of an axis of counts from 0: whole numbers, the last at or above the largest count. */
export function countAxis(most: number): { domain: [number, number]; ticks: number[] } {
  const rough = Math.max(1, most) / MOST_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough,
  );
  const count = Math.ceil(Math.max(1, most) / step);
  return { domain: [0, count * step], ticks: Array.from({ length: count + 1 }, (_, at) => at * step) };
}
