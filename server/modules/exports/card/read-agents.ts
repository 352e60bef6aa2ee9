import type { JsonValue } from "@/contracts/common";
import type { ExportCard } from "@/contracts/export-card";
import type { ProjectActor } from "@/server/modules/access";
import { fillRecordPlaces, recordsInTemplates } from "@/server/modules/agents";
import { listJobs } from "@/server/modules/jobs";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { MOST } from "./read-records";

type VersionRow = { id: string; model: Record<string, JsonValue>; template: string };

/** Every agent version that has run, newest job first, with its prompt, its jobs and what they cost. */
export async function readAgents(db: Db, actor: ProjectActor): Promise<ExportCard["agents"]> {
  const { items: jobs } = await listJobs(db, actor, { project: actor.projectSlug, limit: MOST });
  const ids = [...new Set(jobs.map(({ agentVersionId }) => agentVersionId))];
  const versions = await queryRows<VersionRow>(
    db,
    sql`select v."id", v."model", v."template" from "AgentVersion" v
      where v."projectId" = ${actor.projectId}::uuid and v."id" = any(${ids}::uuid[])`,
  );
  const byId = new Map(versions.map((version) => [version.id, version]));
  const textOf = await readTexts(
    db,
    actor.projectId,
    versions.map(({ template }) => template),
  );
  return ids.flatMap((id) => {
    const version = byId.get(id);
    const own = jobs.filter(({ agentVersionId }) => agentVersionId === id);
    const [first] = own;
    if (!version || !first) return [];
    const { model: _, ...parameters } = version.model;
    return [
      {
        name: first.agentName,
        version: first.agentVersion,
        provider: first.provider,
        model: first.model,
        parameters,
        template: fillRecordPlaces(version.template, textOf),
        jobs: own.map((job) => ({
          id: job.id,
          status: job.status,
          labels: job.labels,
          records: job.counts.total,
          parsed: job.counts.parsed,
          invalid: job.counts.invalid,
          callFailed: job.counts.callFailed,
          promptTokens: job.tokens.prompt,
          completionTokens: job.tokens.completion,
          costUsd: job.costUsd,
          startedAt: job.startedAt,
        })),
      },
    ];
  });
}

/** The texts of records that are examples in prompts; of one deleted since, that it is. */
async function readTexts(
  db: Db,
  projectId: string,
  templates: readonly string[],
): Promise<(recordId: string) => string> {
  const ids = recordsInTemplates(templates);
  const rows = await db.record.findMany({
    where: { projectId, id: { in: ids }, deletedAt: null },
    select: { id: true, content: true },
  });
  const texts = new Map(rows.map(({ id, content }) => [id, content]));
  return (recordId) => texts.get(recordId) ?? "(a record that was deleted)";
}
