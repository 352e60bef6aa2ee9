import type { RateHint } from "@/server/platform/llm";

/**
 * What the provider's headers say may still be asked. What remains is spread evenly over the time until it is granted
 * again: where a window is fixed that uses it up exactly, where calls are granted one by one it settles at their rate.
 */
export type GrantedBudget = {
  /** @param tokens that the call used */
  note(nowMs: number, hint: RateHint | null | undefined, tokens: number | null): void;
  /** Calls a second; null: the headers don't hold calls back. @param inFlight calls that are not counted there yet */
  at(nowMs: number, inFlight: number): number | null;
  /** When everything is granted again. */
  untilMs(): number;
};

/** A window shorter than this may be over before its headers arrive. */
const SHORTEST_WINDOW_MS = 1500;

type Budget = { calls: number; untilMs: number };

export function createGrantedBudget(): GrantedBudget {
  const requests = createWindow();
  const tokens = createWindow();
  let tokensACall = 0;
  return {
    note(now, hint, used) {
      if (used !== null) tokensACall = tokensACall === 0 ? used : 0.9 * tokensACall + 0.1 * used;
      if (!hint) return;
      requests.note(now, hint.limitRequests, hint.remainingRequests, hint.resetMs);
      if (tokensACall === 0) return;
      const calls = (count: number | null) => (count === null ? null : count / tokensACall);
      tokens.note(now, calls(hint.limitTokens), calls(hint.remainingTokens), hint.tokensResetMs);
    },
    at(now, inFlight) {
      const rates = [requests.at(now, inFlight), tokens.at(now, inFlight)].filter((rate) => rate !== null);
      return rates.length === 0 ? null : Math.min(...rates);
    },
    untilMs: () => Math.max(requests.untilMs(), tokens.untilMs()),
  };
}

function createWindow() {
  let budget: Budget | null = null;
  let longestMs = 0;
  let limit: number | null = null;
  return {
    note(now: number, most: number | null, calls: number | null, resetMs: number | null): void {
      if (calls === null || resetMs === null) return;
      longestMs = Math.max(longestMs, resetMs);
      limit = most;
      budget = longestMs < SHORTEST_WINDOW_MS ? null : { calls, untilMs: now + resetMs };
    },
    at(now: number, inFlight: number): number | null {
      if (budget === null) return null;
      // Granted again, and nothing has said so yet: no faster than on average.
      if (now >= budget.untilMs) return limit === null ? null : (limit * 1000) / longestMs;
      return (Math.max(0, budget.calls - inFlight) * 1000) / (budget.untilMs - now);
    },
    untilMs: () => budget?.untilMs ?? 0,
  };
}
