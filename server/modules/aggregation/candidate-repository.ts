import { valueKey } from "@/server/modules/evaluation";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import type { Verdict } from "./policies/verified-first";
import type { Vote } from "./policies/votes";

/** All that a policy decides one record from. */
export type Candidates = {
  recordId: string;
  /** Order of the record. */
  position: string;
  votes: Vote[];
  verdicts: CandidateVerdict[];
};
type CandidateVerdict = Verdict & { verifierName: string; jobId: string };

export type CandidateQuery = {
  projectId: string;
  label: string;
  /** Whose labels count; null: everybody's. */
  annotators: readonly string[] | null;
  withVerdicts: boolean;
};

type CandidateRow = {
  recordId: string;
  position: string;
  votes: { annotatorId: string; value: string[] }[] | null;
  verdicts: (Omit<CandidateVerdict, "value" | "createdAt"> & { value: string[]; createdAt: string })[] | null;
};

/**
 * The next records in order, with the labels and current verdicts on each. Records without any are among them, so that
 * the last one tells where to go on.
 * @param after position after which to begin
 */
export async function readCandidates(
  db: Db,
  { projectId, label, annotators, withVerdicts }: CandidateQuery,
  { after, limit }: { after: string; limit: number },
): Promise<Candidates[]> {
  const rows = await queryRows<CandidateRow>(
    db,
    sql`with page as (
        select r."id", r."position" from "Record" r
        where r."projectId" = ${projectId}::uuid and r."deletedAt" is null and r."position" > ${after}::bigint
        order by r."position" limit ${limit}::int)
      select p."id" as "recordId", p."position"::text as "position",
        (select json_agg(json_build_object('annotatorId', a."annotatorId", 'value', a."value"))
          from "Annotation" a where a."projectId" = ${projectId}::uuid and a."recordId" = p."id"
            and a."labelName" = ${label}::text and a."level" = 'record' and cardinality(a."value") > 0
            and (${annotators}::uuid[] is null or a."annotatorId" = any(${annotators}::uuid[]))) as "votes",
        ${withVerdicts ? verdictsOfPage(projectId, label) : rawSql("null::json")} as "verdicts"
      from page p order by p."position"`,
  );
  return rows.map(({ votes, verdicts, ...row }) => ({
    ...row,
    votes: (votes ?? []).map((vote) => ({ ...vote, value: valueKey(vote.value) })),
    verdicts: (verdicts ?? []).map((verdict) => ({
      ...verdict,
      value: valueKey(verdict.value),
      createdAt: new Date(verdict.createdAt),
    })),
  }));
}

const verdictsOfPage = (projectId: string, label: string) =>
  sql`(select json_agg(json_build_object('id', v."id", 'verifierId', v."verifierId", 'verifierName', t."name",
      'jobId', v."jobId", 'status', v."status", 'value', v."value", 'createdAt', v."createdAt"))
    from "Verification" v
    join "Annotator" t on t."projectId" = v."projectId" and t."id" = v."verifierId"
    where v."projectId" = ${projectId}::uuid and v."recordId" = p."id" and v."labelName" = ${label}::text
      and v."current" and v."status" is not null)`;

/** The agent of each job of the project. */
export async function readJobAgents(
  db: Db,
  projectId: string,
): Promise<Map<string, { agentId: string; agentVersion: number }>> {
  const rows = await queryRows<{ id: string; agentId: string; agentVersion: number }>(
    db,
    sql`select j."id", v."agentId", v."version" as "agentVersion" from "Job" j
      join "AgentVersion" v on v."projectId" = j."projectId" and v."id" = j."agentVersionId"
      where j."projectId" = ${projectId}::uuid`,
  );
  return new Map(rows.map(({ id, ...agent }) => [id, agent]));
}
