import type { AggregationPolicy, FinalProvenance } from "@/contracts/aggregation";
import { optionsOfKey } from "@/contracts/value-key";
import type { Db } from "@/server/platform/db";
import { type Candidates, readCandidates, readJobAgents } from "./candidate-repository";
import { majority } from "./policies/majority";
import { verifiedFirst } from "./policies/verified-first";

/** The final label of one record. */
export type Decision = {
  recordId: string;
  position: string;
  /** Empty on a tie. */
  value: string[];
  /** Keys of the values that share the first place; empty when there is a value. */
  tie: string[];
  confidence: number | null;
  entropy: number | null;
  provenance: FinalProvenance;
};

export type DecideInput = {
  projectId: string;
  label: string;
  policy: AggregationPolicy;
  annotators: readonly string[] | null;
};

type JobAgents = ReadonlyMap<string, { agentId: string; agentVersion: number }>;

const BATCH = 2000;

/**
 * Applies a policy to every record of the project that has a label or a verdict that counts, in batches in the order of
 * the records. The caller's transaction says of which moment the labels are.
 */
export async function* decideRecords(
  db: Db,
  { projectId, label, policy, annotators }: DecideInput,
): AsyncGenerator<Decision[]> {
  const agents = await readJobAgents(db, projectId);
  const query = { projectId, label, annotators, withVerdicts: policy === "verified-first" };
  for (let after = "-1"; ; ) {
    const candidates = await readCandidates(db, query, { after, limit: BATCH });
    const decisions = candidates.flatMap((record) => decide(record, policy, agents) ?? []);
    if (decisions.length > 0) yield decisions;
    const last = candidates.at(-1);
    if (!last || candidates.length < BATCH) return;
    after = last.position;
  }
}

function decide(record: Candidates, policy: AggregationPolicy, agents: JobAgents): Decision | null {
  const { recordId, position, votes, verdicts } = record;
  const outcome = policy === "majority" ? majority(votes) : verifiedFirst({ verdicts, votes });
  const { value, confidence, entropy, provenance: source } = outcome;
  const shared = { recordId, position, confidence, entropy };
  if (source.source === "verdict") {
    const verdict = verdicts.find(({ id }) => id === source.verdictId);
    return {
      ...shared,
      value: optionsOfKey(outcome.value ?? "[]"),
      tie: [],
      provenance: {
        source: "verdict",
        verdictId: source.verdictId,
        verifier: { id: source.verifierId, name: verdict?.verifierName ?? "" },
        verdict: source.status,
        ...supporters(verdict ? [verdict.jobId] : [], agents),
        votes: 0,
      },
    };
  }
  if (source.votes === 0) return null;
  return {
    ...shared,
    value: value === null ? [] : optionsOfKey(value),
    tie: "tie" in outcome ? (outcome.tie ?? []) : [],
    provenance: {
      source: "majority",
      verdictId: null,
      verifier: null,
      verdict: null,
      ...supporters(source.annotatorIds, agents),
      votes: source.votes,
    },
  };
}

function supporters(ids: readonly string[], agents: JobAgents): Pick<FinalProvenance, "annotators" | "jobs"> {
  const jobs = ids.flatMap((jobId) => {
    const agent = agents.get(jobId);
    return agent ? [{ jobId, ...agent }] : [];
  });
  return { annotators: [...ids], jobs };
}
