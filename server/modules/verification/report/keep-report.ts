import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { execute, rawSql, sql } from "@/server/platform/sql";
import { readSession } from "../session-repository";
import { makeReport } from "./make-report";

/** Keeps what a session came to, in the transaction that closes it and holds its rooms. */
export async function keepReport(tx: Db, actor: ProjectActor, sessionId: string): Promise<void> {
  const { projectId, userId } = actor;
  const session = await readSession(tx, actor, sessionId);
  const report = await makeReport(tx, projectId, session, () => rawSql("true"));
  await execute(
    tx,
    sql`insert into "SessionReport" ("projectId", "sessionId", "number", "report", "closedById", "closedAt")
      select ${projectId}::uuid, ${sessionId}::uuid, coalesce(max(r."number"), 0) + 1, ${JSON.stringify(report)}::jsonb,
        ${userId}::uuid, ${report.closedAt ?? report.asOf}::timestamptz
      from "SessionReport" r where r."projectId" = ${projectId}::uuid and r."sessionId" = ${sessionId}::uuid`,
  );
}
