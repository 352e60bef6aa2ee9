import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { joinSql, queryRows, sql } from "@/server/platform/sql";
import { compileFilter } from "./compile-query";
import { loadDefinitions } from "./load-query-scope";
import type { QueryScope } from "./query-scope";
import { loadNeighbours } from "./similar/load-neighbours";

const NOBODY = "00000000-0000-0000-0000-000000000000";

type WhoReachesInput = {
  recordId: string;
  /** Annotators; everybody else reads every record of their project. At most some dozens. */
  userIds: readonly string[];
};

/** Those of some annotators to whom one record is assigned or opened, in one statement. */
export async function whoReaches(
  db: Db,
  projectId: string,
  { recordId, userIds }: WhoReachesInput,
): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const scope: QueryScope = {
    projectId,
    viewer: { kind: "team" },
    sight: await loadSight(db, { projectId, userId: NOBODY, role: "annotator" }),
    fullTexts: [],
    similar: new Map(),
    ...(await loadDefinitions(db, projectId, { subsetIds: [], userIds })),
  };
  const similar = await loadNeighbours(db, scope, null);
  const each = userIds.map((userId) => {
    const assigned = scope.assignments.get(userId) ?? [];
    const viewer = { kind: "annotator", userId, assigned, shownMetadata: [] } as const;
    return sql`select ${userId}::uuid as "id" where exists (select 1 from "Record" r
      where ${compileFilter({ ids: [recordId] }, { ...scope, sight: { ...scope.sight, userId }, similar, viewer })})`;
  });
  const rows = await queryRows<{ id: string }>(db, joinSql(each, " union all "));
  return new Set(rows.map(({ id }) => id));
}
