import type { JsonValue } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { registerName } from "../register-name";
import {
  columnsOf,
  countSkipped,
  type MadeChange,
  type SetChange,
  type SetRevert,
  withoutChanged,
} from "./set-change";

type Fact = { projectId: string; name: string; value: JsonValue };

/** Gives records the same value of one metadata name; `null` takes the name away. */
export async function setMetadata(
  tx: Db,
  { projectId, name, value }: Fact,
  ids: readonly string[],
): Promise<SetChange> {
  await registerName(tx, projectId, name, [value]);
  const text = JSON.stringify(value);
  const changed = await queryRows<{ id: string; before: string }>(
    tx,
    sql`with target as (
        select r."id", r."metadata" from "Record" r
        where r."projectId" = ${projectId}::uuid and r."id" = any(${ids}::uuid[]) and r."deletedAt" is null
        order by r."id" for update)
      update "Record" r
      set "metadata" = case when ${text}::jsonb = 'null' then r."metadata" - ${name}::text
          else r."metadata" || jsonb_build_object(${name}::text, ${text}::jsonb) end, "updatedAt" = now()
      from target t
      where r."projectId" = ${projectId}::uuid and r."id" = t."id"
        and coalesce(t."metadata" -> ${name}::text, 'null') <> ${text}::jsonb
      returning r."id", case when t."metadata" ? ${name}::text
        then jsonb_build_object('value', t."metadata" -> ${name}::text) else '{}' end::text as "before"`,
  );
  return {
    changed,
    skipped: await countSkipped(tx, projectId, withoutChanged(ids, changed), "unchanged"),
  };
}

/** Gives those records their earlier value back that still hold the one which {@link setMetadata} gave them. */
export async function takeBackMetadata(
  tx: Db,
  { projectId, name, value }: Fact,
  { items }: MadeChange,
): Promise<SetRevert> {
  const { ids, befores } = columnsOf(items);
  const restored = await execute(
    tx,
    sql`update "Record" r
      set "metadata" = case when b."before" ? 'value'
          then r."metadata" || jsonb_build_object(${name}::text, b."before" -> 'value')
          else r."metadata" - ${name}::text end, "updatedAt" = now()
      from (select i."id", i."before"::jsonb as "before"
        from unnest(${ids}::uuid[], ${befores}::text[]) as i ("id", "before")) b
      where r."projectId" = ${projectId}::uuid and r."id" = b."id" and r."erasedAt" is null
        and coalesce(r."metadata" -> ${name}::text, 'null') = ${JSON.stringify(value)}::jsonb`,
  );
  return { restored, skipped: { changed_since: ids.length - restored } };
}
