import type { StratifyBy } from "@/contracts/subsets";
import { labelInSight, type Sight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

/** What one record's stratum is: a jsonb expression that is never SQL null, and the join on `r` that it reads. */
export type StratumValue = { value: Sql; join: Sql };

/**
 * The value that divides the records `"Record" r` of a project; JSON null is "has none".
 * @param sight of whoever draws: a label that is hidden from them is none
 */
export function stratumValue(sight: Sight, by: StratifyBy | undefined): StratumValue {
  if (!by) return { value: rawSql(`'null'::jsonb`), join: rawSql("") };
  if ("metadata" in by)
    return { value: sql`coalesce(r."metadata" -> ${by.metadata}::text, 'null')`, join: rawSql("") };
  if ("label" in by)
    return {
      value: rawSql(`coalesce(to_jsonb(a."value"), 'null')`),
      join: labelJoin(sight, by.label, by.annotator),
    };
  const { label, annotator } = by.confidence;
  // Bins of equal width, closed below; the last one holds 1 as well.
  const bin = sql`least(greatest(floor(a."conf" * ${by.bins}::int), 0), ${by.bins - 1}::int)`;
  return {
    value: sql`case when a."conf" is null then 'null'::jsonb else
      jsonb_build_array(${bin}::float8 / ${by.bins}::int, (${bin}::float8 + 1) / ${by.bins}::int) end`,
    join: labelJoin(sight, label, annotator),
  };
}

/** At most one record label for each record. */
const labelJoin = (sight: Sight, label: string, annotator: string): Sql =>
  sql`left join "Annotation" a on a."projectId" = ${sight.projectId}::uuid and a."recordId" = r."id" and ${labelInSight(sight)}
    and a."annotatorId" = ${annotator.slice(annotator.indexOf(":") + 1)}::uuid
    and a."labelName" = ${label}::text and a."start" = -1 and a."end" = -1`;
