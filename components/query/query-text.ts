import type { FieldProblem } from "@/contracts/common";
import type { Query } from "@/contracts/query";
import { readQuery } from "@/contracts/read-query";

/**
 * The one text form of a query, in the address and in the text field: a bare keyword stands for itself, every
 * other query is its tree as JSON, as programs send it. {@link parseQueryText} reads it back.
 */
export function printQuery(query: Query | null): string {
  if (query === null) return "";
  if ("keyword" in query && query.caseSensitive === undefined && isBare(query.keyword)) return query.keyword;
  return JSON.stringify(query);
}

/** What a text asks for. With `problems` (paths into the tree, messages for people) `query` is null. */
export function parseQueryText(text: string): { query: Query | null; problems: FieldProblem[] } {
  const trimmed = text.trim();
  if (trimmed === "") return { query: null, problems: [] };
  if (!trimmed.startsWith("{")) return readQuery({ keyword: trimmed });
  const tree = parseJson(trimmed);
  return tree ? readQuery(tree.value) : { query: null, problems: [{ path: "query", message: notJson }] };
}

/** In our own words: an engine's differ between the server and the browser. */
const notJson = "is not JSON: a quote, comma or bracket may be missing";

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

const isBare = (keyword: string) => keyword !== "" && keyword.trim() === keyword && !keyword.startsWith("{");
