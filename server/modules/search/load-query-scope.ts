import type { Query } from "@/contracts/query";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { expandedSize, MAX_EXPANDED } from "./expanded-size";
import { invalidQuery, parseQuery } from "./parse-query";
import type { QueryScope, SubsetDefinition, Viewer } from "./query-scope";
import { subsetReferences } from "./subset-references";

/**
 * Reads what compiling `query` for this actor needs: the subsets it names, those inside live subsets, and an
 * annotator's reach.
 * @throws AppError `invalid_query` when the query names a subset that isn't there (for an annotator such a
 * subset just holds nothing, like one that isn't theirs)
 */
export async function loadQueryScope(db: Db, actor: ProjectActor, query: Query | null): Promise<QueryScope> {
  const viewer = await loadViewer(db, actor);
  const named = subsetReferences(query);
  const assigned = viewer.kind === "annotator" ? viewer.assignedSubsets : [];
  const subsets = await loadSubsets(db, actor.projectId, [...named.map(({ id }) => id), ...assigned]);
  const unknown = named.filter(({ id }) => !subsets.has(id));
  if (viewer.kind === "team" && unknown.length > 0)
    throw invalidQuery(unknown.map(({ path }) => ({ path, message: "names a subset that is not there" })));
  if (expandedSize(query, subsets) > MAX_EXPANDED)
    throw invalidQuery([
      {
        path: "query",
        message: `makes more than ${MAX_EXPANDED} conditions with the live subsets in it; freeze one of them as a static subset`,
      },
    ]);
  return { projectId: actor.projectId, viewer, subsets };
}

/** Whose eyes this actor looks through. */
export async function loadViewer(db: Db, actor: ProjectActor): Promise<Viewer> {
  if (!seesOnlyOwn(actor)) return { kind: "team" };
  const { projectId, userId } = actor;
  const [assignments, names] = await Promise.all([
    db.assignment.findMany({
      where: { projectId, userId, withdrawnAt: null, subset: { deletedAt: null } },
      select: { subsetId: true },
    }),
    db.metadataName.findMany({ where: { projectId, visibility: "shown" }, select: { name: true } }),
  ]);
  return {
    kind: "annotator",
    userId,
    assignedSubsets: assignments.map(({ subsetId }) => subsetId),
    shownMetadata: names.map(({ name }) => name),
  };
}

/** Definitions by id. A deleted subset can no longer be named, but a live subset built on it keeps its meaning. */
async function loadSubsets(
  db: Db,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, SubsetDefinition>> {
  const found = new Map<string, SubsetDefinition>();
  let wanted = [...new Set(ids)];
  // A live subset can name only older subsets, so this ends.
  for (let first = true; wanted.length > 0; first = false) {
    const rows = await db.subset.findMany({
      where: { projectId, id: { in: wanted }, ...(first ? { deletedAt: null } : {}) },
      select: { id: true, kind: true, query: true },
    });
    const definitions = rows.map(({ id, kind, query }): [string, SubsetDefinition] => [
      id,
      kind === "live" ? { kind, query: parseQuery(query) } : { kind },
    ]);
    for (const [id, definition] of definitions) found.set(id, definition);
    wanted = definitions
      .flatMap(([, definition]) => (definition.kind === "live" ? subsetReferences(definition.query) : []))
      .map(({ id }) => id)
      .filter((id) => !found.has(id));
  }
  return found;
}
