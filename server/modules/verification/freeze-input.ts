import type { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { sessionOrder, sessionSample } from "@/contracts/sessions";
import type { Sight } from "@/server/modules/sight";
import type { Sql } from "@/server/platform/sql";

/** What a session's items are made of. */
export type FreezeInput = {
  projectId: string;
  sessionId: string;
  label: string;
  level: LabelDefinition["level"];
  jobIds: readonly string[];
  order: z.infer<typeof sessionOrder>;
  /** The condition on `"Record" r`. */
  records: Sql;
  /** A subset whose records have a chance of their own: when it is a sample, the items keep it. */
  subsetId: string | null;
  /** Only so many of the records, drawn by the seed. */
  sample: z.infer<typeof sessionSample> | null;
  /** Where the first of them stands. */
  from: number;
  /** The share of labels that are blind, and the seed that draws them and their places. */
  blind: { share: number; seed: number };
  /** Whose eyes chose the labels: what is hidden from them is left out. */
  sight: Sight;
};
