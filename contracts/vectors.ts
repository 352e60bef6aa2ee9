import { z } from "zod";
import { id, isoTime, isStorable, listOf, page, projectRef } from "./common";
import { queryJson } from "./query";
import { include, record } from "./records";

/** Numbers of a vector at most. */
export const MAX_DIMENSIONS = 4096;

const vectorName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(255)
  .refine(isStorable, "must be valid Unicode without U+0000");

export const putVectorsInput = z.object({
  project: projectRef,
  /** All vectors of a name have one length. */
  name: vectorName,
  values: z
    .array(
      z
        .object({
          recordId: id.optional(),
          externalId: z.string().max(255).refine(isStorable).optional(),
          vector: z.array(z.number()).min(1).max(MAX_DIMENSIONS),
        })
        .refine(
          ({ recordId, externalId }) => (recordId === undefined) !== (externalId === undefined),
          "must name the record by recordId or by externalId",
        ),
    )
    .min(1)
    .max(1000),
});
export const putVectorsOutput = z.object({ written: z.number().int() });

const vectorSpace = z.object({
  name: z.string(),
  dimensions: z.number().int(),
  source: z.enum(["given", "embeddings"]),
  model: z.string().nullable(),
  /** Records that have one. */
  records: z.number().int(),
  createdAt: isoTime,
});
export type VectorSpace = z.infer<typeof vectorSpace>;
export const vectorSpaceList = z.object({ items: z.array(vectorSpace) });
export const listVectorSpacesInput = z.object({ project: projectRef });
export const vectorSpaceRef = z.object({ project: projectRef, name: vectorName });

/** How the nearest were found: by pgvector's index, by comparing each, by signatures and then exactly, by words. */
const similarMethod = z.enum(["index", "exact", "signature", "text"]);
export type SimilarMethod = z.infer<typeof similarMethod>;

export const similarInput = z.object({
  project: projectRef,
  recordIds: z.array(id).min(1).max(20),
  /** The name of the vectors to compare; left out, the newest that the records have, else their words. */
  metadata: vectorName.optional(),
  /** Only among the records that this query finds. */
  query: queryJson.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  include,
});

export const similarOutput = z.object({
  items: z.array(
    record.extend({
      /** Cosine of vectors, -1 to 1; of words the share of common trigrams, 0 to 1. To the nearest of those asked. */
      similarity: z.number(),
    }),
  ),
  method: similarMethod,
  /** The vectors compared; null when words were. */
  metadata: z.string().nullable(),
  /** Records whose similarity was computed exactly. */
  compared: z.number().int(),
});
export type SimilarRecords = z.infer<typeof similarOutput>;

export const startEmbeddingsInput = z.strictObject({
  project: projectRef,
  name: vectorName,
  model: z.string().trim().min(1, "must not be empty").max(200),
  /** Ends in `/v1`; `builtin` is the model of this server; null or absent: OpenAI, or OPENAI_BASE_URL. */
  baseUrl: z.string().trim().max(2000).nullish(),
  apiKey: z.string().trim().min(1).max(500).optional(),
  /** Only for the records that this finds; by default all. */
  query: queryJson.optional(),
});

export const embeddingRun = z.object({
  id,
  name: z.string(),
  model: z.string(),
  baseUrl: z.string().nullable(),
  status: z.enum(["queued", "running", "succeeded", "failed", "cancelled"]),
  /** Records without a vector of this name when the run began. */
  total: z.number().int(),
  done: z.number().int(),
  /** Given up, because the endpoint refuses their text or gives no vector that can be compared. */
  failed: z.number().int(),
  promptTokens: z.number().int(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
});
export type EmbeddingRun = z.infer<typeof embeddingRun>;
export const embeddingRunList = listOf(embeddingRun);
export const listEmbeddingRunsInput = page.extend({ project: projectRef });
export const embeddingRunRef = z.object({ project: projectRef, id });
