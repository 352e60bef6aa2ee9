import type { z } from "zod";
import type { sessionOrder } from "@/contracts/sessions";
import { type Sql, sql } from "@/server/platform/sql";

type Order = z.infer<typeof sessionOrder>;

/**
 * The order in which a session's items are frozen, over rows `p` (`conf`, `probabilities`, `distinctValues` of
 * the record, `annotationId`). What has no confidence comes last; the caller breaks ties.
 */
export function itemOrder(order: Order, sessionId: string): Sql {
  switch (order) {
    case "confidence":
      return sql`p."conf" asc nulls last`;
    case "margin":
      return sql`(select max(b) - coalesce((array_agg(b order by b desc))[2], 0)
        from (select value::float8 as b from jsonb_each_text(p."probabilities")) each) asc nulls last`;
    case "entropy":
      return sql`(select -sum(case when b > 0 then b * ln(b) else 0 end)
        from (select value::float8 as b from jsonb_each_text(p."probabilities")) each) desc nulls last`;
    case "disagreement":
      return sql`p."distinctValues" desc, p."conf" asc nulls last`;
    case "random":
      return sql`md5(p."annotationId"::text || ${sessionId})`;
  }
}
