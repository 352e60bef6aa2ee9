import type { JsonValue } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";

/**
 * Makes a metadata name known to the project before values of it are written: seen by the team alone until an
 * administrator says otherwise, and of type `json` once its values differ in type. Values that are `null` only
 * take the name away, and make nothing known.
 */
export async function registerName(
  tx: Db,
  projectId: string,
  name: string,
  values: readonly JsonValue[],
): Promise<void> {
  const types = new Set(values.flatMap((value) => (value === null ? [] : [typeOf(value)])));
  const [only] = types;
  if (only === undefined) return;
  await execute(
    tx,
    sql`insert into "MetadataName" ("projectId", "name", "type", "position")
      select ${projectId}::uuid, ${name}, ${types.size > 1 ? "json" : only},
        coalesce(max("position") + 1, 0) from "MetadataName" where "projectId" = ${projectId}::uuid
      on conflict ("projectId", "name") do update set "type" = 'json'
        where "MetadataName"."type" <> excluded."type"`,
  );
}

function typeOf(value: JsonValue): "string" | "number" | "boolean" | "json" {
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "json";
}
