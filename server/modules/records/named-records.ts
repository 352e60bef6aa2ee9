import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError, type FieldError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

/** A record by one of its names. */
export type RecordName = { recordId?: string | undefined; externalId?: string | undefined };

/**
 * The record of each value, in order.
 * @throws AppError `not_found` for unknown records, `invalid` for a record named twice, with `values.<n>`
 */
export async function findNamedRecords(
  tx: Db,
  actor: ProjectActor,
  values: readonly RecordName[],
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
  refuseValues(
    "not_found",
    ids.flatMap((id, index) => (known.has(id) ? [] : [valueProblem(index, "there is no such record")])),
  );
  const places = new Map<string, number>();
  refuseValues(
    "invalid",
    ids.flatMap((id, index) => {
      const first = places.get(id);
      if (first === undefined) places.set(id, index);
      return first === undefined ? [] : [valueProblem(index, `names the same record as values.${first}`)];
    }),
  );
  return ids;
}

/** What is wrong with one value, by its place. */
export const valueProblem = (index: number, message: string): FieldError => ({
  path: `values.${index}`,
  message,
});

/** @throws AppError with the problems, when there are any; nothing has been written then */
export function refuseValues(code: string, errors: FieldError[]): void {
  const [first] = errors;
  if (first) throw new AppError(code, `${first.path} ${first.message}. Nothing was written.`, { errors });
}
