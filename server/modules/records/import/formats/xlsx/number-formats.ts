/** How a number is shown: as what it is, or as a date, a time of day, or both. */
export type NumberKind = "number" | "date" | "time" | "datetime";

/** Built-in formats by their ids (ECMA-376, 18.8.30), those of East Asian locales included. */
function builtInKind(id: number): NumberKind {
  if (id === 22) return "datetime";
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return "time";
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return "date";
  return "number";
}

/** The kind of a format by its id, or by its code when the workbook defines it. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return builtInKind(id);
  const bare = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, "")
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .split(";")[0]
    ?.toLowerCase();
  if (bare === undefined || bare.includes("general") || /[0#?]/.test(bare.replaceAll(/\.0+/g, "")))
    return "number";
  const hasTime = /[hs]/.test(bare);
  const hasDate = /[yd]/.test(bare) || (/m/.test(bare) && !hasTime);
  if (hasDate) return hasTime ? "datetime" : "date";
  return hasTime ? "time" : "number";
}

const DAY = 86_400_000;
/** Serial 1 is 1 January 1900; the day 60 (29 February 1900) never was, so days before it are one less off. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAYS_TO_1904 = 1462;

/**
 * A serial date as ISO text: `2024-05-01`, `2024-05-01T10:30:00`, `10:30:00` (a workbook knows no zone). Undefined
 * for a number that is no date.
 */
export function isoDate(
  serial: number,
  kind: Exclude<NumberKind, "number">,
  from1904: boolean,
): string | undefined {
  const days = serial + (from1904 ? DAYS_TO_1904 : 0);
  const shifted = !from1904 && days < 60 ? days + 1 : days;
  const time = new Date(Math.round((EPOCH + shifted * DAY) / 1000) * 1000);
  if (serial < 0 || Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999) return undefined;
  const iso = time.toISOString();
  if (kind === "time" && serial < 1) return iso.slice(11, 19);
  const isMidnight = iso.slice(11, 19) === "00:00:00";
  return kind === "date" && isMidnight ? iso.slice(0, 10) : iso.slice(0, 19);
}
