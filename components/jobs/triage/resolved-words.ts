import type { ResolvedAnswers } from "@/contracts/job-triage";

/** What resolving has done; `spans` are those given for a label of spans. */
export function resolvedWords(
  spans: readonly unknown[] | undefined,
  { resolved, kept }: ResolvedAnswers,
): string {
  if (spans) return `Resolved: ${spansWords(spans.length)}`;
  const done = `Resolved: ${resolved === 1 ? "1 record" : `${resolved} records`} labelled`;
  return kept === 0 ? done : `${done}; ${kept} kept the label that you gave before`;
}

function spansWords(count: number): string {
  if (count === 0) return "nothing to mark";
  return count === 1 ? "1 span marked" : `${count} spans marked`;
}
