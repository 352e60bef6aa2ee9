import type { Query } from "@/contracts/query";
import { annotatorIds } from "./annotator-refs";
import { type QueryScope, withoutAssignee } from "./query-scope";

/** Conditions that a tree may hold with the live subsets in it put in place. */
export const MAX_EXPANDED = 1000;

/** A part of a tree, and the scope that it is compiled in. */
type Part = { query: Query | null; scope: QueryScope };

/**
 * Whether a tree makes more than {@link MAX_EXPANDED} conditions once every live subset and every assignment
 * in it stands in place. Live subsets of live subsets grow by multiplication, so this is asked before anything
 * is compiled, and the count ends at the limit.
 */
export function isTooLarge(query: Query | null, scope: QueryScope): boolean {
  const open: Part[] = [{ query, scope }];
  let size = 0;
  for (let part = open.pop(); part; part = open.pop()) {
    size += 1;
    if (size > MAX_EXPANDED) return true;
    open.push(...partsInside(part));
  }
  return false;
}

function partsInside({ query, scope }: Part): Part[] {
  if (query === null) return [];
  if ("and" in query) return query.and.map((one) => ({ query: one, scope }));
  if ("or" in query) return query.or.map((one) => ({ query: one, scope }));
  if ("not" in query) return [{ query: query.not, scope }];
  if ("subset" in query) return definitionOf(query.subset, scope);
  if (!("assignedTo" in query)) return [];
  const [userId = ""] = annotatorIds([query.assignedTo]);
  const inside = withoutAssignee(scope, userId);
  return (scope.assignments.get(userId) ?? []).map(({ subsetId, frozen }) => ({
    query: frozen ? null : { subset: subsetId },
    scope: inside,
  }));
}

function definitionOf(subsetId: string, scope: QueryScope): Part[] {
  const definition = scope.subsets.get(subsetId);
  return definition?.kind === "live" ? [{ query: definition.query, scope }] : [];
}
