import type { RateHint } from "../port";
import { type Headers, headerOf } from "./headers";

/** Header names: OpenAI and those that follow it, then Anthropic. */
const FAMILIES = [
  {
    limit: (what: string) => `x-ratelimit-limit-${what}`,
    remaining: (what: string) => `x-ratelimit-remaining-${what}`,
    reset: (what: string) => `x-ratelimit-reset-${what}`,
  },
  {
    limit: (what: string) => `anthropic-ratelimit-${what}-limit`,
    remaining: (what: string) => `anthropic-ratelimit-${what}-remaining`,
    reset: (what: string) => `anthropic-ratelimit-${what}-reset`,
  },
];

/** What the headers of an answer say of the provider's limits; null when they say nothing. */
export function readRateHint(headers: Headers, now: number): RateHint | null {
  for (const { limit, remaining, reset } of FAMILIES) {
    const of = (what: "requests" | "tokens") => ({
      limit: count(headerOf(headers, limit(what))),
      remaining: count(headerOf(headers, remaining(what))),
      resetMs: waitingTime(headerOf(headers, reset(what)), now),
    });
    const [requests, tokens] = [of("requests"), of("tokens")];
    if ([...Object.values(requests), ...Object.values(tokens)].every((value) => value === null)) continue;
    return {
      limitRequests: requests.limit,
      remainingRequests: requests.remaining,
      resetMs: requests.resetMs,
      limitTokens: tokens.limit,
      remainingTokens: tokens.remaining,
      tokensResetMs: tokens.resetMs,
    };
  }
  return null;
}

function count(text: string): number | null {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : null;
}

const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** `6m0s`, `1.5s`, `20ms`, plain seconds, or a time (RFC 3339). */
function waitingTime(text: string, now: number): number | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return Math.ceil(Number(trimmed) * 1000);
  if (/^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/.test(trimmed)) {
    const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
    return Math.ceil(
      parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0),
    );
  }
  const at = Date.parse(trimmed);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
