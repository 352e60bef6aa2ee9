import type { SessionItemFilter } from "@/contracts/sessions";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";

/** A reviewer's filter as a condition on an item's label `a`, record `r` and current verdict `v`. */
export function itemFilter({ state, confFrom, confBelow, value, keyword }: SessionItemFilter): Sql {
  return joinSql(
    [
      ...(state ? [ofState(state)] : []),
      ...(confFrom === undefined ? [] : [sql`a."conf" >= ${confFrom}::float8`]),
      ...(confBelow === undefined ? [] : [sql`a."conf" < ${confBelow}::float8`]),
      ...(value === undefined ? [] : [sql`${value}::text = any(a."value")`]),
      ...(keyword === undefined
        ? []
        : [
            sql`position(lower(${keyword}::text collate "pg_c_utf8") in lower(r."content" collate "pg_c_utf8")) > 0`,
          ]),
    ],
    " and ",
    "true",
  );
}

function ofState(state: NonNullable<SessionItemFilter["state"]>): Sql {
  if (state === "unverified") return rawSql(`v."status" is null`);
  if (state === "verified") return rawSql(`v."status" is not null`);
  return sql`v."status" = ${state}::"VerificationStatus"`;
}
