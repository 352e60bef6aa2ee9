import type { Sql } from "@/server/platform/sql";
import type { QueryScope } from "../query-scope";
import { type Compile, compileAssigned, compileDefinition } from "./assigned";

/** Membership in a saved subset. For an annotator a subset is what they were given of it. */
export function compileSubset(subsetId: string, scope: QueryScope, compile: Compile): Sql {
  const { viewer } = scope;
  if (viewer.kind === "team") return compileDefinition(subsetId, scope, compile);
  const theirs = viewer.assigned.filter((assigned) => assigned.subsetId === subsetId);
  return compileAssigned(theirs, scope, compile);
}
