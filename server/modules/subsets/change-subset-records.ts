import type { z } from "zod";
import type { changeSubsetRecordsInput, changeSubsetRecordsOutput } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import { parseQuery, recordFilter } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, type Sql, sql } from "@/server/platform/sql";
import { countSubset } from "./count-subset";
import { FREEZE_TIMEOUT } from "./create-subset";
import { refuseUnknown } from "./refuse-unknown";
import { noSuchSubset, readSubset } from "./subset-repository";

type ChangeSubsetRecordsInput = Omit<z.infer<typeof changeSubsetRecordsInput>, "project">;
type Choice = ChangeSubsetRecordsInput["add"];

/**
 * Takes records out of a static subset, then puts records into it. What is in it already, or not in it, stays as
 * it is. A sample doesn't change: the chances of its records would no longer be true. Jobs, sessions and frozen
 * shares keep the records they began with.
 * @throws AppError `not_found`, `subset_live`, `subset_sampled`, `invalid_query`, `invalid`
 */
export async function changeSubsetRecords(
  db: Db,
  actor: ProjectActor,
  { id, add, remove }: ChangeSubsetRecordsInput,
): Promise<z.infer<typeof changeSubsetRecordsOutput>> {
  refuseNothing(add, remove);
  const { projectId } = actor;
  return inTransaction(
    db,
    async (tx) => {
      await lockChangeable(tx, projectId, id);
      const removed = remove
        ? await execute(
            tx,
            sql`delete from "SubsetRecord" s using "Record" r
              where s."projectId" = ${projectId}::uuid and s."subsetId" = ${id}::uuid
                and r."id" = s."recordId" and ${await chosen(tx, actor, remove, "remove")}`,
          )
        : 0;
      const added = add
        ? await execute(
            tx,
            sql`insert into "SubsetRecord" ("projectId", "subsetId", "recordId")
              select ${projectId}::uuid, ${id}::uuid, r."id" from "Record" r
              where ${await chosen(tx, actor, add, "add")}
              on conflict do nothing`,
          )
        : 0;
      await countSubset(tx, { projectId, subsetId: id });
      return { added, removed, subset: await readSubset(tx, actor, id) };
    },
    { timeoutMs: FREEZE_TIMEOUT },
  );
}

/** The condition on `"Record" r` of the records that were named. */
async function chosen(
  tx: Db,
  actor: ProjectActor,
  choice: NonNullable<Choice>,
  path: "add" | "remove",
): Promise<Sql> {
  if (!Array.isArray(choice)) return recordFilter(tx, actor, parseQuery(choice.query, `${path}.query`));
  await refuseUnknown(tx, actor, choice, path);
  return recordFilter(tx, actor, { ids: choice });
}

async function lockChangeable(tx: Db, projectId: string, id: string): Promise<void> {
  const [subset] = await queryRows<{ kind: string; sampled: boolean }>(
    tx,
    sql`select s."kind"::text as "kind", s."sample" is not null as "sampled" from "Subset" s
      where s."projectId" = ${projectId}::uuid and s."id" = ${id}::uuid and s."deletedAt" is null for update`,
  );
  if (!subset) throw noSuchSubset();
  if (subset.kind === "live")
    throw new AppError(
      "subset_live",
      "A live subset is a search and holds what it finds. Save its records as a static subset and change that one.",
      { status: 409 },
    );
  if (subset.sampled)
    throw new AppError(
      "subset_sampled",
      "The subset is a sample, and the chances of its records would no longer be true. Save its records as another subset and change that one.",
      { status: 409 },
    );
}

function refuseNothing(add: Choice, remove: Choice): void {
  if (!add && !remove)
    throw new AppError("invalid", "Name records to add or to remove.", {
      errors: [{ path: "add", message: "names no records, and neither does remove" }],
    });
  const added = new Set(Array.isArray(add) ? add.map((id) => id.toLowerCase()) : []);
  const both = Array.isArray(remove) ? remove.findIndex((id) => added.has(id.toLowerCase())) : -1;
  if (both >= 0)
    throw new AppError("invalid", "A record can't be added and removed at once.", {
      errors: [{ path: `remove.${both}`, message: "is to be added as well" }],
    });
}
