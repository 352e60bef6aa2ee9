import { z } from "zod";
import { aggregation } from "./aggregation";
import { id, interval, isoTime, jsonValue } from "./common";
import { labelDefinition } from "./label-schema";
import { verdictStatus } from "./verifications";

/** The query string of a dataset card. */
export const exportCardInput = z.object({
  format: z.enum(["md", "json"]).default("md"),
  /** Speaks of this snapshot's final labels; default: each label's newest. */
  snapshot: id.optional(),
});
export type ExportCardInput = z.infer<typeof exportCardInput>;

const person = z.object({ id, name: z.string() });

/** Facts of a dataset and of how its labels came about; what can't be told is null beside its reason. */
export const exportCard = z.object({
  madeAt: isoTime,
  project: z.object({ slug: z.string(), name: z.string(), createdAt: isoTime }),
  /** null: the project has no labels yet. */
  schema: z
    .object({ version: z.number().int(), createdAt: isoTime, labels: z.array(labelDefinition) })
    .nullable(),
  records: z.object({
    count: z.number().int(),
    /** Deleted ones are in no file. */
    deleted: z.number().int(),
    metadata: z.array(z.object({ name: z.string(), type: z.string(), visibility: z.string() })),
    imports: z.array(
      z.object({
        fileName: z.string().nullable(),
        imported: z.number().int(),
        updated: z.number().int(),
        skipped: z.number().int(),
        refused: z.number().int(),
        finishedAt: isoTime.nullable(),
      }),
    ),
  }),
  samples: z.array(
    z.object({
      name: z.string(),
      count: z.number().int(),
      query: jsonValue.nullable(),
      /** How it was drawn: seed, size, strata. */
      design: jsonValue.nullable(),
      /** Least and greatest chance that a record had to be chosen. */
      inclusion: interval.nullable(),
      reason: z.string().nullable(),
    }),
  ),
  agents: z.array(
    z.object({
      name: z.string(),
      version: z.number().int(),
      provider: z.string(),
      model: z.string(),
      parameters: jsonValue,
      template: z.string(),
      jobs: z.array(
        z.object({
          id,
          status: z.string(),
          labels: z.array(z.string()),
          records: z.number().int(),
          parsed: z.number().int(),
          invalid: z.number().int(),
          callFailed: z.number().int(),
          promptTokens: z.number().int(),
          completionTokens: z.number().int(),
          /** null: the model's price is unknown. */
          costUsd: z.number().nullable(),
          startedAt: isoTime.nullable(),
        }),
      ),
    }),
  ),
  verification: z.array(
    z.object({
      label: z.string(),
      /** Records with the label of anybody. */
      labelled: z.number().int(),
      /** Of them, records on which a person's verdict decides. */
      verified: z.number().int(),
      /** Of them, records of which people said nothing but that they can't tell. */
      undecided: z.number().int(),
      /** Records on which a person has reconciled annotators, verified ones among them. */
      reconciled: z.number().int(),
      share: z.number().nullable(),
      /** Each counted, so that several may be about one record: of several people, or on several jobs' labels. */
      verdicts: z.record(verdictStatus, z.number().int()),
      /** Of the verdicts, those that were given without seeing the label. */
      blind: z.number().int(),
      verifiers: z.number().int(),
      orders: z.array(z.string()),
    }),
  ),
  agreement: z.array(
    z.object({
      label: z.string(),
      a: person,
      b: person,
      /** Records that both labelled. */
      n: z.number().int(),
      agreed: z.number().nullable(),
      interval: interval.nullable(),
      kappa: z.number().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  finalLabels: z.array(aggregation),
  /** What must be known before the data is relied on, each as a sentence. */
  limits: z.array(z.string()),
});
export type ExportCard = z.infer<typeof exportCard>;
