import type { FieldProblem } from "@/contracts/common";
import type { Query } from "@/contracts/query";
import {
  printQueryText,
  type QueryNames,
  type QueryTextProblem,
  parseQueryText as readQueryText,
} from "@/contracts/query-text";
import type { Vocabulary } from "./vocabulary";

/** The one text form of a query, in the address and in the text field. {@link parseQueryText} reads it back. */
export const printQuery = (query: Query | null, names?: QueryNames): string => printQueryText(query, names);

/** What a text asks for, also the tree as JSON. With `problems`, each at a place of the text, `query` is null. */
export function parseQueryText(
  text: string,
  names?: QueryNames,
): { query: Query | null; problems: (FieldProblem & QueryTextProblem)[] } {
  const { query, problems } = readQueryText(text, names);
  return { query, problems: problems.map((problem) => ({ ...problem, path: "query" })) };
}

/** The names that a project's queries may use where people read and write them. */
export function queryNames({ annotators, people, subsets, labels }: Vocabulary): QueryNames {
  const known = new Set(annotators.map(({ id }) => id));
  return {
    annotators: [...annotators, ...people.filter(({ id }) => !known.has(id))],
    subsets,
    labels: labels.map(({ name }) => name),
  };
}
