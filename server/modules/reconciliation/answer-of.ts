import type { ReconcileAnswer, Reconciliation } from "@/contracts/reconciliations";
import type { WrittenDecision } from "./write-decisions";

type Place = { recordId: string; start?: number | undefined; end?: number | undefined };

const words = {
  no_record: "There is no such record, or an open session still hides its labels from you.",
  nothing_decided: "Nothing is decided here, so there is nothing to take back.",
} as const;

/** What became of one decision, as the API says it. */
export function answerOf(place: Place, written: WrittenDecision | undefined): ReconcileAnswer {
  if (!written) throw new Error("a decision was written without an answer");
  if (written.outcome === "stands") return { ...whereOf(place), reconciliation: written.decision };
  if (written.outcome === "overtaken")
    return refusal(place, "overtaken", overtakenWords(written.stands), written.stands);
  const code = written.outcome === "no_record" ? "not_found" : "nothing_decided";
  return refusal(place, code, words[written.outcome]);
}

/** An item that was not written, and why. */
export const refusal = (
  place: Place,
  code: string,
  message: string,
  stands: Reconciliation | null = null,
): ReconcileAnswer => ({ ...whereOf(place), error: { code, message }, stands });

const overtakenWords = (stands: Reconciliation | null): string =>
  stands
    ? `${stands.by.name} has decided this meanwhile.`
    : "What was decided here has been taken back meanwhile.";

const whereOf = ({ recordId, start, end }: Place) => ({
  recordId,
  ...(start === undefined || start < 0 ? {} : { start, end }),
});
