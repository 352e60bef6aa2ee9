import type { EstimateJobInput, JobEstimate } from "@/contracts/jobs";
import type { SchemaVersion } from "@/contracts/label-schema";
import type { ModelCapabilities } from "@/contracts/model-capabilities";
import type { ProjectActor } from "@/server/modules/access";
import {
  checkPrompt,
  findCapabilities,
  findExamplePool,
  looksForExamples,
  partOfPrice,
  priceOf,
  type TieredPrice,
  type VerifiedRecord,
} from "@/server/modules/agents";
import { getSchema } from "@/server/modules/projects";
import { parseQuery, selectRecordIds } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError, type FieldError } from "@/server/platform/errors";
import type { Sql } from "@/server/platform/sql";
import { type FrozenAgent, findAgentVersion } from "./agent-version";
import { batchOffer } from "./batch-offer";

/** What a job would freeze, checked: it can be started. */
export type ResolvedPlan = {
  agent: FrozenAgent;
  schema: SchemaVersion;
  /** In the job's mode. */
  price: TieredPrice | null;
  /** Whether it could be asked in batches. */
  batch: JobEstimate["batch"];
  /** What probing has found out about the model; null: it was never probed. */
  capabilities: ModelCapabilities | null;
  /** Among which examples are looked for; empty where the prompt looks for none. */
  examples: VerifiedRecord[];
  /** Columns `id` and `ordinal`, in the order in which records are asked about. */
  records: Sql;
};

/**
 * Finds agent, schema and records of a job and refuses what could not run, all problems at once.
 * @throws AppError `invalid`, or `invalid_query`, with the field of each problem
 */
export async function resolvePlan(
  db: Db,
  actor: ProjectActor,
  input: EstimateJobInput,
): Promise<ResolvedPlan> {
  const agent = await findAgentVersion(db, actor.projectId, input);
  const schema = await getSchema(db, actor);
  const { provider, baseUrl, model } = agent;
  const capabilities = await findCapabilities(db, actor.projectId, { provider, baseUrl, model: model.model });
  const batch = batchOffer(agent, capabilities);
  const price = priceIn(input.mode, priceOf(model), batch);
  const problems = [
    ...(await promptProblems(db, actor, schema, agent)),
    ...labelProblems(input.labels, agent),
    ...(input.spendCapUsd !== undefined && price === null
      ? [{ path: "spendCapUsd", message: unknownPrice(model.model) }]
      : []),
    ...(input.mode === "batch" && batch.problem !== null ? [{ path: "mode", message: batch.problem }] : []),
  ];
  if (problems.length > 0) {
    const detail = problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
    throw new AppError("invalid", detail, { errors: problems });
  }
  const examples = await findExamples(db, actor, schema, agent);
  const records = await selectRecords(db, actor, input);
  return { agent, schema, price, batch, examples, capabilities, records };
}

/** What the calls of a job cost: in batches less, where a discount is known. */
function priceIn(
  mode: EstimateJobInput["mode"],
  price: TieredPrice | null,
  { priceFactor }: JobEstimate["batch"],
): TieredPrice | null {
  if (price === null || mode === "live" || priceFactor === null) return price;
  return partOfPrice(price, priceFactor);
}

function selectRecords(db: Db, actor: ProjectActor, input: EstimateJobInput): Promise<Sql> {
  const { subsetId, query, recordIds } = input;
  const given = Object.entries({ subsetId, query, recordIds }).filter(([, value]) => value !== undefined);
  if (given.length > 1)
    throw new AppError("invalid", `Give one of ${given.map(([name]) => name).join(" and ")}, not both.`, {
      errors: given.slice(1).map(([path]) => ({ path, message: "stands beside another choice of records" })),
    });
  if (subsetId !== undefined) return selectRecordIds(db, actor, { subset: subsetId });
  if (recordIds !== undefined) return selectRecordIds(db, actor, { ids: recordIds });
  return selectRecordIds(db, actor, parseQuery(query));
}

async function promptProblems(
  db: Db,
  actor: ProjectActor,
  schema: SchemaVersion,
  { prompt }: FrozenAgent,
): Promise<FieldError[]> {
  const checked = await checkPrompt(db, actor, schema.labelSchema, prompt);
  if (checked.ok) return [];
  return checked.problems.map(({ path, message }) => ({
    path: "agentId",
    message: `the agent's prompt no longer fits this project (${path}): ${message}`,
  }));
}

async function findExamples(
  db: Db,
  actor: ProjectActor,
  schema: SchemaVersion,
  { prompt }: FrozenAgent,
): Promise<VerifiedRecord[]> {
  const found = await findExamplePool(db, actor, schema.labelSchema, prompt);
  if (found.length > 0 || !looksForExamples(prompt)) return found;
  const message =
    "the agent looks for examples among verified records, and there are none; verify some, or change its examples";
  throw new AppError("invalid", message, { errors: [{ path: "agentId", message }] });
}

function labelProblems(labels: readonly string[], { prompt }: FrozenAgent): FieldError[] {
  return labels.flatMap((name, index) => {
    const path = `labels.${index}`;
    if (labels.indexOf(name) < index) return [{ path, message: `label "${name}" stands twice` }];
    if (prompt.labels.includes(name)) return [];
    return [
      {
        path,
        message: `the agent does not ask for label "${name}"; it asks for ${prompt.labels.join(", ")}`,
      },
    ];
  });
}

const unknownPrice = (model: string) =>
  `the price of model "${model}" is not known, so a cap can't be kept; give the agent's model a price`;
