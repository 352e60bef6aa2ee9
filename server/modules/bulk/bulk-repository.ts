import { type BulkRun, type BulkStatus, bulkAction, bulkSkipReason } from "@/contracts/bulk";
import { queryJson } from "@/contracts/query";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import type { SkipCounts } from "@/server/modules/records";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { KEPT_DAYS } from "./forget-old";

type Row = Omit<BulkRun, "skipped" | "createdAt" | "finishedAt" | "undo" | "undoable"> & {
  skipped: SkipCounts;
  createdAt: Date;
  finishedAt: Date | null;
  kept: boolean;
  undoneBy: BulkRun["createdBy"] | null;
  undoStartedAt: Date | null;
  undoFinishedAt: Date | null;
  undoDone: number;
  restored: number;
  undoSkipped: SkipCounts;
};

const noSuchRun = () => new AppError("not_found", "There is no such bulk action in this project.");

/** What can be done about a run follows from where it stands. */
export const isUnderWay = (status: BulkStatus): boolean =>
  status === "queued" || status === "running" || status === "undoing";

/** One run as the actor sees it. @throws AppError `not_found`, for an annotator also of somebody else's */
export async function readRun(db: Db, actor: ProjectActor, id: string): Promise<BulkRun> {
  const [run] = await readRuns(db, actor, { which: sql`b."id" = ${id}::uuid`, limit: 1 });
  if (!run) throw noSuchRun();
  return run;
}

/** Runs that satisfy `which`, a condition on `"BulkRun" b`, newest first; for an annotator their own. */
export async function readRuns(
  db: Db,
  actor: ProjectActor,
  { which, limit }: { which: Sql; limit: number },
): Promise<BulkRun[]> {
  const rows = await queryRows<Row>(
    db,
    sql`select b."id", b."status"::text as "status", b."action", b."query", b."total", b."done", b."changed",
        b."skipped", b."error", b."createdAt", b."finishedAt", b."undoStartedAt", b."undoFinishedAt",
        b."undoDone", b."restored", b."undoSkipped",
        b."forgottenAt" is null and coalesce(b."finishedAt", now())
          > now() - make_interval(days => ${KEPT_DAYS}::int) as "kept",
        json_build_object('id', b."createdById", 'name', coalesce(c."name", '')) as "createdBy",
        case when b."undoneById" is not null
          then json_build_object('id', b."undoneById", 'name', coalesce(u."name", '')) end as "undoneBy"
      from "BulkRun" b
      left join "User" c on c."id" = b."createdById"
      left join "User" u on u."id" = b."undoneById"
      where ${visibleTo(actor)} and ${which}
      order by b."id" desc limit ${limit}::int`,
  );
  return rows.map(present);
}

/** How many runs the actor sees. */
export async function countRuns(db: Db, actor: ProjectActor): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "BulkRun" b where ${visibleTo(actor)}`,
  );
  return row?.count ?? 0;
}

const visibleTo = (actor: ProjectActor): Sql =>
  sql`b."projectId" = ${actor.projectId}::uuid ${
    seesOnlyOwn(actor) ? sql`and b."createdById" = ${actor.userId}::uuid` : rawSql("")
  }`;

function present(row: Row): BulkRun {
  const { kept, undoneBy, undoStartedAt, undoFinishedAt, undoDone, restored, undoSkipped, ...run } = row;
  return {
    ...run,
    action: bulkAction.parse(run.action),
    query: queryJson.nullable().parse(run.query),
    skipped: listSkipped(run.skipped),
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    undoable: kept && !isUnderWay(run.status) && run.changed > undoDone,
    undo:
      undoneBy && undoStartedAt
        ? {
            done: undoDone,
            restored,
            skipped: listSkipped(undoSkipped),
            startedBy: undoneBy,
            startedAt: undoStartedAt.toISOString(),
            finishedAt: undoFinishedAt?.toISOString() ?? null,
          }
        : null,
  };
}

/** Always in the same order, without reasons that nothing was skipped for. */
const listSkipped = (counts: SkipCounts): BulkRun["skipped"] =>
  bulkSkipReason.options.flatMap((reason) => {
    const count = counts[reason] ?? 0;
    return count > 0 ? [{ reason, count }] : [];
  });
