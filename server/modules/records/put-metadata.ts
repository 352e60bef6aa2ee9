import type { z } from "zod";
import type { putMetadataInput, putMetadataOutput } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError, type FieldError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";
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
  refuse("too_long", tooLong(values));
  return inTransaction(db, async (tx) => {
    const ids = await findRecords(tx, actor, values);
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

/** The record of each value, in order. */
async function findRecords(
  tx: Db,
  actor: ProjectActor,
  values: PutMetadataInput["values"],
): Promise<string[]> {
  const recordIds = values.flatMap(({ recordId }) => recordId ?? []);
  const externalIds = values.flatMap(({ externalId }) => externalId ?? []);
  const filter = await recordFilter(tx, actor, { or: [{ ids: recordIds }, { externalIds }] });
  const found = await queryRows<{ id: string; externalId: string }>(
    tx,
    sql`select r."id", r."externalId" from "Record" r where ${filter}`,
  );
  const known = new Set(found.map(({ id }) => id));
  const byExternalId = new Map(found.map(({ id, externalId }) => [externalId, id]));
  const ids = values.map(({ recordId, externalId }) =>
    externalId === undefined ? (recordId ?? "").toLowerCase() : (byExternalId.get(externalId) ?? ""),
  );
  refuse(
    "not_found",
    ids.flatMap((id, index) => (known.has(id) ? [] : [problem(index, "there is no such record")])),
  );
  const places = new Map<string, number>();
  refuse(
    "invalid",
    ids.flatMap((id, index) => {
      const first = places.get(id);
      if (first === undefined) places.set(id, index);
      return first === undefined ? [] : [problem(index, `names the same record as values.${first}`)];
    }),
  );
  return ids;
}

const tooLong = (values: PutMetadataInput["values"]) =>
  values.flatMap(({ value }, index) => {
    const length = (typeof value === "string" ? value : JSON.stringify(value)).length;
    return length > MAX_VALUE
      ? [problem(index, `has ${length} characters; at most ${MAX_VALUE} are kept`)]
      : [];
  });

const problem = (index: number, message: string): FieldError => ({ path: `values.${index}`, message });

function refuse(code: string, errors: FieldError[]): void {
  const [first] = errors;
  if (first) throw new AppError(code, `${first.path} ${first.message}. Nothing was written.`, { errors });
}
