import type { LabelDefinition } from "@/contracts/label-schema";
import { labelInSight, outcomeInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { decides } from "./decides";

/** Where the values that count as right come from. */
export type GoldSource =
  | { metadata: string }
  | { annotator: string }
  | { final: string }
  | { verified: true };

/**
 * The gold values as a `select` of `"recordId"` and `"value"` (`text[]` in stored form), at most one row a record, null
 * or empty where there is none. Of verdicts those that were given one by one: what was confirmed unread would count the
 * job right by its own word.
 * @param sight of whoever asks: what is hidden from them is no gold
 * @param records a `select` of the ids of the records in question
 */
export function goldRelation(
  gold: GoldSource,
  { sight, label, records }: { sight: Sight; label: LabelDefinition; records: Sql },
): Sql {
  const { projectId } = sight;
  const inProject = (alias: string) => sql`${rawSql(alias)}."projectId" = ${projectId}::uuid`;
  if ("metadata" in gold)
    return sql`select r."id" as "recordId", ${metadataAsValue(label)} as "value"
      from "Record" r cross join lateral (select r."metadata" -> ${gold.metadata}::text as m) field
      where ${inProject("r")} and r."id" in (${records})`;
  if ("annotator" in gold)
    return sql`select a."recordId", a."value" from "Annotation" a
      where ${inProject("a")} and a."annotatorId" = ${gold.annotator}::uuid
        and a."labelName" = ${label.name}::text and a."level" = 'record' and a."recordId" in (${records})
        and ${labelInSight(sight)}`;
  if ("final" in gold)
    return sql`select f."recordId", f."value" from "FinalLabel" f
      where ${inProject("f")} and f."aggregationId" = ${gold.final}::uuid and f."recordId" in (${records})
        and ${outcomeInSight(sight, rawSql(`f."recordId"`), sql`${label.name}::text`)}`;
  return sql`select distinct on (v."recordId") v."recordId", v."value" from "Verification" v
    where ${inProject("v")} and v."labelName" = ${label.name}::text and v."current"
      and ${decides()} and v."recordId" in (${records})
      and ${verdictInSight(sight)}
    order by v."recordId", v."createdAt" desc, v."id" desc`;
}

/**
 * A metadata value `m` as the options it names: a text or number is one option; a list, or for a multi-select label the
 * text of a JSON list (as a CSV cell holds it), is several.
 */
function metadataAsValue({ multi = false, options }: LabelDefinition): Sql {
  const known = options.map((option) => option.value);
  const text = rawSql(`(m #>> '{}')`);
  const isListText = multi
    ? sql`not ${text} = any(${known}::text[]) and ${text} is json array and position('\\u0000' in ${text}) = 0`
    : rawSql("false");
  return sql`case jsonb_typeof(m)
    when 'string' then case when ${text} = '' then null
      when ${isListText} then ${asSet(sql`${text}::jsonb`)} else array[${text}] end
    when 'array' then ${asSet(rawSql("m"))}
    when 'number' then array[${text}]
    when 'boolean' then array[${text}]
    when 'object' then array[${text}] end`;
}

const asSet = (list: Sql): Sql =>
  sql`array(select distinct e collate "C" from jsonb_array_elements_text(${list}) e order by 1)`;
