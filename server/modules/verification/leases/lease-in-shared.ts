import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { queryRows, sql } from "@/server/platform/sql";
import { LEASE_SECONDS, type Lease, type LeaseSearch } from "./lease";
import { undecidedBy } from "./undecided";

/** Leases the next record of a shared session that nobody has decided and nobody else holds. */
export async function leaseInShared(
  tx: Db,
  actor: ProjectActor,
  { sessionId, skip }: LeaseSearch,
): Promise<Lease | undefined> {
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
