import type { z } from "zod";
import type { Query, similarToPredicate } from "@/contracts/query";
import type { Sight } from "@/server/modules/sight";

/** What one person was given and still has: a subset as it is, or a share of it that was frozen for them. */
export type Assigned = { id: string; subsetId: string; frozen: boolean };

/**
 * Whose eyes a query looks through. The team (administrators, reviewers, viewers) reads every record and
 * label; an annotator reads what is assigned or opened to them, and of labels and verdicts only their own.
 */
export type Viewer =
  | { kind: "team" }
  | {
      kind: "annotator";
      userId: string;
      assigned: readonly Assigned[];
      /** Record metadata shown beside the text; everything else does not exist for an annotator. */
      shownMetadata: readonly string[];
    };

/** What a saved subset means: the rows of `SubsetRecord`, or a query (`null`: every record). */
export type SubsetDefinition = { kind: "static" } | { kind: "live"; query: Query | null };

/** All that compiling a query needs to know besides the query itself. */
export type QueryScope = {
  projectId: string;
  viewer: Viewer;
  /** What is hidden from whoever asks until they have decided: for them it does not exist. */
  sight: Sight;
  /** What the query wants of the text's words, by which records can be ranked. */
  fullTexts: readonly string[];
  /** Every subset that the query, or a live subset in it, names; one that is missing holds nothing. */
  subsets: ReadonlyMap<string, SubsetDefinition>;
  /** What each person has whom the query, or a live subset in it, names in `assignedTo`. */
  assignments: ReadonlyMap<string, readonly Assigned[]>;
  /** The neighbours that each `similarTo` in the query, or in a live subset, means, by {@link similarKey}. */
  similar: ReadonlyMap<string, readonly string[]>;
};

/** Which neighbours a predicate means: an annotator's own question is about their records, a subset's about all. */
export const similarKey = ({ recordId, metadata, limit }: SimilarTo, { viewer }: QueryScope): string =>
  JSON.stringify([viewer.kind, recordId.toLowerCase(), metadata ?? null, limit]);

export type SimilarTo = z.infer<typeof similarToPredicate>["similarTo"];

/**
 * The scope inside one person's assignments: there, being assigned to that person is no reason for being
 * assigned to them. So a live subset that asks for `assignedTo` its own assignee has a meaning and an end.
 */
export function withoutAssignee(scope: QueryScope, userId: string): QueryScope {
  const assignments = new Map(scope.assignments);
  assignments.delete(userId);
  return { ...scope, assignments };
}
