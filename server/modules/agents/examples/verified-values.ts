import { outcomeInSight, type Sight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

type Conditions = {
  /** Over a verdict `"Verification" v`: it decides on one of the labels. */
  verdicts: Sql;
  /** The same, of those that were asked for; null: of any. */
  asked: Sql | null;
  /** Over the row of any table, by its alias: it is of one of the labels and of the records looked at. */
  within: (alias: string) => Sql;
};

/**
 * A `select` of what people settled on of labels of whole records: `recordId`, `labelName`, `value` and `at`, the time
 * of the last word.
 *
 * A decision on differing annotators counts first. Without one, the value that every person's last word has, when one
 * of them verified it: where people differ and nobody has decided, no value is the team's. A person's last word is their
 * verdict, else their own label. What the reader may not see everything of yet is left out.
 */
export function settledValues(sight: Sight, { verdicts, asked, within }: Conditions): Sql {
  const wanted = asked
    ? sql`("recordId", "labelName") in (select v."recordId", v."labelName" from "Verification" v where ${asked})`
    : rawSql("true");
  return sql`with held as materialized (
      select v."recordId", v."labelName", v."verifierId" as "who", v."value", v."createdAt" as "at", v."id"
      from "Verification" v where ${verdicts}),
    words as (
      select held.*, 1 as "rank" from held
      union all
      select a."recordId", a."labelName", a."annotatorId", a."value", a."updatedAt", a."id", 2
      from "Annotation" a
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId" and t."kind" = 'user'
      where ${within("a")} and a."level" = 'record' and cardinality(a."value") > 0
        and (a."recordId", a."labelName") in (select "recordId", "labelName" from held)),
    last_words as (
      select distinct on ("recordId", "labelName", "who") "recordId", "labelName", "value", "at"
      from words order by "recordId", "labelName", "who", "rank", "at" desc, "id" desc),
    agreed as (
      select "recordId", "labelName", min("value") as "value", max("at") as "at"
      from last_words group by 1, 2 having min("value") = max("value")),
    reconciled as (
      select d."recordId", d."labelName", d."value", d."createdAt" as "at"
      from "Reconciliation" d where ${within("d")} and d."current" and not d."cleared" and d."start" = -1),
    settled as (
      select "recordId", "labelName", coalesce(d."value", g."value") as "value", greatest(d."at", g."at") as "at"
      from agreed g full join reconciled d using ("recordId", "labelName"))
    select s.* from settled s where cardinality(s."value") > 0 and ${wanted}
      and ${outcomeInSight(sight, rawSql(`s."recordId"`), rawSql(`s."labelName"`))}`;
}
