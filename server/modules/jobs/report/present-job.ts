import { z } from "zod";
import { errorPolicy, type Job, job as jobContract, pausedReason, usualErrorPolicy } from "@/contracts/jobs";
import { queryJson } from "@/contracts/query";
import type { Prisma } from "@/prisma/generated/client/client";
import type { Db } from "@/server/platform/db";
import { hasServerKey } from "@/server/platform/llm";
import { type JobReport, readReport } from "./read-report";

/** What is read of a job's row to show it. */
export const shownJob = {
  agentVersion: {
    select: {
      agentId: true,
      version: true,
      provider: true,
      baseUrl: true,
      model: true,
      agent: { select: { name: true } },
    },
  },
  schema: { select: { version: true } },
  batches: {
    where: { status: { in: ["sending", "sent"] } },
    select: { requests: true, done: true, sentAt: true, createdAt: true },
  },
} satisfies Prisma.JobInclude;

export type ShownJobRow = Prisma.JobGetPayload<{ include: typeof shownJob }>;

const MICRO = 1_000_000;
const namedModel = z.object({ model: z.string() });
const jobError = z.object({ kind: z.string(), message: z.string() });
const keptReport = jobContract.pick({
  counts: true,
  distribution: true,
  invalidAnswers: true,
  errors: true,
  confidence: true,
  tokens: true,
  latencyMs: true,
  servedModels: true,
});

/** What a job's row calls by ids alone. */
type JobNames = { createdBy: string; subset: string | null };

/** A job with its report: the kept one when it has ended, else counted now. */
export async function presentJob(db: Db, row: ShownJobRow, names: JobNames): Promise<Job> {
  const { model } = namedModel.parse(row.agentVersion.model);
  const report = row.report ? keptReport.parse(row.report) : await countReport(db, row, model);
  return {
    id: row.id,
    status: row.status,
    pausedReason: row.pausedReason === null ? null : pausedReason.parse(row.pausedReason),
    mode: row.mode,
    atProvider: atProvider(row),
    agentId: row.agentVersion.agentId,
    agentName: row.agentVersion.agent.name,
    agentVersionId: row.agentVersionId,
    agentVersion: row.agentVersion.version,
    provider: row.agentVersion.provider,
    model,
    hasServerKey: hasServerKey(row.agentVersion),
    subsetId: row.subsetId,
    records: {
      subset:
        row.subsetId === null || names.subset === null ? null : { id: row.subsetId, name: names.subset },
      query: queryJson.nullable().parse(row.query),
    },
    labels: row.labels,
    labelMetadata: row.labelMetadata,
    schemaVersion: row.schema.version,
    ...report,
    costUsd: row.inputPricePerMillionMicroUsd === null ? null : Number(row.spentMicroUsd) / MICRO,
    spendCapUsd: row.spendCapMicroUsd === null ? null : Number(row.spendCapMicroUsd) / MICRO,
    maxRetries: row.maxRetries,
    errorPolicy: { ...usualErrorPolicy, ...errorPolicy.parse(row.errorPolicy ?? {}) },
    createdBy: { id: row.createdById, name: names.createdBy },
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function atProvider({ batches }: ShownJobRow): Job["atProvider"] {
  if (batches.length === 0) return null;
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const sent = batches.map(({ sentAt, createdAt }) => (sentAt ?? createdAt).getTime());
  return {
    since: new Date(Math.min(...sent)).toISOString(),
    batches: batches.length,
    requests: sum(batches.map(({ requests }) => requests)),
    done: sum(batches.map(({ done }) => done)),
  };
}

/** Counts the report of a job as it stands. */
export function countReport(
  db: Db,
  row: Pick<ShownJobRow, "projectId" | "id" | "labels" | "uncertain" | "error">,
  model: string,
): Promise<JobReport> {
  const { projectId, id, labels, uncertain } = row;
  const error = row.error === null ? null : jobError.parse(row.error);
  return readReport(db, { projectId, id, labels, uncertain, model, error });
}
