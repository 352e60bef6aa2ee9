import type { ParquetParsers } from "hyparquet";
import type { JsonValue } from "@/contracts/common";
import { isDeep } from "./json-depth";

/** What bytes become that are no text: the row that holds them is refused. */
const NOT_TEXT = Symbol("bytes that are no text");

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const DAY = 86_400_000;

function text(bytes: Uint8Array | undefined): string | typeof NOT_TEXT | undefined {
  if (bytes === undefined || bytes === null) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return NOT_TEXT;
  }
}

function json(bytes: Uint8Array | undefined): unknown {
  const read = text(bytes);
  if (typeof read !== "string") return read;
  try {
    const value: unknown = JSON.parse(read);
    return isDeep(value) ? read : value;
  } catch {
    return read;
  }
}

/** `2024-05-01T10:00:00.000Z`, with as many digits as the file has. */
function time(value: bigint | undefined, perMillisecond: bigint, digits: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  const rest = ((value % perMillisecond) + perMillisecond) % perMillisecond;
  const iso = isoTime(Number((value - rest) / perMillisecond));
  return rest === 0n ? iso : iso?.replace("Z", `${String(rest).padStart(digits, "0")}Z`);
}

function isoTime(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** How typed values are read: times and dates as ISO text, so that they are compared as rule 32 says. */
export const parsers: Partial<ParquetParsers> = {
  stringFromBytes: text,
  jsonFromBytes: json,
  timestampFromMilliseconds: (value) => time(value, 1n, 0),
  timestampFromMicroseconds: (value) => time(value, 1000n, 3),
  timestampFromNanoseconds: (value) => time(value, 1_000_000n, 6),
  dateFromDays: (days) => (days === undefined ? undefined : isoTime(days * DAY)?.slice(0, 10)),
};

/** Says, as the end of a sentence, why a value can't be imported. */
export class NotJson extends Error {}

/**
 * A value of a Parquet file as JSON: nested values as arrays and objects, whole numbers beyond 2^53 as text.
 * Undefined where there is none, as for the NaN that data frames write for nothing.
 * @throws NotJson
 */
export function jsonOf(value: unknown): JsonValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint")
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === "number") {
    if (Number.isNaN(value)) return undefined;
    if (!Number.isFinite(value)) throw new NotJson("is not a finite number");
    return value;
  }
  if (value === NOT_TEXT || value instanceof Uint8Array)
    throw new NotJson("holds bytes that are no UTF-8 text");
  if (value instanceof Date) return isoTime(value.getTime());
  if (Array.isArray(value)) return value.map((inner) => jsonOf(inner) ?? null);
  if (value instanceof Map) return objectOf([...value].map(([key, inner]) => [String(key), inner]));
  if (typeof value === "object") return objectOf(Object.entries(value));
  throw new NotJson("has a type that can't be imported");
}

const objectOf = (entries: [string, unknown][]): JsonValue =>
  Object.fromEntries(entries.map(([key, inner]) => [key, jsonOf(inner) ?? null]));
