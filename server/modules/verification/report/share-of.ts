import type { Share } from "@/contracts/session-report";
import { wilsonInterval } from "@/server/modules/evaluation";

/** `count` of `n` with its 95 % Wilson interval; null when nothing was observed. */
export function shareOf(count: number, n: number): Share | null {
  const interval = wilsonInterval(count, n);
  return interval && { n, count, point: count / n, low: interval[0], high: interval[1] };
}
