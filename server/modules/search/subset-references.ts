import type { Query } from "@/contracts/query";

/** The subsets that a query names itself, with the path of each. */
export function subsetReferences(query: Query | null, path = "query"): { id: string; path: string }[] {
  if (query === null) return [];
  const inside = (parts: Query[], kind: string) =>
    parts.flatMap((part, index) => subsetReferences(part, `${path}.${kind}.${index}`));
  if ("and" in query) return inside(query.and, "and");
  if ("or" in query) return inside(query.or, "or");
  if ("not" in query) return subsetReferences(query.not, `${path}.not`);
  return "subset" in query ? [{ id: query.subset, path: `${path}.subset` }] : [];
}
