import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, sql } from "@/server/platform/sql";

const noSuchRecord = () => new AppError("not_found", "There is no such record, or you have no access to it.");

/** @throws AppError `not_found` for a record that the actor does not reach */
export async function requireRecord(db: Db, actor: ProjectActor, recordId: string): Promise<void> {
  const filter = await recordFilter(db, actor, { ids: [recordId] });
  const [found] = await queryRows(db, sql`select 1 from "Record" r where ${filter}`);
  if (!found) throw noSuchRecord();
}

/**
 * Keeps the record from being erased until the transaction ends, so that no word about it is written after those
 * that were there have been blanked.
 * @throws AppError `not_found` when it is gone already
 */
export async function holdRecord(tx: Db, projectId: string, recordId: string): Promise<void> {
  const [found] = await queryRows(
    tx,
    sql`select 1 from "Record" where "projectId" = ${projectId}::uuid and "id" = ${recordId}::uuid
      and "deletedAt" is null for key share`,
  );
  if (!found) throw noSuchRecord();
}

type About = { recordId: string; label?: string | undefined; sessionId?: string | undefined };

/** @throws AppError `invalid` at `label` or `sessionId` when it has nothing to do with the record */
export async function requireAbout(db: Db, actor: ProjectActor, about: About): Promise<void> {
  const { recordId, label, sessionId } = about;
  if (label !== undefined) {
    const schema = await findActiveSchema(db, actor);
    const names = schema?.labelSchema.map(({ name }) => name) ?? [];
    if (!names.includes(label))
      throw new AppError("invalid", `"${label}" is no label of the active schema.`, {
        errors: [
          { path: "label", message: `is none of ${names.join(", ") || "the labels, there are none"}` },
        ],
      });
  }
  if (sessionId === undefined) return;
  const opened = seesOnlyOwn(actor)
    ? sql`exists (select 1 from "SessionMember" m where m."projectId" = i."projectId"
        and m."sessionId" = i."sessionId" and m."userId" = ${actor.userId}::uuid)`
    : rawSql("true");
  const [held] = await queryRows(
    db,
    sql`select 1 from "SessionItem" i where i."projectId" = ${actor.projectId}::uuid
      and i."sessionId" = ${sessionId}::uuid and i."recordId" = ${recordId}::uuid and ${opened} limit 1`,
  );
  if (!held)
    throw new AppError("invalid", "The session does not hold this record.", {
      errors: [{ path: "sessionId", message: "is not a session that holds this record" }],
    });
}
