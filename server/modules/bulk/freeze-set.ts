import type { z } from "zod";
import type { startBulkInput } from "@/contracts/bulk";
import type { Query } from "@/contracts/query";
import type { ProjectActor } from "@/server/modules/access";
import { parseQuery, selectRecordIds } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";

export type StartBulkInput = Omit<z.infer<typeof startBulkInput>, "project">;

/** Records that are worked on in one transaction. */
const BATCH = 2000;

/**
 * Writes down which records a run is about, in one statement: what the query finds now of that which the actor
 * reaches, in the order of import, cut into batches.
 * @returns how many there are
 * @throws AppError `invalid_query`; `not_found` when listed records are not there; `no_records`
 */
export async function freezeSet(
  tx: Db,
  actor: ProjectActor,
  runId: string,
  input: StartBulkInput,
): Promise<number> {
  const { projectId } = actor;
  const chosen =
    input.action.type === "restore"
      ? excludedRecords(projectId, input)
      : await selectRecordIds(tx, actor, sourceOf(input));
  const [frozen] = await queryRows<{ total: number }>(
    tx,
    sql`with batch as (
        insert into "BulkBatch" ("projectId", "runId", "number", "recordIds", "changedIds", "befores")
        select ${projectId}::uuid, ${runId}::uuid, (c."ordinal" / ${BATCH}::int)::int,
          array_agg(c."id" order by c."ordinal"), '{}', '{}'
        from (${chosen}) c group by 3
        returning cardinality("recordIds") as "records")
      select coalesce(sum("records"), 0)::int as "total" from batch`,
  );
  const total = frozen?.total ?? 0;
  refuseUnknown(input, total);
  return total;
}

/** What is asked for as one query; `null` is every record. */
function sourceOf({ query, recordIds, except = [] }: StartBulkInput): Query | null {
  const asked = recordIds ? { ids: recordIds } : parseQuery(query);
  if (except.length === 0) return asked;
  const others: Query = { not: { ids: except } };
  return asked === null ? others : { and: [asked, others] };
}

/** Queries find no excluded records, so these are listed, or all of them. */
function excludedRecords(projectId: string, { query, recordIds, except = [] }: StartBulkInput): Sql {
  if (parseQuery(query) !== null)
    throw new AppError(
      "invalid",
      "A query finds no excluded records. Give recordIds, or an empty query ({}) for every excluded record.",
      { errors: [{ path: "query", message: "must be {} to restore every excluded record" }] },
    );
  const listed = recordIds ? sql`and r."id" = any(${recordIds}::uuid[])` : rawSql("");
  return sql`select r."id", (row_number() over (order by r."position") - 1)::int as "ordinal" from "Record" r
    where r."projectId" = ${projectId}::uuid and r."deletedAt" is not null and r."erasedAt" is null
      and r."id" <> all(${except}::uuid[]) ${listed}`;
}

function refuseUnknown({ recordIds, except = [] }: StartBulkInput, total: number): void {
  const unticked = new Set(except.map((id) => id.toLowerCase()));
  const listed = new Set((recordIds ?? []).map((id) => id.toLowerCase()).filter((id) => !unticked.has(id)));
  if (total < listed.size)
    throw new AppError(
      "not_found",
      `${listed.size - total} of the ${listed.size} records don't exist, or you have no access to them. Nothing was done.`,
      { errors: [{ path: "recordIds", message: "names records that don't exist" }] },
    );
  if (total === 0)
    throw new AppError("no_records", "The query finds no record, so there is nothing to do.", {
      errors: [{ path: "query", message: "finds no record" }],
    });
}
