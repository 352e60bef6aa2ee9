import type { z } from "zod";
import type { putMetadataInput, putMetadataOutput } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";
import { findNamedRecords, refuseValues, valueProblem } from "./named-records";
import { registerName } from "./register-name";

type PutMetadataInput = Omit<z.infer<typeof putMetadataInput>, "project">;

/** Characters of one value as JSON. */
const MAX_VALUE = 10_000;

/**
 * Sets one metadata name on many records, in one statement; `null` takes it away. A new name is seen by the
 * team alone until an administrator says otherwise.
 * @throws AppError `not_found` for unknown records, `invalid` for a record named twice, `too_long`
 */
export async function putMetadata(
  db: Db,
  actor: ProjectActor,
  { name, values }: PutMetadataInput,
): Promise<z.infer<typeof putMetadataOutput>> {
  refuseValues("too_long", tooLong(values));
  return inTransaction(db, async (tx) => {
    const ids = await findNamedRecords(tx, actor, values);
    const rows = values.map(({ value }, index) => ({ id: ids[index], value }));
    await registerName(
      tx,
      actor.projectId,
      name,
      values.map(({ value }) => value),
    );
    const updated = await execute(
      tx,
      sql`update "Record" r
        set "metadata" = case when coalesce(v."value", 'null') = 'null' then r."metadata" - ${name}::text
            else r."metadata" || jsonb_build_object(${name}::text, v."value") end,
          "updatedAt" = now()
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v ("id" uuid, "value" jsonb)
        where r."projectId" = ${actor.projectId}::uuid and r."id" = v."id"
          and coalesce(r."metadata" -> ${name}::text, 'null') <> coalesce(v."value", 'null')`,
    );
    return { updated, unchanged: values.length - updated };
  });
}

const tooLong = (values: PutMetadataInput["values"]) =>
  values.flatMap(({ value }, index) => {
    const length = (typeof value === "string" ? value : JSON.stringify(value)).length;
    return length > MAX_VALUE
      ? [valueProblem(index, `has ${length} characters; at most ${MAX_VALUE} are kept`)]
      : [];
  });
