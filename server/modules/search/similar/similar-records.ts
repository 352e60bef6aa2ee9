import type { z } from "zod";
import type { SimilarRecords, similarInput } from "@/contracts/vectors";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { compileFilter } from "../compile-query";
import { loadQueryScope } from "../load-query-scope";
import { parseQuery } from "../parse-query";
import { type FoundRecord, presentRecords, recordColumns } from "../read-records";
import { answerInTime } from "../time-limit";
import { findNearest } from "./find-nearest";

/**
 * The records nearest to one or several, nearest first, each with how near it is; the answer says how they were
 * found. Only what the actor may see is compared.
 * @throws AppError `not_found`, `invalid`, `invalid_query`, `query_too_slow`
 */
export async function similarRecords(
  db: Db,
  actor: ProjectActor,
  input: Omit<z.infer<typeof similarInput>, "project">,
): Promise<SimilarRecords> {
  const { projectId } = actor;
  const query = parseQuery(input.query);
  const scope = await loadQueryScope(db, actor, query);
  const wanted = {
    projectId,
    recordIds: input.recordIds,
    name: input.metadata,
    limit: input.limit,
    filter: compileFilter(query, scope),
    visible: compileFilter(null, scope),
  };
  const { neighbours, method, compared, name } = await answerInTime(db, (tx) => findNearest(tx, wanted));
  const rows = await queryRows<FoundRecord>(
    db,
    sql`select ${recordColumns(scope.viewer, input.include)} from "Record" r
      where r."projectId" = ${projectId}::uuid and r."id" = any(${neighbours.map(({ id }) => id)}::uuid[])`,
  );
  const records = await presentRecords(db, scope, rows, input.include);
  const byId = new Map(records.map((record) => [record.id, record]));
  return {
    items: neighbours.flatMap(({ id, similarity }) => {
      const record = byId.get(id);
      return record ? [{ ...record, similarity }] : [];
    }),
    method,
    metadata: name,
    compared,
  };
}
