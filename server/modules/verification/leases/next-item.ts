import type { NextItem } from "@/contracts/sessions";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { publish } from "@/server/platform/events";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { refusalMessages } from "../refusal-messages";
import { readSessionLabel } from "../session-label";
import { type SessionEvent, sessionTopic } from "../session-topic";
import { LEASE_SECONDS, type Lease, type LeaseSearch } from "./lease";
import { leaseInIndependent } from "./lease-in-independent";
import { leaseInShared } from "./lease-in-shared";
import { presentNextItem } from "./present-next-item";
import { undecidedBy } from "./undecided";

type Input = { id: string; skip?: readonly string[] };

/**
 * Hands out the next record in the session's order: in a shared session one that nobody has decided and nobody else holds,
 * in an independent session one that the actor has not decided, and that fewer people than the session asks for have
 * decided or hold. A person who asks again while they hold a record gets the same one; if they skip it, its lease ends.
 * The rows of the session's rooms (in an independent session its own row, then the items) are locked meanwhile, so that a
 * decision and a lease never miss each other. What is hidden from the actor until they decide is left out.
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
    const search = { sessionId: id, skip };
    const held = await prolongHeld(tx, actor, search);
    const lease =
      held ??
      (overlap === null
        ? await leaseInShared(tx, actor, search)
        : await leaseInIndependent(tx, actor, { ...search, overlap }));
    await dropOthers(tx, actor, id, lease?.id ?? null);
    if (!lease) return null;
    // The rooms of an independent session look at the leases in every commit.
    if (!held && overlap === null) await tellRooms(tx, actor.projectId, id, lease.recordId);
    return presentNextItem(tx, actor, id, lease);
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
  { sessionId, skip }: LeaseSearch,
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
