import { dateFormat, relativeTimeFormat } from "./kept-formats";

const steps = [
  { unit: "second", size: 1, below: 60 },
  { unit: "minute", size: 60, below: 3600 },
  { unit: "hour", size: 3600, below: 86_400 },
  { unit: "day", size: 86_400, below: 30 * 86_400 },
  { unit: "month", size: 30.44 * 86_400, below: 365 * 86_400 },
  { unit: "year", size: 365.25 * 86_400, below: Number.POSITIVE_INFINITY },
] as const;

/** "3 minutes ago", "in 2 days"; within 10 s "now". Times are milliseconds since 1970. */
export function formatRelative(time: number, now: number, locale: string): string {
  const seconds = (time - now) / 1000;
  const distance = Math.abs(seconds);
  const relative = relativeTimeFormat(locale, { numeric: "auto", style: "short" });
  if (distance < 10) return relative.format(0, "second");
  const step = steps.find((candidate) => distance < candidate.below) ?? steps[5];
  return relative.format(Math.trunc(seconds / step.size), step.unit);
}

/** Date and time to the second with the zone's name, in the reader's locale and zone. */
export function formatExact(time: number, locale: string): string {
  return dateFormat(locale, {
    dateStyle: "medium",
    timeStyle: "long",
  }).format(time);
}

/** "12:03:04" in the reader's locale and zone. Only for what is rendered in the browser: the server doesn't know the zone. */
export function formatClock(time: number, locale: string): string {
  return dateFormat(locale, { timeStyle: "medium" }).format(time);
}
