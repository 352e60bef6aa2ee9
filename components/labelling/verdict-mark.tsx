import { Check, CircleDot, CircleHelp, ListChecks, Pencil } from "lucide-react";
import type { VerdictStatus } from "@/contracts/verifications";

const marks: Record<VerdictStatus, { icon: typeof Check; word: string }> = {
  CONFIRMS: { icon: Check, word: "Confirmed" },
  CORRECTS: { icon: Pencil, word: "Corrected" },
  UNSURE: { icon: CircleHelp, word: "Can't tell" },
};

const together = { icon: ListChecks, word: "Confirmed together with others" };
const decided = { icon: CircleDot, word: "Decided" };

type VerdictMarkProps = {
  /** Null while the agent's label is hidden from the reader: then not whether it was right. */
  status: VerdictStatus | null;
  /** Why they can't tell. */
  reason?: string | null;
  /** Confirmed with many at one stroke: nobody says that they looked. */
  isTogether?: boolean;
};

/** How a person judged a label, small enough for a row; "can't tell" is always said, as no value says it. */
export function VerdictMark({ status, reason = null, isTogether = false }: VerdictMarkProps) {
  const { icon: Icon, word } =
    status === null ? decided : status === "CONFIRMS" && isTogether ? together : marks[status];
  return (
    <span
      className="inline-flex shrink-0 items-center gap-1 text-muted text-xs"
      title={reason === null ? word : `${word}: ${reason}`}
    >
      <Icon aria-hidden className="size-3.5" />
      <span className={status === "UNSURE" ? undefined : "sr-only"}>{word}</span>
    </span>
  );
}
