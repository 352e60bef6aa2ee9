import {
  countSkipped,
  type MadeChange,
  type SetChange,
  type SetRevert,
  withoutChanged,
} from "@/server/modules/records";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";

type Which = { projectId: string; subsetId: string };

/**
 * Makes sure that records can be put into a subset and taken out of it.
 * @param path where the subset was named in what the caller sent
 * @throws AppError `not_found` when it is not there, `invalid` when a query says what is in it, or when it is a
 * sample, whose chances would no longer be true
 */
export async function requireStaticSubset(
  db: Db,
  { projectId, subsetId }: Which,
  path: string,
): Promise<void> {
  const subset = await db.subset.findFirst({
    where: { projectId, id: subsetId, deletedAt: null },
    select: { kind: true, name: true, sample: true },
  });
  if (!subset)
    throw new AppError("not_found", "There is no such subset in this project.", {
      errors: [{ path, message: "names a subset that is not there" }],
    });
  if (subset.kind === "live")
    throw new AppError(
      "invalid",
      `"${subset.name}" is a live subset: its query says which records it holds. Choose a static one.`,
      { errors: [{ path, message: "names a live subset" }] },
    );
  if (subset.sample !== null)
    throw new AppError(
      "invalid",
      `"${subset.name}" is a sample, and the chances of its records would no longer be true. Save its records as another subset and choose that one.`,
      { errors: [{ path, message: "names a sample" }] },
    );
}

/** Puts records into a static subset. */
export async function addToSubset(
  tx: Db,
  { projectId, subsetId }: Which,
  ids: readonly string[],
): Promise<SetChange> {
  const changed = await queryRows<{ id: string; before: string }>(
    tx,
    sql`insert into "SubsetRecord" ("projectId", "subsetId", "recordId")
      select r."projectId", ${subsetId}::uuid, r."id" from "Record" r
      where r."projectId" = ${projectId}::uuid and r."id" = any(${ids}::uuid[]) and r."deletedAt" is null
      order by r."id"
      on conflict do nothing returning "recordId" as "id", '{}' as "before"`,
  );
  await addToCount(tx, { projectId, subsetId }, changed.length);
  return {
    changed,
    skipped: await countSkipped(tx, projectId, withoutChanged(ids, changed), "unchanged"),
  };
}

/** Takes those out again that {@link addToSubset} put in. */
export async function takeBackAddition(tx: Db, which: Which, { items }: MadeChange): Promise<SetRevert> {
  const removed = await deleteRows(
    tx,
    which,
    items.map(({ id }) => id),
  );
  return { restored: removed.length, skipped: { changed_since: items.length - removed.length } };
}

/** Takes records out of a static subset. */
export async function removeFromSubset(tx: Db, which: Which, ids: readonly string[]): Promise<SetChange> {
  const changed = await deleteRows(tx, which, ids);
  return {
    changed,
    skipped: await countSkipped(tx, which.projectId, withoutChanged(ids, changed), "unchanged"),
  };
}

/** Puts those in again, with the inclusion probability they had, that {@link removeFromSubset} took out. */
export async function takeBackRemoval(
  tx: Db,
  { projectId, subsetId }: Which,
  { items }: MadeChange,
): Promise<SetRevert> {
  const restored = await execute(
    tx,
    sql`insert into "SubsetRecord" ("projectId", "subsetId", "recordId", "inclusion")
      select ${projectId}::uuid, ${subsetId}::uuid, i."id", (i."before"::jsonb ->> 'inclusion')::float8
      from unnest(${items.map(({ id }) => id)}::uuid[], ${items.map(({ before }) => before)}::text[])
        as i ("id", "before") order by i."id"
      on conflict do nothing`,
  );
  await addToCount(tx, { projectId, subsetId }, restored);
  return { restored, skipped: { changed_since: items.length - restored } };
}

async function deleteRows(
  tx: Db,
  { projectId, subsetId }: Which,
  ids: readonly string[],
): Promise<{ id: string; before: string }[]> {
  const deleted = await queryRows<{ id: string; before: string }>(
    tx,
    sql`delete from "SubsetRecord" s where s."projectId" = ${projectId}::uuid
        and s."subsetId" = ${subsetId}::uuid and s."recordId" = any(${ids}::uuid[])
      returning s."recordId" as "id", jsonb_build_object('inclusion', s."inclusion")::text as "before"`,
  );
  await addToCount(tx, { projectId, subsetId }, -deleted.length);
  return deleted;
}

/** Keeps the number that was noted when the subset was made. */
async function addToCount(tx: Db, { projectId, subsetId }: Which, more: number): Promise<void> {
  if (more === 0) return;
  await tx.subset.update({
    where: { projectId_id: { projectId, id: subsetId } },
    data: { count: { increment: more } },
  });
}
