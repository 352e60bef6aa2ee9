import { z } from "zod";
import {
  askedTime,
  displayName,
  fieldProblem,
  id,
  isoTime,
  jsonValue,
  listOf,
  page,
  projectRef,
  versionNumber,
} from "./common";
import { confidenceMethod, FEWEST_SAMPLES, MOST_SAMPLES } from "./confidence";
import { diffLine } from "./line-diff";
import { promptExamples } from "./prompt-examples";
import { provider } from "./providers";

const numberFrom = (low: number, high: number) => {
  const must = `must be a number from ${low} to ${high}`;
  return z.number(must).min(low, must).max(high, must);
};
const integerFrom = (low: number, high: number) => {
  const must = `must be an integer from ${low} to ${high}`;
  return z.int(must).min(low, must).max(high, must);
};
const modelName = "must be a model's name of at most 200 characters";
const stopText = "must be a non-empty text, or 1 to 4 of them";
const stopSequence = z.string(stopText).min(1, stopText).max(200, "must be at most 200 characters");

const modelPrice = z.strictObject(
  {
    /** US dollars per million tokens. */
    inputPerMillion: numberFrom(0, 100_000),
    outputPerMillion: numberFrom(0, 100_000),
  },
  { error: "must be {inputPerMillion, outputPerMillion} in US dollars" },
);
export type ModelPrice = z.infer<typeof modelPrice>;

/** What the tokens of a call cost, its answer's too, when its prompt has more tokens than `abovePromptTokens`. */
export const priceTier = z.object({
  abovePromptTokens: z.number().int().positive(),
  inputPerMillion: z.number().nonnegative(),
  outputPerMillion: z.number().nonnegative(),
});

/** Tiers are in the order of their prompts' length; the price beside them is that of shorter prompts. */
export type TieredPrice = ModelPrice & { tiers?: readonly z.infer<typeof priceTier>[] | undefined };

export const reasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

/** As it stands in a header. */
export const providerKey = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]*$/, "must not hold spaces or characters outside ASCII");

/** Parameters of the call, by the same names at every provider; everything but `model` is optional. */
export const modelConfig = z.strictObject({
  model: z.string({ error: modelName }).trim().min(1, modelName).max(200, modelName),
  temperature: numberFrom(0, 2).optional(),
  top_p: numberFrom(0, 1).optional(),
  top_k: integerFrom(1, 1000).optional(),
  max_tokens: integerFrom(1, 1_000_000).optional(),
  /** OpenAI's newer name of `max_tokens`, for a server that takes that name alone. */
  max_completion_tokens: integerFrom(1, 1_000_000).optional(),
  seed: z.int("must be an integer").optional(),
  presence_penalty: numberFrom(-2, 2).optional(),
  frequency_penalty: numberFrom(-2, 2).optional(),
  stop: z
    .union([stopSequence, z.array(stopSequence, stopText).min(1, stopText).max(4, stopText)], stopText)
    .optional(),
  reasoning_effort: z.enum(reasoningEfforts, `must be one of ${reasoningEfforts.join(", ")}`).optional(),
  price: modelPrice.optional(),
  /** Sent as they are: parameters that Tandem does not know. */
  extra: z.record(z.string(), jsonValue, "must be an object").optional(),
});
export type ModelConfig = z.infer<typeof modelConfig>;

/** The editable half of an agent's prompt; the other half is the label schema. Blank means the default wording. */
export const promptSettings = z.strictObject({
  /** Names of the labels that one answer gives. */
  labels: z.array(z.string().min(1)).min(1, "must name at least one label").max(20),
  answer: z.enum(["text", "json"], "must be text or json").default("text"),
  /** The system message; none when blank. */
  system: z.string().max(50_000).optional(),
  taskInstruction: z.string().max(50_000).optional(),
  formatInstruction: z.string().max(50_000).optional(),
  /** Text before and after the record; must hold `{{input}}`. */
  inputBlock: z.string().max(10_000).optional(),
  /** A whole user message written by hand; it replaces all sections but `system`. */
  template: z.string().max(100_000).optional(),
  examples: promptExamples.optional(),
  /** Where a label's confidence comes from; by default the probability of its option. */
  confidence: confidenceMethod.optional(),
  /** For self-consistency: how often each record is asked about. */
  samples: integerFrom(FEWEST_SAMPLES, MOST_SAMPLES).optional(),
  /** For agreement: the jobs whose labels are compared. */
  agreeWith: z.array(id).min(1, "must name at least one job").max(20).optional(),
});
export type PromptSettings = z.infer<typeof promptSettings>;

/** Variables of a prompt's editable sections, besides `{{metadata.<name>}}`. */
export const promptVariables = ["input", "name", "options", "format_sample", "examples"] as const;
export type PromptVariable = (typeof promptVariables)[number];

/** Texts of a prompt that are compared line by line. */
export const promptSections = [
  "system",
  "taskInstruction",
  "examples",
  "formatInstruction",
  "inputBlock",
  "template",
] as const;
export type PromptSection = (typeof promptSections)[number];

/** What stands where a section is left blank. */
export const promptDefaults = {
  taskInstruction: "Label the {{name}} of the text as {{options}}.",
  formatInstruction: {
    text: "Answer in exactly this form, with nothing else:\n{{format_sample}}",
    json: "Answer with one line of valid JSON, braces and double quotes included, in exactly this form, with nothing else:\n{{format_sample}}",
  },
  inputBlock: "Text:\n'''\n{{input}}\n'''",
};

const agentJob = z.object({
  id,
  agentVersionId: id,
  version: z.number().int(),
  status: z.string(),
  createdAt: isoTime,
});
const person = z.object({ id, name: z.string() });
const agentVersionSummary = z.object({
  id,
  version: z.number().int(),
  createdBy: person,
  createdAt: isoTime,
});
export const agent = z.object({
  id,
  name: z.string(),
  versionId: id,
  version: z.number().int(),
  provider,
  baseUrl: z.string().nullable(),
  model: modelConfig,
  prompt: promptSettings,
  template: z.string(),
  createdBy: person,
  createdAt: isoTime,
  archived: z.boolean(),
  /** Newest first. */
  versions: z.array(agentVersionSummary),
  /** Newest first, the last 200. */
  jobs: z.array(agentJob).optional(),
  jobCount: z.number().int(),
});
export type Agent = z.infer<typeof agent>;

export const getAgentInput = z.object({ project: projectRef, id });
export const patchAgentInput = z.object({
  project: projectRef,
  id,
  name: displayName.optional(),
  archived: z.boolean().optional(),
});

/** One version of an agent, which never changes. */
export const agentVersion = z.object({
  id,
  agentId: id,
  version: z.number().int(),
  provider,
  baseUrl: z.string().nullable(),
  model: modelConfig,
  prompt: promptSettings,
  template: z.string(),
  createdBy: person,
  createdAt: isoTime,
});
export type AgentVersion = z.infer<typeof agentVersion>;
export const getAgentVersionInput = z.object({
  project: projectRef,
  id,
  version: versionNumber,
});
export const diffAgentVersionsInput = z.object({
  project: projectRef,
  id,
  from: versionNumber,
  to: versionNumber,
});

/** model and prompt are checked inside the use case, so that every problem is listed at once. */
export const createAgentInput = z.object({
  project: projectRef,
  name: displayName,
  provider,
  baseUrl: z.string().max(2000).nullable().optional(),
  model: z.record(z.string(), jsonValue),
  prompt: z.record(z.string(), jsonValue),
});
export const createVersionInput = z.object({
  project: projectRef,
  id,
  provider: provider.optional(),
  baseUrl: z.string().max(2000).nullable().optional(),
  model: z.record(z.string(), jsonValue).optional(),
  prompt: z.record(z.string(), jsonValue).optional(),
});

export const versionDiff = z.object({
  changed: z.boolean(),
  /** Changed parameters (`model.temperature`, `prompt.labels`), a missing one as null. */
  fields: z.array(z.object({ path: z.string(), before: jsonValue, after: jsonValue })),
  /** Changed texts of the prompt, line by line. */
  sections: z.array(z.object({ section: z.enum(promptSections), lines: z.array(diffLine) })),
});
export type VersionDiff = z.infer<typeof versionDiff>;
export const createdVersion = z.object({
  id,
  versionId: id,
  version: z.number().int(),
  template: z.string(),
  diff: versionDiff,
});
export type CreatedVersion = z.infer<typeof createdVersion>;

export const listAgentsInput = page.extend({
  project: projectRef,
  createdBy: id.optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  label: z.string().optional(),
  /** Made at this time or later, before that one. */
  createdAfter: askedTime.optional(),
  createdBefore: askedTime.optional(),
  includeJobs: z.stringbool().or(z.boolean()).optional(),
  archived: z.stringbool().or(z.boolean()).optional(),
});
export const listAgentsOutput = listOf(agent);

/** A stretch of the prompt and where it came from, for highlighting. */
const promptSegment = z.object({
  kind: z.enum(["fixed", "schema", "input", "metadata", "example"]),
  text: z.string(),
});
const previewItem = z.object({
  recordId: id.optional(),
  externalId: z.string().optional(),
  /** The user message. */
  prompt: z.string(),
  messages: z.array(z.object({ role: z.enum(["system", "user"]), content: z.string() })),
  segments: z.array(z.object({ role: z.enum(["system", "user"]), parts: z.array(promptSegment) })),
  tokens: z.number().int(),
  tokensExact: z.boolean(),
  /** Of the prompt and the longest answer that it asks for; null: the model's price is unknown. */
  costUsd: z.number().nullable(),
  /** Metadata that the prompt shows and this record lacks: a job would not ask about it. */
  missingMetadata: z.array(z.string()),
  /** It is, or repeats, an example of the prompt: a job would not ask about it. */
  isExample: z.boolean(),
  /** With its answer it is longer than the model's context; false when that is not known. */
  tooLong: z.boolean(),
});
export type PreviewItem = z.infer<typeof previewItem>;

/** Which records: those named, or the first of the subset or of the project. */
const recordChoice = { recordIds: z.array(id).max(50).optional(), subsetId: id.optional() };
const previewTarget = {
  ...recordChoice,
  texts: z.array(z.string().max(100_000)).max(50).optional(),
  /** By default 10, and all of those that are named. */
  limit: z.number().int().min(1).max(50).optional(),
  /** Of records in order, so many are passed over. */
  offset: z.number().int().min(0).max(1_000_000).optional(),
};
/** model and prompt are checked inside the use case, so that every problem is listed at once. */
const draft = {
  provider: provider.default("openai:chat"),
  baseUrl: z.string().max(2000).nullable().optional(),
  model: z.record(z.string(), jsonValue),
  prompt: z.record(z.string(), jsonValue),
};
export const previewAgentInput = z.object({ project: projectRef, id, ...previewTarget });
/** A preview of what is not saved yet. */
export const previewDraftInput = z.object({
  project: projectRef,
  ...draft,
  ...previewTarget,
  /** In any form that `PUT …/schema` takes, saved or not; by default the active one. */
  labelSchema: z.unknown().optional(),
});
export const previewOutput = z.object({
  template: z.string(),
  items: z.array(previewItem),
  /** Tokens of prompt and answer together that the model takes; null: not known. */
  contextTokens: z.number().int().nullable(),
  /** Among how many verified records examples are looked for; null: they are fixed. */
  examplePool: z.number().int().nullable(),
  /** What the model is known not to take, by the field: it will be left out. */
  warnings: z.array(fieldProblem),
});
export type PreviewOutput = z.infer<typeof previewOutput>;

/** Runs the draft on a few random records (or those named), without storing labels. */
export const tryOutInput = z.object({
  project: projectRef,
  ...draft,
  ...recordChoice,
  recordIds: z.array(id).max(10).optional(),
  limit: z.number().int().min(1).max(10).default(10),
  /** Chooses the random records; the same seed chooses the same ones. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
  /** For these calls alone; it is not kept. */
  apiKey: providerKey.optional(),
});
const tryOutItem = z.object({
  recordId: id,
  externalId: z.string(),
  content: z.string(),
  /** The message with the record, and all that was sent. */
  prompt: z.string(),
  messages: z.array(z.object({ role: z.enum(["system", "user"]), content: z.string() })),
  rawAnswer: z.string().nullable(),
  labels: z.array(
    z.object({
      name: z.string(),
      value: z.array(z.string()).nullable(),
      conf: z.number().nullable(),
      /** Of a label of spans, which were read; code points, end exclusive. */
      spans: z
        .array(z.object({ start: z.number().int(), end: z.number().int(), value: z.array(z.string()) }))
        .optional(),
      /** How `conf` was worked out. */
      confMethod: z.string().nullable(),
      confReason: z.string().nullable(),
      /** Why the answer could not be read. */
      reason: z.string().nullable(),
    }),
  ),
  servedModel: z.string().nullable(),
  tokens: z.object({ prompt: z.number().int().nullable(), completion: z.number().int().nullable() }),
  costUsd: z.number().nullable(),
  latencyMs: z.number().int().nullable(),
  error: z.object({ kind: z.string(), message: z.string() }).nullable(),
});
export type TryOutItem = z.infer<typeof tryOutItem>;
export const tryOutOutput = z.object({ seed: z.number().int(), items: z.array(tryOutItem) });
