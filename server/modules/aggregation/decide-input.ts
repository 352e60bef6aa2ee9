import type { AggregationPolicy, VotingVersions } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Sight } from "@/server/modules/sight";
import type { Sql } from "@/server/platform/sql";

export type DecideInput = {
  projectId: string;
  label: string;
  level: LabelDefinition["level"];
  policy: AggregationPolicy;
  /** Whose labels are counted; null: everybody's. */
  annotators: readonly string[] | null;
  versions: VotingVersions;
  /** Of each annotator that is counted, where the policy is `weighted`. */
  weights?: Record<string, number> | null;
  /** Where the policy is `dawid-skene`. */
  smoothing?: number | null;
  /** Narrows it to some records: a condition on `"Record" r`. */
  records?: Sql;
  /** Of whoever asks: what is hidden from them is not counted. */
  sight?: Sight;
};
