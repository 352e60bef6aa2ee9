import type { Job, StartJobInput } from "@/contracts/jobs";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import type { TieredPrice } from "@/server/modules/agents";
import { ensureAnnotator } from "@/server/modules/annotations";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { execute, type Sql, sql } from "@/server/platform/sql";
import { keptKey } from "./job-key";
import { readJob } from "./job-repository";
import { freezeExamples } from "./plan/frozen-examples";
import { type ResolvedPlan, resolvePlan } from "./plan/resolve-plan";
import { enqueueRun, jobPriority } from "./run-job-task";

/** Freezing 100,000 records takes some seconds. */
const FREEZE_TIMEOUT = 120_000;
const MICRO = 1_000_000;
/** So many items are worth a look at the table, some 100 ms. */
const LARGE = 1000;

/**
 * Starts a job: agent version, schema version, records, price and key are frozen in one transaction with the
 * task that runs it.
 * @throws AppError `invalid` naming each field that keeps it from running
 */
export async function startJob(db: Db, actor: ProjectActor, input: StartJobInput): Promise<Job> {
  const plan = await resolvePlan(db, actor, input);
  const jobId = newId();
  await inTransaction(db, (tx) => insertJob(tx, actor, jobId, plan, input), { timeoutMs: FREEZE_TIMEOUT });
  await describeItems(db, actor.projectId, jobId);
  return readJob(db, actor.projectId, jobId);
}

async function insertJob(
  tx: Db,
  { projectId, userId, address }: ProjectActor,
  id: string,
  { agent, schema, price, examples, records, capabilities }: ResolvedPlan,
  input: StartJobInput,
): Promise<void> {
  const name = `${agent.agentName} v${agent.version}`;
  await ensureAnnotator(tx, { projectId, id, kind: "job", name });
  await tx.job.create({
    data: {
      id,
      projectId,
      agentVersionId: agent.versionId,
      schemaId: schema.id,
      subsetId: input.subsetId ?? null,
      ...(input.query === undefined ? {} : { query: input.query }),
      labels: input.labels,
      labelMetadata: [...new Set(input.labelMetadata)],
      concurrency: input.concurrency,
      maxRetries: input.maxRetries,
      timeoutMs: input.timeoutMs,
      fresh: input.fresh,
      mode: input.mode,
      ...frozenPrice(price),
      ...(capabilities === null ? {} : { capabilities }),
      spendCapMicroUsd: input.spendCapUsd === undefined ? null : toMicro(input.spendCapUsd),
      ...(await keptKey(tx, { projectId, id }, agent, input.apiKey)),
      ...(input.errorPolicy === undefined ? {} : { errorPolicy: input.errorPolicy }),
      createdById: userId,
    },
  });
  await freezeExamples(tx, { projectId, jobId: id }, examples);
  const total = await freezeRecords(tx, projectId, id, records);
  const expected = new Set(input.recordIds).size;
  if (total < expected)
    throw wrongRecords(
      "recordIds",
      `${expected - total} of the ${expected} records are not in this project.`,
    );
  if (total === 0)
    throw wrongRecords(targetField(input), "No record is selected, so there is nothing to do.");
  await tx.job.update({ where: { projectId_id: { projectId, id } }, data: { total } });
  await recordAudit(tx, {
    projectId,
    actorId: userId,
    action: "job.started",
    target: id,
    details: {
      name,
      records: total,
      labels: input.labels,
      ...(input.mode === "live" ? {} : { mode: input.mode }),
      ...(input.spendCapUsd === undefined ? {} : { spendCapUsd: input.spendCapUsd }),
    },
    address,
  });
  await enqueueRun(tx, { projectId, jobId: id, outageTries: 0 }, { priority: jobPriority({ total }) });
}

function freezeRecords(tx: Db, projectId: string, jobId: string, records: Sql): Promise<number> {
  return execute(
    tx,
    sql`insert into "JobItem" ("projectId", "jobId", "recordId", "ordinal")
      select ${projectId}::uuid, ${jobId}::uuid, chosen."id", chosen."ordinal" from (${records}) chosen`,
  );
}

/**
 * PostgreSQL is told of a large job's items at once: until it has counted them it takes the job for empty, and reads
 * all of it for each group of answers.
 */
async function describeItems(db: Db, projectId: string, id: string): Promise<void> {
  const { total } = await db.job.findUniqueOrThrow({
    where: { projectId_id: { projectId, id } },
    select: { total: true },
  });
  if (total >= LARGE) await execute(db, sql`analyze "JobItem" ("projectId", "jobId", "recordId", "status")`);
}

const toMicro = (usd: number): bigint => BigInt(Math.round(usd * MICRO));

const frozenPrice = (price: TieredPrice | null) => ({
  inputPricePerMillionMicroUsd: price ? toMicro(price.inputPerMillion) : null,
  outputPricePerMillionMicroUsd: price ? toMicro(price.outputPerMillion) : null,
  ...(price?.tiers ? { priceTiers: [...price.tiers] } : {}),
});

const targetField = ({ subsetId, recordIds }: StartJobInput) =>
  subsetId ? "subsetId" : recordIds ? "recordIds" : "query";

const wrongRecords = (path: string, message: string) =>
  new AppError("no_records", message, { errors: [{ path, message }] });
