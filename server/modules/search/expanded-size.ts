import type { Query } from "@/contracts/query";
import type { SubsetDefinition } from "./query-scope";

/** Conditions that a tree may hold with the live subsets in it put in place. */
export const MAX_EXPANDED = 1000;

/**
 * How many conditions a tree makes once every live subset in it stands in place. Live subsets of live subsets
 * grow by multiplication, so this is asked before anything is compiled.
 */
export function expandedSize(query: Query | null, subsets: ReadonlyMap<string, SubsetDefinition>): number {
  const known = new Map<string, number>();
  const sizeOfSubset = (id: string): number => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const definition = subsets.get(id);
    const size = definition?.kind === "live" ? sizeOf(definition.query) : 1;
    known.set(id, size);
    return size;
  };
  const sizeOf = (part: Query | null): number => {
    if (part === null) return 1;
    if ("and" in part) return part.and.reduce((sum, one) => sum + sizeOf(one), 1);
    if ("or" in part) return part.or.reduce((sum, one) => sum + sizeOf(one), 1);
    if ("not" in part) return 1 + sizeOf(part.not);
    return "subset" in part ? sizeOfSubset(part.subset) : 1;
  };
  return sizeOf(query);
}
