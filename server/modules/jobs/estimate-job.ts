import type { EstimateJobInput, JobEstimate } from "@/contracts/jobs";
import type { ProjectActor } from "@/server/modules/access";
import {
  costMicroUsd,
  loadTokenCounter,
  modelWarnings,
  openPrompts,
  type TieredPrice,
} from "@/server/modules/agents";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { answerBound, callParameters } from "./plan/call-parameters";
import { createPromptMaker, type JobRecord } from "./plan/prompt-maker";
import { type ResolvedPlan, resolvePlan } from "./plan/resolve-plan";
import { samplesOf } from "./run/load-job-run";

/** Prompts that an estimate is made from; spread evenly over the records. */
const SAMPLE = 200;
const MICRO = 1_000_000;

/**
 * What a job would ask and could cost, without a call. Where there are more records than the sample, tokens are
 * extrapolated from it.
 * @throws AppError as `startJob`
 */
export async function estimateJob(
  db: Db,
  actor: ProjectActor,
  input: EstimateJobInput,
): Promise<JobEstimate> {
  const plan = await resolvePlan(db, actor, input);
  const { records, sample } = await readSample(db, actor.projectId, plan.records);
  const prompts = await measurePrompts(db, actor.projectId, plan, sample);
  const { model, prompt } = plan.agent;
  const conf =
    input.labelMetadata.includes("conf") &&
    (prompt.confidence ?? "option-probability") === "option-probability";
  const { capabilities } = plan;
  const parameters = callParameters(model, { conf, capped: input.spendCapUsd !== undefined, capabilities });
  const systemMessage = (prompt.system ?? "").trim() !== "";
  const maxAnswerTokens = answerBound(parameters);
  const scale = sample.length === 0 ? 0 : records / sample.length;
  const calls = scale * samplesOf(plan.agent);
  const total = Math.round(prompts.tokens.reduce((sum, tokens) => sum + tokens, 0) * calls);
  const asked = Math.round(prompts.tokens.length * calls);
  const bound = maxAnswerTokens === null ? null : boundMicroUsd(prompts.tokens, maxAnswerTokens, plan.price);
  return {
    agentVersionId: plan.agent.versionId,
    schemaVersion: plan.schema.version,
    records,
    sampled: sample.length,
    promptInvalid: prompts.invalid,
    promptTokens: {
      total,
      mean: asked === 0 ? 0 : total / asked,
      longest: Math.max(0, ...prompts.tokens),
      exact: prompts.exact && sample.length === records,
    },
    maxAnswerTokens,
    mode: input.mode,
    batch: plan.batch,
    costBoundUsd: bound === null ? null : Math.ceil(bound * calls) / MICRO,
    warnings: modelWarnings(model, { conf, systemMessage, capabilities }),
  };
}

async function readSample(db: Db, projectId: string, chosen: Sql) {
  const rows = await queryRows<JobRecord & { records: number }>(
    db,
    sql`with chosen as materialized (${chosen}), size as (select count(*)::int as "records" from chosen)
      select r."id"::text as "recordId", r."externalId", r."content", r."metadata", false as "deleted", size."records"
      from size cross join chosen join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = chosen."id"
      where chosen."ordinal" % greatest(1, (size."records" + ${SAMPLE}::int - 1) / ${SAMPLE}::int) = 0`,
  );
  return { records: rows[0]?.records ?? 0, sample: rows };
}

/** What a call with each of the prompts costs at most, together; null: the price is not known. */
function boundMicroUsd(
  prompts: readonly number[],
  completion: number,
  price: TieredPrice | null,
): number | null {
  if (price === null) return null;
  return prompts.reduce((sum, prompt) => sum + (costMicroUsd({ prompt, completion }, price) ?? 0), 0);
}

/** `tokens`: of each prompt that could be built. */
type MeasuredPrompts = { tokens: number[]; invalid: number; exact: boolean };

async function measurePrompts(
  db: Db,
  projectId: string,
  { agent, schema, examples }: ResolvedPlan,
  sample: readonly JobRecord[],
): Promise<MeasuredPrompts> {
  const counter = await loadTokenCounter(agent.model.model);
  const asked = { projectId, schema: schema.labelSchema, prompt: agent.prompt };
  const makePrompts = createPromptMaker(await openPrompts(db, asked, examples));
  const measured: MeasuredPrompts = { tokens: [], invalid: 0, exact: true };
  for (const made of await makePrompts(sample)) {
    if (!made.ok) {
      measured.invalid += 1;
      continue;
    }
    const { tokens, exact } = counter.countChat(made.messages);
    measured.tokens.push(tokens);
    measured.exact &&= exact;
  }
  return measured;
}
