import type { Query } from "@/contracts/query";
import type { Db } from "@/server/platform/db";
import { type AppError, isAppError } from "@/server/platform/errors";
import { compileFilter } from "../compile-query";
import { invalidQuery } from "../parse-query";
import { similarReferences } from "../query-references";
import { type QueryScope, type SimilarTo, similarKey } from "../query-scope";
import { answerInTime, SEARCH_MILLISECONDS } from "../time-limit";
import { findNearest } from "./find-nearest";

/** Conditions `similarTo` that a query may hold itself. */
const MAX_SIMILAR = 20;

/**
 * What each `similarTo` means, in the query and in the live subsets of the scope. Those of subsets are seen with the
 * eyes of the team, like all else in them, and come first, since they may say which records an annotator reaches. In
 * a subset one whose record is gone finds nothing.
 * @throws AppError `invalid_query`, `query_too_slow`
 */
export async function loadNeighbours(
  db: Db,
  scope: QueryScope,
  query: Query | null,
): Promise<QueryScope["similar"]> {
  const own = similarReferences(query);
  refuseTooMany(own);
  const similar = new Map<string, readonly string[]>();
  const asker: QueryScope = { ...scope, similar };
  const team: QueryScope = { ...asker, viewer: { kind: "team" } };
  const deadline = Date.now() + SEARCH_MILLISECONDS;
  const settle = async (similarTo: SimilarTo, eyes: QueryScope) =>
    similar.set(similarKey(similarTo, eyes), await neighboursOf(db, similarTo, eyes, deadline));

  for (const { similarTo } of inLiveSubsets(scope))
    if (!similar.has(similarKey(similarTo, team)))
      await settle(similarTo, team).catch((error: unknown) => {
        if (!isAnswer(error)) throw error;
      });
  for (const { similarTo, path } of own)
    if (!similar.has(similarKey(similarTo, asker)))
      await settle(similarTo, asker).catch((error: unknown) => {
        if (!isAnswer(error)) throw error;
        throw invalidQuery([{ path, message: `can't be answered: ${error.message}` }]);
      });
  return similar;
}

const inLiveSubsets = ({ subsets }: QueryScope) =>
  [...subsets.values()].flatMap((definition) =>
    definition.kind === "live" ? similarReferences(definition.query) : [],
  );

/** Whether an error says that the question has no answer, rather than that none was found. */
const isAnswer = (error: unknown): error is AppError => isAppError(error) && error.code !== "query_too_slow";

async function neighboursOf(
  db: Db,
  { recordId, metadata: name, limit }: SimilarTo,
  eyes: QueryScope,
  deadline: number,
): Promise<string[]> {
  const everything = compileFilter(null, eyes);
  const { projectId } = eyes;
  const wanted = { projectId, recordIds: [recordId], name, limit, filter: everything, visible: everything };
  const { neighbours } = await answerInTime(db, (tx) => findNearest(tx, wanted), deadline - Date.now());
  return neighbours.map(({ id }) => id);
}

function refuseTooMany(own: readonly { path: string }[]): void {
  const beyond = own[MAX_SIMILAR];
  if (beyond)
    throw invalidQuery([
      { path: beyond.path, message: `is one of more than ${MAX_SIMILAR} conditions of its kind` },
    ]);
}
