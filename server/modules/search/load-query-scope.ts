import type { Query } from "@/contracts/query";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { isTooLarge, MAX_EXPANDED } from "./expanded-size";
import { invalidQuery, parseQuery } from "./parse-query";
import { assigneeReferences, subsetReferences, wantedFullTexts } from "./query-references";
import type { Assigned, QueryScope, SubsetDefinition, Viewer } from "./query-scope";
import { tryRegexes } from "./regex/try-regexes";
import { loadNeighbours } from "./similar/load-neighbours";

/**
 * Reads what compiling `query` for this actor needs: the subsets and assignments it names, those inside live
 * subsets, and an annotator's reach.
 * @throws AppError `invalid_query` when the query names a subset that isn't there (for an annotator such a
 * subset just holds nothing, like one that isn't theirs); `unsupported_regex`, `query_too_slow`
 */
export async function loadQueryScope(db: Db, actor: ProjectActor, query: Query | null): Promise<QueryScope> {
  const { projectId } = actor;
  const viewer = await loadViewer(db, actor);
  const sight = await loadSight(db, actor);
  const named = subsetReferences(query);
  const assigned = viewer.kind === "annotator" ? viewer.assigned : [];
  const scope: QueryScope = {
    projectId,
    viewer,
    sight,
    fullTexts: wantedFullTexts(query),
    similar: new Map(),
    ...(await loadDefinitions(db, projectId, {
      subsetIds: [...named.map(({ id }) => id), ...followed(assigned)],
      userIds: assigneeReferences(query),
    })),
  };
  const unknown = named.filter(({ id }) => !scope.subsets.has(id));
  if (viewer.kind === "team" && unknown.length > 0)
    throw invalidQuery(unknown.map(({ path }) => ({ path, message: "names a subset that is not there" })));
  if (isTooLarge(query, scope))
    throw invalidQuery([
      {
        path: "query",
        message: `makes more than ${MAX_EXPANDED} conditions with the live subsets in it; freeze one of them as a static subset`,
      },
    ]);
  await tryRegexes(db, query);
  return { ...scope, similar: await loadNeighbours(db, scope, query) };
}

/** Whose eyes this actor looks through. */
async function loadViewer(db: Db, actor: ProjectActor): Promise<Viewer> {
  if (!seesOnlyOwn(actor)) return { kind: "team" };
  const { projectId, userId } = actor;
  const [assigned, names] = await Promise.all([
    loadAssignments(db, projectId, [userId]),
    db.metadataName.findMany({ where: { projectId, visibility: "shown" }, select: { name: true } }),
  ]);
  return {
    kind: "annotator",
    userId,
    assigned: assigned.get(userId) ?? [],
    shownMetadata: names.map(({ name }) => name),
  };
}

type References = { subsetIds: readonly string[]; userIds: readonly string[] };

/**
 * Subsets and assignments by what names them. A deleted subset can no longer be named or assigned, but a live
 * subset built on it keeps its meaning.
 */
export async function loadDefinitions(
  db: Db,
  projectId: string,
  { subsetIds, userIds }: References,
): Promise<Pick<QueryScope, "subsets" | "assignments">> {
  const subsets = new Map<string, SubsetDefinition>();
  const assignments = new Map<string, readonly Assigned[]>();
  let named = [...new Set(subsetIds)];
  let people = [...userIds];
  // Each turn asks only for what no turn before has found, and a live subset can name only older ones.
  for (let first = true; named.length > 0 || people.length > 0; first = false) {
    const given = await loadAssignments(db, projectId, people);
    for (const [userId, assigned] of given) assignments.set(userId, assigned);
    const wanted = [...new Set([...named, ...followed([...given.values()].flat())])].filter(
      (id) => !subsets.has(id),
    );
    const rows = await db.subset.findMany({
      where: { projectId, id: { in: wanted }, ...(first ? { deletedAt: null } : {}) },
      select: { id: true, kind: true, query: true },
    });
    const found = rows.map(({ id, kind, query }): [string, SubsetDefinition] => [
      id,
      kind === "live" ? { kind, query: parseQuery(query) } : { kind },
    ]);
    for (const [id, definition] of found) subsets.set(id, definition);
    const queries = found.map(([, definition]) => (definition.kind === "live" ? definition.query : null));
    named = queries
      .flatMap((query) => subsetReferences(query).map(({ id }) => id))
      .filter((id) => !subsets.has(id));
    people = [...new Set(queries.flatMap(assigneeReferences))].filter((id) => !assignments.has(id));
  }
  return { subsets, assignments };
}

/** The subsets whose definition says what was given; a frozen share needs none. */
const followed = (assigned: readonly Assigned[]): string[] =>
  assigned.filter(({ frozen }) => !frozen).map(({ subsetId }) => subsetId);

/** What each of these people has; everybody asked for is in the result. */
async function loadAssignments(
  db: Db,
  projectId: string,
  userIds: readonly string[],
): Promise<Map<string, Assigned[]>> {
  const given = new Map(userIds.map((id): [string, Assigned[]] => [id, []]));
  if (userIds.length === 0) return given;
  const rows = await db.assignment.findMany({
    where: { projectId, userId: { in: [...userIds] }, withdrawnAt: null, subset: { deletedAt: null } },
    select: { id: true, userId: true, subsetId: true, mode: true },
    orderBy: { id: "asc" },
  });
  for (const { userId, mode, ...assigned } of rows)
    given.get(userId)?.push({ ...assigned, frozen: mode !== "all" });
  return given;
}
