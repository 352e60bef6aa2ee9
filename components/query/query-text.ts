import type { FieldProblem } from "@/contracts/common";
import type { Query } from "@/contracts/query";
import {
  printQueryText,
  type QueryNames,
  type QueryTextProblem,
  parseQueryText as readQueryText,
} from "@/contracts/query-text";

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
