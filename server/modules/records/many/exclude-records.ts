import type { Db } from "@/server/platform/db";
import { execute, queryRows, sql } from "@/server/platform/sql";
import {
  columnsOf,
  countSkipped,
  type MadeChange,
  type SetChange,
  type SetRevert,
  withoutChanged,
} from "./set-change";

type Records = { projectId: string; ids: readonly string[] };

/** Takes records out of every query; labels, verdicts and costs stay. */
export async function excludeRecords(
  tx: Db,
  { projectId, ids, userId }: Records & { userId: string },
): Promise<SetChange> {
  // Locked in one order, so that two changes of the same records wait for each other and never in a circle.
  const changed = await queryRows<{ id: string; before: string }>(
    tx,
    sql`with target as (
        select r."id" from "Record" r
        where r."projectId" = ${projectId}::uuid and r."id" = any(${ids}::uuid[]) and r."deletedAt" is null
        order by r."id" for update)
      update "Record" r set "deletedAt" = now(), "deletedById" = ${userId}::uuid from target t
      where r."projectId" = ${projectId}::uuid and r."id" = t."id" returning r."id", '{}' as "before"`,
  );
  const rest = ids.length - changed.length;
  return { changed, skipped: rest > 0 ? { unchanged: rest } : {} };
}

/** Brings those back that {@link excludeRecords} took out at that time. */
export async function takeBackExclusion(
  tx: Db,
  projectId: string,
  { items, changedAt }: MadeChange,
): Promise<SetRevert> {
  const { ids } = columnsOf(items);
  const restored = await execute(
    tx,
    sql`update "Record" r set "deletedAt" = null, "deletedById" = null
      where r."projectId" = ${projectId}::uuid and r."id" = any(${ids}::uuid[])
        and r."deletedAt" = ${changedAt.toISOString()}::timestamptz and r."erasedAt" is null`,
  );
  return { restored, skipped: { changed_since: ids.length - restored } };
}

/** Brings excluded records back; erased ones stay excluded. */
export async function includeRecords(tx: Db, { projectId, ids }: Records): Promise<SetChange> {
  const changed = await queryRows<{ id: string; before: string }>(
    tx,
    sql`with target as (
        select r."id", r."deletedAt", r."deletedById" from "Record" r
        where r."projectId" = ${projectId}::uuid and r."id" = any(${ids}::uuid[])
          and r."deletedAt" is not null and r."erasedAt" is null
        order by r."id" for update)
      update "Record" r set "deletedAt" = null, "deletedById" = null from target t
      where r."projectId" = ${projectId}::uuid and r."id" = t."id"
      returning r."id", jsonb_build_object('deletedAt', t."deletedAt", 'deletedById', t."deletedById")::text as "before"`,
  );
  return {
    changed,
    skipped: await countSkipped(tx, projectId, withoutChanged(ids, changed), "unchanged"),
  };
}

/** Excludes those again that {@link includeRecords} brought back, by whom and when it was at first. */
export async function takeBackInclusion(
  tx: Db,
  projectId: string,
  { items }: MadeChange,
): Promise<SetRevert> {
  const { ids, befores } = columnsOf(items);
  const restored = await execute(
    tx,
    sql`update "Record" r set "deletedAt" = (b."before"->>'deletedAt')::timestamptz,
        "deletedById" = (b."before"->>'deletedById')::uuid
      from (select i."id", i."before"::jsonb as "before"
        from unnest(${ids}::uuid[], ${befores}::text[]) as i ("id", "before")) b
      where r."projectId" = ${projectId}::uuid and r."id" = b."id" and r."deletedAt" is null`,
  );
  return { restored, skipped: { changed_since: ids.length - restored } };
}
