import { numberFormat } from "./kept-formats";

/** What stands where a figure can't be had. */
export const noFigure = "n/a";

/** 1234567 → "1,234,567" in the reader's locale. */
export function formatCount(value: number, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** 1 → "1 record", 1234 → "1,234 records". */
export function formatCounted(value: number, locale: string, one: string, many = `${one}s`): string {
  return `${formatCount(value, locale)} ${value === 1 ? one : many}`;
}

/** 41200 → "41K"; for places too narrow for the count itself. */
export function formatCompact(value: number, locale: string): string {
  return numberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}

/** A share of 0–1 → "92.3%". */
export function formatShare(value: number, locale: string, digits = 1): string {
  return numberFormat(locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** The ends of an interval of a share, beside which the share stands: "89.1–94.7". */
export function formatRange(low: number, high: number, locale: string): string {
  const { format } = numberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${format(100 * low)}–${format(100 * high)}`;
}

/** 0.9834 → "0.98". Rounds towards zero near 1, so that only certainty reads "1.00". */
export function formatDecimal(value: number, locale: string, digits = 2): string {
  const step = 10 ** digits;
  const shown = value < 1 && Math.round(value * step) >= step ? (step - 1) / step : value;
  return numberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(shown);
}

/** US dollars; below one cent with as many places as two significant figures need. */
export function formatCost(dollars: number, locale: string): string {
  const small = dollars !== 0 && Math.abs(dollars) < 0.01;
  return numberFormat(locale, {
    style: "currency",
    currency: "USD",
    ...(small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  }).format(dollars);
}

/** Bytes in powers of 1000: 1_500_000 → "1.5 MB". */
export function formatBytes(bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return numberFormat(locale, {
    style: "unit",
    unit: units[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power);
}

/** Milliseconds in the two largest units that matter: "840 ms", "12 s", "3 min 20 s", "6 h 5 min". */
export function formatDuration(milliseconds: number, locale: string): string {
  const unit = (value: number, name: string) =>
    numberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: 0,
    }).format(value);
  if (milliseconds < 1000) return unit(milliseconds, "millisecond");
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return unit(seconds, "second");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(unit(minutes, "minute"), seconds % 60, unit(seconds % 60, "second"));
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return join(unit(hours, "hour"), minutes % 60, unit(minutes % 60, "minute"));
  return join(unit(Math.floor(hours / 24), "day"), hours % 24, unit(hours % 24, "hour"));
}

function join(large: string, rest: number, small: string): string {
  return rest === 0 ? large : `${large} ${small}`;
}
