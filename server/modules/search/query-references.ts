import type { Predicate, Query } from "@/contracts/query";
import { annotatorIds } from "./annotator-refs";
import type { SimilarTo } from "./query-scope";

/** The predicates of a query, each with its path as in `query.and.0`. */
export function predicatesOf(query: Query | null, path = "query"): { predicate: Predicate; path: string }[] {
  if (query === null) return [];
  const inside = (parts: Query[], kind: string) =>
    parts.flatMap((part, index) => predicatesOf(part, `${path}.${kind}.${index}`));
  if ("and" in query) return inside(query.and, "and");
  if ("or" in query) return inside(query.or, "or");
  return "not" in query ? predicatesOf(query.not, `${path}.not`) : [{ predicate: query, path }];
}

/** The subsets that a query names itself, with the path of each. */
export const subsetReferences = (query: Query | null): { id: string; path: string }[] =>
  predicatesOf(query).flatMap(({ predicate, path }) =>
    "subset" in predicate ? [{ id: predicate.subset, path: `${path}.subset` }] : [],
  );

/** The people whose assignments a query asks for itself. */
export const assigneeReferences = (query: Query | null): string[] =>
  annotatorIds(
    predicatesOf(query).flatMap(({ predicate }) => ("assignedTo" in predicate ? [predicate.assignedTo] : [])),
  );

/** The records whose neighbours a query asks for itself, with the path of each. */
export const similarReferences = (query: Query | null): { similarTo: SimilarTo; path: string }[] =>
  predicatesOf(query).flatMap(({ predicate, path }) =>
    "similarTo" in predicate ? [{ similarTo: predicate.similarTo, path: `${path}.similarTo` }] : [],
  );

/** The full texts that a query wants to be found, not those under a `not`. */
export function wantedFullTexts(query: Query | null): string[] {
  if (query === null || "not" in query) return [];
  if ("and" in query) return query.and.flatMap(wantedFullTexts);
  if ("or" in query) return query.or.flatMap(wantedFullTexts);
  return "fullText" in query ? [query.fullText] : [];
}

/** Whether every record that the query finds has a full text of it, so that the best come first by themselves. */
export const isFullTextSearch = (query: Query | null): boolean =>
  query !== null && ("fullText" in query || ("and" in query && query.and.some((part) => "fullText" in part)));
