import type { z } from "zod";
import type { similarToPredicate } from "@/contracts/query";
import { AppError } from "@/server/platform/errors";
import type { Sql } from "@/server/platform/sql";
import type { QueryScope } from "../query-scope";

/** The nearest records to one. @throws AppError `invalid_query`: this instance can't compare records yet */
export function compileSimilarTo(_: z.infer<typeof similarToPredicate>, _scope: QueryScope): Sql {
  throw new AppError(
    "invalid_query",
    "Similar records can't be searched for here yet. Take the similarTo condition out of the query.",
  );
}
