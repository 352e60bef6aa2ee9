import type { z } from "zod";
import type { annotatorPredicate } from "@/contracts/query";
import { type Sql, sql } from "@/server/platform/sql";
import { annotatorIds } from "../annotator-refs";
import type { QueryScope } from "../query-scope";
import { byAnnotators, ownOnly } from "./annotation";

/** The record has an annotation by any of them. */
export function compileAnnotator({ annotator }: z.infer<typeof annotatorPredicate>, scope: QueryScope): Sql {
  return sql`exists (select 1 from "Annotation" a where a."projectId" = ${scope.projectId}::uuid
    and a."recordId" = r."id" and ${byAnnotators(annotatorIds(annotator))} and ${ownOnly(scope)})`;
}
