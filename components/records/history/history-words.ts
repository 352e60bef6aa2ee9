import type { HistoryEntry, HistoryOrigin } from "@/contracts/history";

const verdictWords = { CONFIRMS: "confirmed", CORRECTS: "corrected", UNSURE: "could not tell" } as const;
const answerWords = { UNSURE: "could not tell", NONE: "found nothing to mark for" } as const;

/** What somebody did, as it stands before the label's name. */
export function historyWords({ kind, status, answer, value, before, about }: HistoryEntry): string {
  if (kind === "verdict") {
    const whose = about ? ` ${about.name}'s` : "";
    return status === null ? `took back the verdict on${whose}` : `${verdictWords[status]}${whose}`;
  }
  if (kind === "reconciliation") return value === null ? "took back the decision on" : "decided";
  if (answer) return answerWords[answer];
  if (value === null) return "cleared";
  return before ? "changed" : "labelled";
}

const origins: Record<HistoryOrigin, string | null> = {
  given: null,
  job: null,
  import: "by an import",
  bulk: "on many records at once",
  bulk_undo: "by taking a bulk action back",
  resolved: "by saying what an answer meant",
  resolved_undo: "by taking a resolved answer back",
  mapping: "by a mapping of the schema",
  mapping_undo: "by taking a mapping back",
  restored: "by setting an earlier value again",
};

/** How it came about, where it wasn't simply given. */
export const originWords = ({
  origin,
  restoredBy,
}: Pick<HistoryEntry, "origin" | "restoredBy">): string | null =>
  restoredBy ? `set again when ${restoredBy.name} undid theirs` : origins[origin];
