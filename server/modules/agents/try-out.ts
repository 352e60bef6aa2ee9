import { randomInt } from "node:crypto";
import type { z } from "zod";
import type { VersionContent } from "@/contracts/agent-diff";
import type { TryOutItem, tryOutInput } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ModelCapabilities } from "@/contracts/model-capabilities";
import type { ProjectActor } from "@/server/modules/access";
import { findSavedKey } from "@/server/modules/llm-keys";
import type { Db } from "@/server/platform/db";
import { type Llm, LlmError } from "@/server/platform/llm";
import { answerSchemaOf } from "./answer-schema";
import { findCapabilities } from "./capabilities/capability-repository";
import { checkContent } from "./check-content";
import { type ChosenRecord, readChosenRecords } from "./chosen-records";
import { type OpenedPrompts, openDraft } from "./examples/open-prompts";
import { modelParameters } from "./model-parameters";
import { costMicroUsd, priceOf } from "./prices";
import { promptedLabels } from "./prompt/build-template";
import { refusalOf } from "./prompt/refusal";
import { readTriedLabel } from "./read-tried-label";

const AT_ONCE = 5;
const TIMEOUT_MS = 60_000;
const MAX_SEED = 2 ** 31;

type TryOutInput = Omit<z.infer<typeof tryOutInput>, "project">;

/**
 * Asks the model about a few random records (or those named) and says how its answers are read. No label, job
 * or answer is kept; a failed call is an item with its error, and so is a record that a job would not ask about.
 * It calls by itself and at once, so it never waits behind a job.
 * @throws AppError `invalid_agent`, `invalid` for an unknown record
 */
export async function tryOut(
  db: Db,
  actor: ProjectActor,
  llm: Llm,
  { recordIds, subsetId, limit, seed = randomSeed(), apiKey, ...draft }: TryOutInput,
): Promise<{ seed: number; items: TryOutItem[] }> {
  const { content, schema } = await checkContent(db, actor, draft);
  const records = await readChosenRecords(db, actor, { recordIds, subsetId, limit, order: { seed } });
  const { provider, baseUrl, model } = content;
  const capabilities = await findCapabilities(db, actor.projectId, { provider, baseUrl, model: model.model });
  const key = apiKey ?? (await findSavedKey(db, actor.projectId, content));
  const prompts = await openDraft(db, actor, schema, content.prompt);
  const ask = createAsk({ llm, content, prompts, schema, capabilities, apiKey: key });
  const items: TryOutItem[] = [];
  const queue = records.entries();
  const work = async () => {
    for (const [index, record] of queue) items[index] = await ask(record);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { seed, items };
}

type AskOptions = {
  llm: Llm;
  content: VersionContent;
  prompts: OpenedPrompts;
  schema: readonly LabelDefinition[];
  capabilities: ModelCapabilities | null;
  apiKey: string | null;
};

function createAsk({
  llm,
  content: { provider, baseUrl, model, prompt },
  prompts,
  schema,
  capabilities,
  apiKey,
}: AskOptions): (record: ChosenRecord) => Promise<TryOutItem> {
  const labels = promptedLabels(schema, prompt);
  const confidence = prompt.confidence ?? "option-probability";
  const parameters = modelParameters(model, {
    conf: confidence === "option-probability",
    answerSchema: answerSchemaOf(labels, prompt),
    capabilities,
  });
  return async (record) => {
    const { recordId, externalId, content } = record;
    const [made] = await prompts.make([record]);
    const messages = made?.rendered.messages ?? [];
    const asked = { recordId, externalId, content, prompt: messages.at(-1)?.content ?? "", messages };
    const refused = made ? refusalOf(made) : null;
    if (refused) return { ...asked, ...NO_ANSWER, error: refused };
    const request = { provider, baseUrl, apiKey, messages, parameters, timeoutMs: TIMEOUT_MS };
    try {
      const answer = await llm.complete(request, new AbortController().signal);
      const cost = answer.usage && costMicroUsd(answer.usage, priceOf(model));
      return {
        ...asked,
        rawAnswer: answer.text === "" ? (answer.refusal ?? "") : answer.text,
        labels: labels.map((label) => readTriedLabel(answer, label, { labels, confidence, content })),
        servedModel: answer.servedModel,
        tokens: { prompt: answer.usage?.prompt ?? null, completion: answer.usage?.completion ?? null },
        costUsd: cost === null ? null : cost / 1_000_000,
        latencyMs: answer.latencyMs,
        error: null,
      };
    } catch (error) {
      if (!(error instanceof LlmError)) throw error;
      return { ...asked, ...NO_ANSWER, error: { kind: error.kind, message: error.message } };
    }
  };
}

const randomSeed = (): number => randomInt(MAX_SEED);

const NO_ANSWER = {
  rawAnswer: null,
  labels: [],
  servedModel: null,
  tokens: { prompt: null, completion: null },
  costUsd: null,
  latencyMs: null,
};
