import { z } from "zod";
import { id, projectRef } from "./common";

const exampleSpan = z.strictObject({
  /** Code points of the text, end exclusive. */
  start: z.int().min(0),
  end: z.int().min(1, "must be the place after the last character: the words have no place in the text"),
  value: z.array(z.string()).min(1, "must hold an option"),
});
export type ExampleSpan = z.infer<typeof exampleSpan>;

export const MOST_SPANS = 200;
/** label name -> option values; of a label of spans all that the text holds, and none is an answer too */
const exampleLabels = z.record(
  z.string(),
  z.union([z.array(z.string()).min(1), z.array(exampleSpan).max(MOST_SPANS)], {
    error: `must be option values, or up to ${MOST_SPANS} spans {start, end, value}`,
  }),
);
export type ExampleLabels = z.infer<typeof exampleLabels>;

/** The option values that an example gives a label of records. */
export const valuesIn = (labels: Readonly<Record<string, readonly unknown[]>>, name: string): string[] =>
  givenIn(labels, name).flatMap((given) => (typeof given === "string" ? [given] : []));

/** The spans that an example gives a label of spans. */
export const spansIn = (labels: ExampleLabels, name: string): ExampleSpan[] =>
  givenIn<string | ExampleSpan>(labels, name).flatMap((given) => (typeof given === "string" ? [] : [given]));

const givenIn = <Given>(
  labels: Readonly<Record<string, readonly Given[]>>,
  name: string,
): readonly Given[] => (Object.hasOwn(labels, name) ? (labels[name] ?? []) : []);

const promptExample = z.strictObject({ text: z.string().min(1).max(100_000), labels: exampleLabels });
/** A text with its right answer, shown before the record. */
export type PromptExample = z.infer<typeof promptExample>;

const fixedItem = z
  .strictObject({
    text: z.string().min(1).max(100_000).optional(),
    /** A record of the project; its text is read when the prompt is made. */
    recordId: id.optional(),
    /** Of a record, what is left out is taken from its verified labels when the agent is saved. */
    labels: exampleLabels.default({}),
  })
  .refine(({ text, recordId }) => (text === undefined) !== (recordId === undefined), {
    message: "must have either text or recordId",
  });
export type FixedExample = z.infer<typeof fixedItem>;

const fixedExamples = z.strictObject({ mode: z.literal("fixed"), items: z.array(fixedItem).max(50) });

export const MOST_RETRIEVED = 20;
export const MOST_JOBS_OF_EXAMPLES = 50;
const kProblem = `must be an integer from 1 to ${MOST_RETRIEVED}`;

const verifiedFrom = z.strictObject({
  verified: z.literal(true, "must be true: only verified records can be examples").default(true),
  /** Only records with a verdict on a label of these jobs. */
  jobIds: z.array(id).min(1).max(MOST_JOBS_OF_EXAMPLES).optional(),
  subsetId: id.optional(),
});

const retrievedExamples = z.strictObject({
  mode: z.literal("retrieved"),
  /** Examples a record. */
  k: z.int(kProblem).min(1, kProblem).max(MOST_RETRIEVED, kProblem).default(4),
  /**
   * Verified records, of these alone: each label asked for was reconciled, or a current verdict confirms or corrects it
   * and no person says otherwise; of a label of spans people decided on every span that one job marked there, or on its
   * having found none.
   */
  from: verifiedFrom.prefault({}),
  by: z.enum(["text", "vector"], "must be text or vector").default("text"),
  /** The name of the vectors to compare; without one, the newest that the records have. */
  vectors: z.string().min(1).max(100).optional(),
  /**
   * As many of each value of the first label as there are, as far as k allows; of a label of spans, of texts with each
   * option and of texts without a span.
   */
  balanced: z.boolean().default(true),
});
export type RetrievedExamples = z.infer<typeof retrievedExamples>;

/** A list is short for `{mode: "fixed", items}`. */
export const promptExamples = z.union([
  z.array(promptExample).max(50),
  z.discriminatedUnion("mode", [fixedExamples, retrievedExamples], {
    error: "must be a list of {text, labels}, or have mode fixed or retrieved",
  }),
]);
export type PromptExamples = z.infer<typeof promptExamples>;

/** The examples that are the same for every record, or null when they are looked for. */
export function fixedItems(examples: PromptExamples | undefined): readonly FixedExample[] | null {
  if (examples === undefined) return [];
  if (Array.isArray(examples)) return examples;
  return examples.mode === "fixed" ? examples.items : null;
}

/** How examples are looked for, or null when they are fixed. */
export function retrievalOf(
  examples: unknown[] | { mode: "fixed" } | RetrievedExamples | undefined,
): RetrievedExamples | null {
  return examples !== undefined && !Array.isArray(examples) && examples.mode === "retrieved"
    ? examples
    : null;
}

/** Which verified records could be examples of a prompt that asks for these labels. */
export const listVerifiedExamplesInput = z.object({
  project: projectRef,
  labels: z.array(z.string().min(1).max(100)).min(1).max(20),
  from: verifiedFrom.optional(),
  /** A part of the text. */
  search: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
export const verifiedExamples = z.object({
  items: z.array(
    z.object({ recordId: id, externalId: z.string(), content: z.string(), labels: exampleLabels }),
  ),
  /** Of how many; at most the 2,000 that were verified last are looked at. */
  total: z.number().int(),
});
export type VerifiedExamples = z.infer<typeof verifiedExamples>;
