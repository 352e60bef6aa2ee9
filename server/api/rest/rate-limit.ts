import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "@/server/platform/env";
import { AppError } from "@/server/platform/errors";
import { processWide } from "@/server/platform/process-wide";

/**
 * Counts one request against the minute's allowance of a token (or, without one, of an address).
 * @throws AppError `rate_limited` with Retry-After
 */
export async function countRequest(caller: string): Promise<void> {
  const points = env().rateLimit;
  if (points === 0) return;
  const limiter = processWide("restRateLimiter", () => new RateLimiterMemory({ points, duration: 60 }));
  try {
    await limiter.consume(caller);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("rate_limited", `More than ${points} requests in a minute. Wait a moment.`, {
      retryAfter: refusal.msBeforeNext / 1000,
    });
  }
}
