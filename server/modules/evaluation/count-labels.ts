import type { LabelDefinition } from "@/contracts/label-schema";
import { labelInSight, type Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { type GoldSource, goldRelation } from "./gold-relation";
import type { CompareInput } from "./statistics/compare";
import type { ConfusionCell, PairCell, Right } from "./statistics/joint-counts";
import { valueKey } from "./statistics/value-key";

type CountLabelsInput = {
  /** Of whoever asks: what is hidden from them is not counted. */
  sight: Sight;
  label: LabelDefinition;
  /** Each once. */
  annotators: readonly string[];
  gold?: GoldSource | undefined;
  /** The condition on `"Record" r` of the records in question. */
  filter: Sql;
};

type CountRow = {
  kind: "gold" | "annotator" | "pair";
  a: number | null;
  b: number | null;
  valueA: string[] | null;
  valueB: string[] | null;
  right: Right | null;
  count: number;
};

/**
 * Counts in the database, in one statement and so at one moment, on how many records which values stand together: each
 * annotator's with gold, and each pair's. What comes back is as large as the tables to be shown, not as the data.
 * @returns `goldInvalid`: records whose gold value is none of the label's options, which count as without gold
 */
export async function countLabels(
  db: Db,
  { sight, label, annotators, gold, filter }: CountLabelsInput,
): Promise<CompareInput & { goldInvalid: number }> {
  const { projectId } = sight;
  const options = label.options.map((option) => option.value);
  const records = sql`select id from scope`;
  const noGold = sql`select null::uuid as "recordId", null::text[] as "value" where false`;
  const rows = await queryRows<CountRow>(
    db,
    sql`with scope as materialized (select r."id" from "Record" r where ${filter}),
      gold as materialized (
        select "recordId", "value", "value" <@ ${options}::text[] as "valid"
        from (${gold ? goldRelation(gold, { sight, label, records }) : noGold}) g
        where cardinality("value") > 0),
      labels as materialized (
        select a."recordId", n."place"::int as "place", a."value"
        from unnest(${annotators}::uuid[]) with ordinality n("id", "place")
        join "Annotation" a on a."projectId" = ${projectId}::uuid and a."annotatorId" = n."id"
          and a."labelName" = ${label.name}::text and a."level" = 'record'
        where cardinality(a."value") > 0 and a."recordId" in (${records}) and ${labelInSight(sight)})
      select 'gold' as "kind", null::int as "a", null::int as "b", null::text[] as "valueA",
        null::text[] as "valueB", null as "right", count(*)::int as "count"
      from gold where not "valid"
      union all
      select 'annotator', l."place", null, g."value", l."value", null, count(*)::int
      from labels l join gold g on g."recordId" = l."recordId" and g."valid"
      group by l."place", g."value", l."value"
      union all
      select 'pair', a."place", b."place", a."value", b."value",
        case when g."recordId" is null then null
          when a."value" = g."value" then case when b."value" = g."value" then 'both' else 'onlyA' end
          when b."value" = g."value" then 'onlyB' else 'neither' end as "right", count(*)::int
      from labels a join labels b on b."recordId" = a."recordId" and b."place" > a."place"
      left join gold g on g."recordId" = a."recordId" and g."valid"
      group by a."place", b."place", a."value", b."value", 6`,
  );
  return {
    hasGold: gold !== undefined,
    options,
    goldInvalid: rows.find((row) => row.kind === "gold")?.count ?? 0,
    annotators: annotators.map((id, index) => ({ id, cells: confusionCells(rows, index + 1) })),
    pairs: annotators.flatMap((a, index) =>
      annotators.slice(index + 1).map((b, offset) => ({
        a,
        b,
        cells: pairCells(rows, index + 1, index + offset + 2),
      })),
    ),
  };
}

const key = (value: string[] | null): string => valueKey(value ?? []);

const confusionCells = (rows: readonly CountRow[], place: number): ConfusionCell[] =>
  rows
    .filter((row) => row.kind === "annotator" && row.a === place)
    .map((row) => ({ gold: key(row.valueA), given: key(row.valueB), count: row.count }));

const pairCells = (rows: readonly CountRow[], placeA: number, placeB: number): PairCell[] =>
  rows
    .filter((row) => row.kind === "pair" && row.a === placeA && row.b === placeB)
    .map((row) => ({ a: key(row.valueA), b: key(row.valueB), right: row.right, count: row.count }));
