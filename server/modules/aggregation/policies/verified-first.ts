import { byCodePoint } from "@/server/platform/code-point-order";
import { type MajorityOutcome, majority } from "./majority";
import { countValues, entropyOf, type Vote } from "./votes";

/** A person's current verdict on a job's label of the record in hand. */
export type Verdict = {
  id: string;
  verifierId: string;
  status: "CONFIRMS" | "CORRECTS" | "UNSURE";
  /** The value key that the person holds to be right; not read when the status is `UNSURE`. */
  value: string;
  createdAt: Date;
};

export type VerdictOutcome = {
  value: string;
  /** Share of the deciding people whose latest verdict has this value, 0 … 1. */
  confidence: number;
  /** Spread in bits of the deciding people's latest verdicts. */
  entropy: number | null;
  provenance: { source: "verdict"; verdictId: string; verifierId: string; status: "CONFIRMS" | "CORRECTS" };
};

/** A job's label that was accepted unread, on the evidence of blind verdicts; it is one of the votes. */
export type AcceptedLabel = { acceptanceId: string; annotatorId: string; value: string };

export type AcceptedOutcome = {
  value: string;
  /** Share of the votes that have this value, 0 … 1. */
  confidence: number;
  /** Spread of the votes in bits. */
  entropy: number | null;
  provenance: { source: "accepted"; acceptanceId: string; annotatorIds: string[]; votes: number };
};

export type VerifiedFirstInput = {
  /** Current verdicts only: what its author has since replaced or cleared must not be passed. */
  verdicts: readonly Verdict[];
  /** Of several the one under the strictest promise. */
  accepted?: AcceptedLabel | undefined;
  /** Labels of the jobs named in the policy. */
  votes: readonly Vote[];
};

/**
 * What people decided about one record, else what its jobs say: the latest verdict that decides, or, when there is none,
 * the label that was accepted, or else the majority of the votes. `UNSURE` decides nothing and never counts as a value. Confidence and entropy speak of those
 * who decided (people, or else jobs), so a value on which people disagree shows it.
 */
export function verifiedFirst({
  verdicts,
  accepted,
  votes,
}: VerifiedFirstInput): VerdictOutcome | AcceptedOutcome | MajorityOutcome {
  const newestFirst = verdicts.filter(decides).sort(byNewest);
  const [latest] = newestFirst;
  if (latest === undefined) return accepted ? asAccepted(accepted, votes) : majority(votes);

  const latestByVerifier = new Map<string, string>();
  for (const { verifierId, value } of newestFirst) {
    if (!latestByVerifier.has(verifierId)) latestByVerifier.set(verifierId, value);
  }
  const held = [...latestByVerifier.values()];
  return {
    value: latest.value,
    confidence: held.filter((value) => value === latest.value).length / held.length,
    entropy: entropyOf(held),
    provenance: {
      source: "verdict",
      verdictId: latest.id,
      verifierId: latest.verifierId,
      status: latest.status,
    },
  };
}

function asAccepted(
  { acceptanceId, annotatorId, value }: AcceptedLabel,
  votes: readonly Vote[],
): AcceptedOutcome {
  const values = votes.map((vote) => vote.value);
  return {
    value,
    confidence: (countValues(values).get(value) ?? 0) / values.length,
    entropy: entropyOf(values),
    provenance: { source: "accepted", acceptanceId, annotatorIds: [annotatorId], votes: votes.length },
  };
}

type DecidingVerdict = Verdict & { status: "CONFIRMS" | "CORRECTS" };

function decides(verdict: Verdict): verdict is DecidingVerdict {
  return verdict.status !== "UNSURE";
}

/** Newest first; within one millisecond by id, which is a UUIDv7 and so grows with time. */
function byNewest(a: Verdict, b: Verdict): number {
  return b.createdAt.getTime() - a.createdAt.getTime() || byCodePoint(b.id, a.id);
}
