import type { Acceptance } from "@/contracts/acceptance";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Undone ones that are told. */
const MAX_EARLIER = 20;

type Row = Omit<Acceptance, "createdAt" | "undoneAt"> & { createdAt: Date; undoneAt: Date | null };

/** What stands for a job and label, and what did earlier, newest first. */
export async function readAcceptances(
  db: Db,
  { projectId, jobId, label }: { projectId: string; jobId: string; label: string },
): Promise<{ applied: Acceptance | null; earlier: Acceptance[] }> {
  const rows = await queryRows<Row>(
    db,
    sql`select x."id", x."jobId", x."labelName" as "label", x."threshold", x."epsilon", x."alpha", x."accepted",
        x."checked", x."errors", x."bound", json_build_object('id', u."id", 'name', u."name") as "createdBy",
        x."createdAt", x."undoneAt",
        case when b."id" is not null then json_build_object('id', b."id", 'name', b."name") end as "undoneBy"
      from "Acceptance" x join "User" u on u."id" = x."createdById" left join "User" b on b."id" = x."undoneById"
      where x."projectId" = ${projectId}::uuid and x."jobId" = ${jobId}::uuid and x."labelName" = ${label}::text
      order by x."undoneAt" is null desc, x."id" desc limit ${MAX_EARLIER + 1}::int`,
  );
  const all = rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    undoneAt: row.undoneAt?.toISOString() ?? null,
  }));
  return {
    applied: all.find(({ undoneAt }) => undoneAt === null) ?? null,
    earlier: all.filter(({ undoneAt }) => undoneAt !== null).slice(0, MAX_EARLIER),
  };
}
