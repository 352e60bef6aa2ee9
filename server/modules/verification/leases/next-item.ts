import type { NextItem } from "@/contracts/sessions";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { labelInSight, loadSight } from "@/server/modules/sight";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { publish } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { refusalMessages } from "../refusal-messages";
import { readSessionLabel } from "../session-label";
import { type SessionEvent, sessionTopic } from "../session-topic";
import { takeForOneMore } from "./choose-independent";
import { LEASE_SECONDS, type Lease, type Which } from "./lease";
import { undecidedBy } from "./undecided";

type Input = { id: string; skip?: readonly string[] };

/**
 * Hands out the next record of a session that nobody has decided and nobody else holds, in the session's order; in an
 * independent session one that the actor has not decided, and that fewer people than it wants have decided or hold.
 * Asked again while they hold one, a person gets the same, unless they skip it; of the one they skip the lease
 * ends. The rows of the session's rooms (in an independent session its own row, then the items) are locked meanwhile, so
 * a decision and a lease never pass each other. What is hidden from the actor until they decide is left out.
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
    const { state, overlap } = await readSessionLabel(tx, actor, id);
    if (state === "closed") throw new AppError("closed", refusalMessages.closed, { status: 409 });
    await lockHandingOut(tx, actor, id, overlap !== null);
    const which = { sessionId: id, skip };
    const held = await prolongHeld(tx, actor, which);
    const lease =
      held ??
      (overlap === null
        ? await takeFree(tx, actor, which)
        : await takeForOneMore(tx, actor, { ...which, overlap }));
    await dropOthers(tx, actor, id, lease?.id ?? null);
    if (!lease) return null;
    // The rooms of an independent session look at the leases in every commit.
    if (!held && overlap === null) await tellRooms(tx, actor.projectId, id, lease.recordId);
    return present(tx, actor, id, lease);
  });
}

const lockHandingOut = (
  tx: Db,
  { projectId }: ProjectActor,
  sessionId: string,
  independent: boolean,
): Promise<unknown> =>
  queryRows(
    tx,
    independent
      ? sql`select 1 from "VerificationSession" where "projectId" = ${projectId}::uuid
          and "id" = ${sessionId}::uuid for no key update`
      : sql`select "name" from "CollabRoom" where "projectId" = ${projectId}::uuid
          and "sessionId" = ${sessionId}::uuid order by "name" for update`,
  );

async function prolongHeld(
  tx: Db,
  actor: ProjectActor,
  { sessionId, skip }: Which,
): Promise<Lease | undefined> {
  const { projectId, userId } = actor;
  const [lease] = await queryRows<Lease>(
    tx,
    sql`update "SessionLease" l set "expiresAt" = now() + make_interval(secs => ${LEASE_SECONDS}::int)
      where l."id" = (select l."id" from "SessionLease" l
        where l."projectId" = ${projectId}::uuid and l."sessionId" = ${sessionId}::uuid
          and l."userId" = ${userId}::uuid and l."expiresAt" > now()
          and exists (select 1 from "SessionItem" i where ${undecidedBy(actor, { sessionId, skip })}
            and i."recordId" = l."recordId")
        order by l."createdAt" limit 1)
      returning l."id", l."recordId", l."expiresAt"`,
  );
  return lease;
}

async function takeFree(tx: Db, actor: ProjectActor, { sessionId, skip }: Which): Promise<Lease | undefined> {
  const { projectId, userId } = actor;
  const [lease] = await queryRows<Lease>(
    tx,
    sql`insert into "SessionLease" ("id", "projectId", "sessionId", "recordId", "userId", "expiresAt")
      select ${newId()}::uuid, ${projectId}::uuid, ${sessionId}::uuid, f."recordId", ${userId}::uuid,
        now() + make_interval(secs => ${LEASE_SECONDS}::int)
      from (select i."recordId" from "SessionItem" i where ${undecidedBy(actor, { sessionId, skip })}
          and not exists (select 1 from "SessionLease" l where l."projectId" = i."projectId"
            and l."sessionId" = i."sessionId" and l."recordId" = i."recordId" and l."expiresAt" > now()
            and l."userId" <> ${userId}::uuid)
        order by i."position" limit 1) f
      on conflict ("projectId", "sessionId", "recordId", "slot") do update set "id" = excluded."id",
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

async function present(
  tx: Db,
  actor: ProjectActor,
  sessionId: string,
  lease: Lease,
): Promise<NextItem | null> {
  type Label = NextItem["item"]["annotations"][number];
  const sight = await loadSight(tx, actor, { asReviewer: true });
  const rows = await queryRows<
    Omit<Label, "value" | "conf"> & {
      seen: boolean;
      value: string[];
      conf: number | null;
      externalId: string;
      content: string;
    }
  >(
    tx,
    sql`select i."annotationId", a."annotatorId" as "jobId", case when a."start" >= 0 then a."start" end as "start",
        case when a."end" >= 0 then a."end" end as "end", i."blind", ${labelInSight(sight)} as "seen", a."value",
        a."conf", r."externalId", r."content"
      from "SessionItem" i
      join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
      join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId"
      where ${undecidedBy(actor, { sessionId, skip: [] })} and i."recordId" = ${lease.recordId}::uuid
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
      annotations: rows.map(({ annotationId, jobId, start, end, blind, seen, value, conf }) => ({
        annotationId,
        jobId,
        start,
        end,
        blind,
        ...(seen ? { value, conf } : {}),
      })),
    },
    lease: { id: lease.id, expiresAt: lease.expiresAt.toISOString() },
  };
}
