import type { Query } from "@/contracts/query";

/** A query as the keyword box and the builder share it: a first plain keyword, and all the rest. */
export type KeywordPart = { keyword: string; rest: Query | null };

/** Takes the plain keyword that stands alone or first in an `and` out of a query. */
export function splitKeyword(query: Query | null): KeywordPart {
  if (query === null) return { keyword: "", rest: null };
  const alone = plainKeyword(query);
  if (alone !== null) return { keyword: alone, rest: null };
  if (!("and" in query)) return { keyword: "", rest: query };
  const [first, second, ...others] = query.and;
  const keyword = first ? plainKeyword(first) : null;
  if (keyword === null || second === undefined) return { keyword: "", rest: query };
  return { keyword, rest: others.length === 0 ? second : { and: [second, ...others] } };
}

/** Puts both together again. */
export function joinKeyword({ keyword, rest }: KeywordPart): Query | null {
  if (keyword.trim() === "") return rest;
  const first = { keyword: keyword.trim() };
  if (rest === null) return first;
  return { and: "and" in rest ? [first, ...rest.and] : [first, rest] };
}

const plainKeyword = (query: Query): string | null =>
  "keyword" in query && query.caseSensitive === undefined && query.keyword.trim() === query.keyword
    ? query.keyword
    : null;
