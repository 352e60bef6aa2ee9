import type { z } from "zod";
import type { similarToPredicate } from "@/contracts/query";
import { type Sql, sql } from "@/server/platform/sql";
import { type QueryScope, similarKey } from "../query-scope";

/** The record is one of the nearest to another, which were looked up before (see `load-query-scope`). */
export function compileSimilarTo({ similarTo }: z.infer<typeof similarToPredicate>, scope: QueryScope): Sql {
  return sql`r."id" = any(${scope.similar.get(similarKey(similarTo, scope)) ?? []}::uuid[])`;
}
