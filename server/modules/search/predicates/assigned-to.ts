import type { z } from "zod";
import type { assignedToPredicate } from "@/contracts/query";
import { rawSql, type Sql } from "@/server/platform/sql";
import { annotatorIds } from "../annotator-refs";
import { type QueryScope, withoutAssignee } from "../query-scope";
import { type Compile, compileAssigned } from "./assigned";

/** The record was given to the person and not taken back. To an annotator nobody else's assignments exist. */
export function compileAssignedTo(
  { assignedTo }: z.infer<typeof assignedToPredicate>,
  scope: QueryScope,
  compile: Compile,
): Sql {
  const [userId = ""] = annotatorIds([assignedTo]);
  if (scope.viewer.kind === "annotator" && scope.viewer.userId !== userId) return rawSql("false");
  return compileAssigned(scope.assignments.get(userId) ?? [], withoutAssignee(scope, userId), compile);
}
