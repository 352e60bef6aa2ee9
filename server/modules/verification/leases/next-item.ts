import type { NextItem } from "@/contracts/sessions";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { publish } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { readSessionLabel } from "../session-label";
import { type SessionEvent, sessionTopic } from "../session-topic";

/** A lease lasts so long unless it is prolonged: longer than a look, shorter than a walk away. */
export const LEASE_SECONDS = 60;

type Input = { id: string; skip?: readonly string[] };
type Lease = { id: string; recordId: string; expiresAt: Date };

/**
 * Hands out the next record of a session that nobody has decided and nobody else holds, in the session's order.
 * Asked again while they hold one, a person gets the same, unless they skip it; of the one they skip the lease
 * ends. The rows of the session's rooms are locked meanwhile, so a decision and a lease never pass each other.
 * @returns null when nothing is free
 * @throws AppError `not_found`, `forbidden`, `closed` (409)
 */
export async function nextItem(
  db: Db,
  actor: ProjectActor,
  { id, skip = [] }: Input,
): Promise<NextItem | null> {
  requireScope(actor, "verification:write");
  return inTransaction(db, async (tx) => {
    const { state } = await readSessionLabel(tx, actor, id);
    if (state === "closed")
      throw new AppError("closed", "This session is closed; nothing is handed out in it any more.", {
        status: 409,
      });
    await queryRows(
      tx,
      sql`select "name" from "CollabRoom" where "projectId" = ${actor.projectId}::uuid
        and "sessionId" = ${id}::uuid order by "name" for update`,
    );
    const held = await prolongHeld(tx, actor, id, skip);
    const lease = held ?? (await takeFree(tx, actor, id, skip));
    await dropOthers(tx, actor, id, lease?.id ?? null);
    if (!lease) return null;
    if (!held) await tellRooms(tx, actor.projectId, id, lease.recordId);
    return present(tx, actor.projectId, id, lease);
  });
}

/** Items that nobody has decided, of records that exist and are not skipped, over `"SessionItem" i`. */
const undecided = (projectId: string, sessionId: string, skip: readonly string[]) =>
  sql`i."projectId" = ${projectId}::uuid and i."sessionId" = ${sessionId}::uuid
    and i."recordId" <> all(${skip}::uuid[]) and i."annotationId" <> all(${skip}::uuid[])
    and exists (select 1 from "Record" r where r."projectId" = i."projectId" and r."id" = i."recordId"
      and r."deletedAt" is null)
    and not exists (select 1 from "Verification" v where v."projectId" = i."projectId"
      and v."sessionId" = i."sessionId" and v."annotationId" = i."annotationId" and v."current"
      and v."inSharedSession" and v."status" is not null)`;

async function prolongHeld(
  tx: Db,
  { projectId, userId }: ProjectActor,
  sessionId: string,
  skip: readonly string[],
): Promise<Lease | undefined> {
  const [lease] = await queryRows<Lease>(
    tx,
    sql`update "SessionLease" l set "expiresAt" = now() + make_interval(secs => ${LEASE_SECONDS}::int)
      where l."id" = (select l."id" from "SessionLease" l
        where l."projectId" = ${projectId}::uuid and l."sessionId" = ${sessionId}::uuid
          and l."userId" = ${userId}::uuid and l."expiresAt" > now()
          and exists (select 1 from "SessionItem" i where ${undecided(projectId, sessionId, skip)}
            and i."recordId" = l."recordId")
        order by l."createdAt" limit 1)
      returning l."id", l."recordId", l."expiresAt"`,
  );
  return lease;
}

async function takeFree(
  tx: Db,
  { projectId, userId }: ProjectActor,
  sessionId: string,
  skip: readonly string[],
): Promise<Lease | undefined> {
  const [lease] = await queryRows<Lease>(
    tx,
    sql`insert into "SessionLease" ("id", "projectId", "sessionId", "recordId", "userId", "expiresAt")
      select ${newId()}::uuid, ${projectId}::uuid, ${sessionId}::uuid, f."recordId", ${userId}::uuid,
        now() + make_interval(secs => ${LEASE_SECONDS}::int)
      from (select i."recordId" from "SessionItem" i where ${undecided(projectId, sessionId, skip)}
          and not exists (select 1 from "SessionLease" l where l."projectId" = i."projectId"
            and l."sessionId" = i."sessionId" and l."recordId" = i."recordId" and l."expiresAt" > now()
            and l."userId" <> ${userId}::uuid)
        order by i."position" limit 1) f
      on conflict ("projectId", "sessionId", "recordId") do update set "id" = excluded."id",
        "userId" = excluded."userId", "expiresAt" = excluded."expiresAt", "createdAt" = now()
      returning "id", "recordId", "expiresAt"`,
  );
  return lease;
}

/** One lease a person and session; those of everybody that have expired go too. */
const dropOthers = (tx: Db, { projectId, userId }: ProjectActor, sessionId: string, kept: string | null) =>
  execute(
    tx,
    sql`delete from "SessionLease" where "projectId" = ${projectId}::uuid and "sessionId" = ${sessionId}::uuid
      and "id" is distinct from ${kept}::uuid and ("userId" = ${userId}::uuid or "expiresAt" <= now())`,
  );

/** Makes the record's live documents look again before they commit, in every process. */
async function tellRooms(tx: Db, projectId: string, sessionId: string, recordId: string): Promise<void> {
  const rooms = await queryRows<{ name: string }>(
    tx,
    sql`update "CollabRoom" c set "version" = c."version" + 1
      from (select distinct i."position" / s."chunkSize" as "chunk" from "SessionItem" i
        join "VerificationSession" s on s."projectId" = i."projectId" and s."id" = i."sessionId"
        where i."projectId" = ${projectId}::uuid and i."sessionId" = ${sessionId}::uuid
          and i."recordId" = ${recordId}::uuid) k
      where c."projectId" = ${projectId}::uuid and c."sessionId" = ${sessionId}::uuid and c."chunk" = k."chunk"
      returning c."name"`,
  );
  for (const { name } of rooms)
    await publish(tx, sessionTopic(sessionId), { room: name } satisfies SessionEvent);
}

async function present(tx: Db, projectId: string, sessionId: string, lease: Lease): Promise<NextItem | null> {
  const rows = await queryRows<
    NextItem["item"]["annotations"][number] & { externalId: string; content: string }
  >(
    tx,
    sql`select i."annotationId", a."annotatorId" as "jobId", a."value", a."conf", r."externalId", r."content"
      from "SessionItem" i
      join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
      join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId"
      where ${undecided(projectId, sessionId, [])} and i."recordId" = ${lease.recordId}::uuid
      order by i."position"`,
  );
  const [first] = rows;
  if (!first) return null;
  return {
    item: {
      recordId: lease.recordId,
      externalId: first.externalId,
      content: first.content,
      annotationId: first.annotationId,
      annotations: rows.map(({ externalId: _, content: __, ...annotation }) => annotation),
    },
    lease: { id: lease.id, expiresAt: lease.expiresAt.toISOString() },
  };
}
