import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { lockAndCountOthers, refusalByOverlap } from "../others-on-labels";
import { LEASE_SECONDS, type Lease, type LeaseSearch } from "./lease";
import { undecidedBy } from "./undecided";

/**
 * Leases the next record of an independent session on which the actor has something to decide, and fewer others than the
 * session asks for have decided or hold it. Handing out is serial by the session's row; the record's items are
 * taken and counted again before the lease is written, since somebody may just have decided there without one.
 */
export async function leaseInIndependent(
  tx: Db,
  actor: ProjectActor,
  { sessionId, skip, overlap }: LeaseSearch & { overlap: number },
): Promise<Lease | undefined> {
  const { projectId, userId } = actor;
  const passed: string[] = [...skip];
  for (;;) {
    const labels = await findCandidate(tx, actor, { sessionId, skip: passed, overlap });
    const [first] = labels;
    if (!first) return undefined;
    const ids = labels.map(({ annotationId }) => annotationId);
    const others = await lockAndCountOthers(tx, { projectId, sessionId, userId }, ids);
    const isFree = ids.some((id) => refusalByOverlap(overlap, others.get(id)) === null);
    const lease = isFree
      ? await insertLease(tx, actor, { sessionId, recordId: first.recordId, overlap })
      : undefined;
    if (lease) return lease;
    passed.push(first.recordId);
  }
}

/** The labels still to be decided by the actor of the first record that seems to want one more person. */
const findCandidate = (
  tx: Db,
  actor: ProjectActor,
  { sessionId, skip, overlap }: LeaseSearch & { overlap: number },
): Promise<{ annotationId: string; recordId: string }[]> =>
  queryRows(
    tx,
    sql`select i."annotationId", i."recordId" from "SessionItem" i
      where ${undecidedBy(actor, { sessionId, skip })} and i."recordId" = (
        select i."recordId" from "SessionItem" i
        where ${undecidedBy(actor, { sessionId, skip })} and ${peopleOn(actor, sessionId)} < ${overlap}::int
        order by i."position" limit 1)`,
  );

/** How many others have decided the item `i`, or hold its record. */
const peopleOn = ({ projectId, userId }: ProjectActor, sessionId: string): Sql =>
  sql`(select count(*) from (
    select v."verifierId" from "Verification" v where v."projectId" = ${projectId}::uuid
      and v."sessionId" = ${sessionId}::uuid and v."annotationId" = i."annotationId" and v."current"
      and v."status" is not null and v."verifierId" <> ${userId}::uuid
    union
    select l."userId" from "SessionLease" l where l."projectId" = ${projectId}::uuid
      and l."sessionId" = ${sessionId}::uuid and l."recordId" = i."recordId" and l."expiresAt" > now()
      and l."userId" <> ${userId}::uuid) people)`;

/** In the first slot of the record that nobody holds. */
async function insertLease(
  tx: Db,
  { projectId, userId }: ProjectActor,
  { sessionId, recordId, overlap }: { sessionId: string; recordId: string; overlap: number },
): Promise<Lease | undefined> {
  const [lease] = await queryRows<Lease>(
    tx,
    sql`insert into "SessionLease" ("id", "projectId", "sessionId", "recordId", "userId", "slot", "expiresAt")
      select ${newId()}::uuid, ${projectId}::uuid, ${sessionId}::uuid, ${recordId}::uuid, ${userId}::uuid, n.slot,
        now() + make_interval(secs => ${LEASE_SECONDS}::int)
      from generate_series(0, ${overlap - 1}::int) n(slot)
      where not exists (select 1 from "SessionLease" l where l."projectId" = ${projectId}::uuid
        and l."sessionId" = ${sessionId}::uuid and l."recordId" = ${recordId}::uuid and l."slot" = n.slot
        and l."expiresAt" > clock_timestamp() and l."userId" <> ${userId}::uuid)
      order by n.slot limit 1
      on conflict ("projectId", "sessionId", "recordId", "slot") do update set "id" = excluded."id",
        "userId" = excluded."userId", "expiresAt" = excluded."expiresAt", "createdAt" = now()
      returning "id", "recordId", "expiresAt"`,
  );
  return lease;
}
