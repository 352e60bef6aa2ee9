import type { FieldProblem } from "../../contracts/common";
import { TandemError } from "../tandem-error";

/** Characters of an answer that is no problem and is told all the same. */
const SHOWN = 300;

/** The error that an answer tells: `application/problem+json`, or whatever stood between Tandem and here. */
export async function readProblem(response: Response): Promise<TandemError> {
  const { status } = response;
  const text = await response.text();
  const retryAfter = secondsOf(response.headers.get("retry-after"));
  const told = parse(text);
  return new TandemError({
    status,
    code: textOf(told.code) ?? `http_${status}`,
    detail:
      textOf(told.detail) ?? (text.slice(0, SHOWN).trim() || response.statusText || "No reason was given."),
    errors: problemsOf(told.errors),
    retryAfter,
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // A page of a proxy: its text is told as it is.
    return {};
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function problemsOf(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const { path, message }: { path?: unknown; message?: unknown } = item;
    return typeof path === "string" && typeof message === "string" ? [{ path, message }] : [];
  });
}

/** `Retry-After` in seconds from now: it may be a number, or a date (RFC 9110). @returns null when it says neither */
export function secondsOf(header: string | null, now = Date.now()): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}
