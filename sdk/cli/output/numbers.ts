/** As in `12 of 480 (3 %)`. */
export const partOf = (part: number, whole: number): string =>
  `${part} of ${whole}${whole > 0 ? ` (${Math.floor((100 * part) / whole)} %)` : ""}`;

/** US dollars; null: no price is known. */
export const dollars = (usd: number | null): string => (usd === null ? "unknown" : `${usd.toFixed(4)} US$`);

const UNITS = ["B", "kB", "MB", "GB", "TB"];

export function sizeOf(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}
