import type { MajorityOutcome } from "./majority";
import type { AcceptedOutcome, VerdictOutcome } from "./verified-first";

/** What a person decided about the record in hand, seeing everybody's votes. */
export type Decision = { id: string; authorId: string; value: string };

export type ReconciledOutcome = {
  value: string;
  confidence: 1;
  entropy: 0;
  provenance: { source: "reconciliation"; reconciliationId: string; authorId: string };
};

/**
 * The last word: a decision made where annotators differ is final under every policy, also before verdicts, since
 * whoever made it saw them. Only without one does the policy say.
 * @param otherwise what the policy says
 */
export function reconciledFirst<T extends VerdictOutcome | AcceptedOutcome | MajorityOutcome>(
  decision: Decision | undefined,
  otherwise: () => T,
): ReconciledOutcome | T {
  if (!decision) return otherwise();
  return {
    value: decision.value,
    confidence: 1,
    entropy: 0,
    provenance: {
      source: "reconciliation",
      reconciliationId: decision.id,
      authorId: decision.authorId,
    },
  };
}
