import type { VersionContent } from "@/contracts/agent-diff";
import type { Agent, AgentVersion } from "@/contracts/agents";
import { type Db, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";

type AgentRow = Omit<Agent, "createdAt"> & { createdAt: Date };
type VersionRow = Omit<AgentVersion, "createdAt"> & { createdAt: Date };

/** As the contracts write a time, for what is put into JSON by PostgreSQL. */
const isoOf = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const JOBS = `coalesce((select json_agg(row) from (
  select json_build_object('id', j."id", 'agentVersionId', j."agentVersionId", 'version', w."version",
    'status', j."status", 'createdAt', ${isoOf(`j."createdAt"`)}) as row
  from "Job" j join "AgentVersion" w on w."projectId" = j."projectId" and w."id" = j."agentVersionId"
  where w."projectId" = a."projectId" and w."agentId" = a."id"
  order by j."createdAt" desc, j."id" desc limit 200
) newest), '[]')`;

const columns = (includeJobs: boolean) => `
  a."id", a."name", a."archivedAt" is not null as "archived", a."createdAt",
  json_build_object('id', u."id", 'name', u."name") as "createdBy",
  v."id" as "versionId", v."version", v."provider", v."baseUrl", v."model", v."prompt", v."template",
  (select json_agg(json_build_object('id', o."id", 'version', o."version", 'createdAt', ${isoOf(`o."createdAt"`)},
      'createdBy', json_build_object('id', ou."id", 'name', ou."name")) order by o."version" desc)
    from "AgentVersion" o join "User" ou on ou."id" = o."createdById"
    where o."projectId" = a."projectId" and o."agentId" = a."id") as "versions",
  (select count(*)::int from "Job" j
    join "AgentVersion" w on w."projectId" = j."projectId" and w."id" = j."agentVersionId"
    where w."projectId" = a."projectId" and w."agentId" = a."id") as "jobCount"
  ${includeJobs ? `, ${JOBS} as "jobs"` : ""}`;

const FROM = `
  from "Agent" a
  join "User" u on u."id" = a."createdById"
  join lateral (select * from "AgentVersion" n where n."projectId" = a."projectId" and n."agentId" = a."id"
    order by n."version" desc limit 1) v on true`;

export type AgentFilter = {
  createdBy?: string | undefined;
  provider?: string | undefined;
  model?: string | undefined;
  label?: string | undefined;
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
  archived: boolean;
};

/** What a filter asks of an agent's newest version. */
function conditions(projectId: string, filter: AgentFilter): Sql {
  const { createdBy, provider, model, label, createdAfter, createdBefore, archived } = filter;
  return joinSql(
    [
      sql`a."projectId" = ${projectId}::uuid`,
      archived ? rawSql(`a."archivedAt" is not null`) : rawSql(`a."archivedAt" is null`),
      ...(createdBy ? [sql`a."createdById" = ${createdBy}::uuid`] : []),
      ...(provider ? [sql`v."provider" = ${provider}::text`] : []),
      ...(model ? [sql`v."model"->>'model' = ${model}::text`] : []),
      ...(createdAfter ? [sql`a."createdAt" >= ${createdAfter}::timestamptz`] : []),
      ...(createdBefore ? [sql`a."createdAt" < ${createdBefore}::timestamptz`] : []),
      ...(label ? [sql`v."prompt"->'labels' ? ${label}::text`] : []),
    ],
    " and ",
  );
}

type Page = { before: string | null; limit: number; includeJobs: boolean };

/** Agents with their newest version, newest agent first. */
export async function readAgents(
  db: Db,
  projectId: string,
  filter: AgentFilter,
  { before, limit, includeJobs }: Page,
): Promise<Agent[]> {
  const older = before === null ? rawSql("") : sql`and a."id" < ${before}::uuid`;
  const rows = await queryRows<AgentRow>(
    db,
    sql`select ${rawSql(columns(includeJobs))} ${rawSql(FROM)}
      where ${conditions(projectId, filter)} ${older} order by a."id" desc limit ${limit}::int`,
  );
  return rows.map(present);
}

/** How many agents {@link readAgents} gives in all. */
export async function countAgents(db: Db, projectId: string, filter: AgentFilter): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" ${rawSql(FROM)} where ${conditions(projectId, filter)}`,
  );
  return row?.count ?? 0;
}

/** One agent with its newest version and its jobs. @throws AppError `not_found` */
export async function readAgent(db: Db, projectId: string, id: string): Promise<Agent> {
  const [row] = await sqlRows<AgentRow>(
    db,
    `select ${columns(true)} ${FROM} where a."projectId" = $1::uuid and a."id" = $2::uuid`,
    [projectId, id],
  );
  if (!row) throw noSuchAgent();
  return present(row);
}

/** One version of an agent; without a number the newest. @throws AppError `not_found` */
export async function readVersion(
  db: Db,
  projectId: string,
  agentId: string,
  version?: number,
): Promise<AgentVersion> {
  const [row] = await sqlRows<VersionRow>(
    db,
    `select v."id", v."agentId", v."version", v."provider", v."baseUrl", v."model", v."prompt", v."template",
       v."createdAt", json_build_object('id', u."id", 'name', u."name") as "createdBy"
     from "AgentVersion" v join "User" u on u."id" = v."createdById"
     where v."projectId" = $1::uuid and v."agentId" = $2::uuid and ($3::int is null or v."version" = $3::int)
     order by v."version" desc limit 1`,
    [projectId, agentId, version ?? null],
  );
  if (row) return present(row);
  if (version === undefined) throw noSuchAgent();
  await readVersion(db, projectId, agentId);
  throw new AppError("not_found", `This agent has no version ${version}.`);
}

type NewVersion = VersionContent & {
  projectId: string;
  agentId: string;
  version: number;
  template: string;
  createdById: string;
};

/** Adds a version. Nothing ever changes one. */
export async function insertVersion(tx: Db, { provider, baseUrl, ...version }: NewVersion): Promise<void> {
  await tx.agentVersion.create({ data: { id: newId(), provider, baseUrl, ...version } });
}

export const noSuchAgent = () => new AppError("not_found", "There is no such agent in this project.");

const present = <T extends { createdAt: Date }>(row: T): Omit<T, "createdAt"> & { createdAt: string } => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});
