import type { CompareResult } from "@/contracts/compare";

type Pair = CompareResult["pairs"][number];
type Format = { count: (value: number) => string; decimal: (value: number, digits?: number) => string };

/** The level below which the exact McNemar test is taken to show a difference. */
const LEVEL = 0.05;

/** Whether the test shows that one of the two is right more often. */
export const isShown = ({ mcnemarP }: Pick<Pair, "mcnemarP">): boolean =>
  mcnemarP !== null && mcnemarP < LEVEL;

/** What the paired comparison says, in a sentence. */
export function pairWords(pair: Pair, [a, b]: readonly [string, string], format: Format): string {
  const { n, difference, interval, mcnemarP, overlap, conflicts } = pair;
  if (overlap === 0) return "They have labelled no record in common.";
  if (mcnemarP === null)
    return `They gave the same value to ${format.count(overlap - conflicts)} of ${records(overlap, format)}.`;
  if (difference === null || interval === null) return "No record that both labelled has a gold value.";
  const points = (share: number) => `${format.decimal(100 * Math.abs(share), 1)} points`;
  if (isShown(pair)) {
    const [better, worse] = difference > 0 ? [a, b] : [b, a];
    return `${better} is right more often than ${worse}: by ${points(difference)} on the same ${records(n, format)}.`;
  }
  const better = (share: number) => `${share < 0 ? b : a} ${points(share)} better`;
  const range = interval.map(better).join(" to ");
  return `A difference is not shown on these ${records(n, format)}: they fit with anything from ${range}.`;
}

const records = (count: number, format: Format) => `${format.count(count)} record${count === 1 ? "" : "s"}`;

/** Why κ has no value. */
export function kappaReason(reason: string | undefined): string {
  if (reason === "single_category")
    return "Both gave one and the same value throughout, so chance alone would agree fully";
  return "No record was labelled by both";
}

/** p as people write it; never 0. */
export const pValue = (p: number, format: Format): string =>
  p < 0.001 ? "p < 0.001" : `p = ${format.decimal(p, p < 0.1 ? 3 : 2)}`;
