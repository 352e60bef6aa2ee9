import type { z } from "zod";
import type { AuditEvent, listAuditInput } from "@/contracts/access";
import type { ListOf } from "@/contracts/common";
import { type Db, sqlRows } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import type { ProjectActor } from "../actor";

type Row = Omit<AuditEvent, "createdAt"> & { createdAt: Date };

/** What changed who may do what in a project, newest first. */
export async function listAudit(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor, action, actorId }: z.infer<typeof listAuditInput>,
): Promise<ListOf<AuditEvent>> {
  const matching = `from "AuditEvent" e left join "User" u on u."id" = e."actorId"
    where e."projectId" = $1::uuid and ($2::uuid is null or e."actorId" = $2::uuid)
      and ($3::text is null or e."action" = $3 or starts_with(e."action", $3 || '.'))`;
  const params = [projectId, actorId ?? null, action ?? null];
  return pageById({
    limit,
    cursor,
    read: async (before, count) => {
      const rows = await sqlRows<Row>(
        db,
        `select e."id", e."action", e."target", e."details", e."origin", e."createdAt",
           case when e."actorId" is not null
             then json_build_object('id', e."actorId", 'name', coalesce(u."name", '')) end as "actor"
         ${matching} and ($4::uuid is null or e."id" < $4::uuid) order by e."id" desc limit $5::int`,
        [...params, before, count],
      );
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
    },
    count: async () => {
      const [row] = await sqlRows<{ total: number }>(
        db,
        `select count(*)::int as "total" ${matching}`,
        params,
      );
      return row?.total ?? 0;
    },
  });
}
