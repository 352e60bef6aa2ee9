import { type AgreementBasis, MOST_ANNOTATORS } from "@/contracts/agreement";
import type { Labeller } from "@/contracts/compare";
import type { Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { saidRelation } from "./said-relation";
import type { Pattern } from "./statistics/agreement/patterns";
import type { RankCell } from "./statistics/agreement/weighted-kappa";

type CountAgreementInput = {
  /** Of whoever asks: what is hidden from them is not counted. */
  sight: Sight;
  label: string;
  basis: AgreementBasis;
  /** Each once; default: those with the most labels. */
  annotators: readonly string[] | undefined;
  /** The condition on `"Record" r` of the records in question. */
  filter: Sql;
};

type CountedAnnotator = { id: string; kind: Labeller["kind"]; n: number };

type AgreementCounts = {
  annotators: CountedAnnotator[];
  /** Others who labelled, when the annotators were not named. */
  leftOut: number;
  /** The values that occur; patterns and cells name them by their place here. */
  categories: string[][];
  patterns: Pattern[];
  /** Of the annotators at these places. */
  pairs: ReadonlyMap<string, RankCell[]>;
};

type CountRow = {
  kind: "category" | "annotator" | "leftOut" | "pattern" | "pair";
  a: number | null;
  b: number | null;
  id: string | null;
  annotatorKind: Labeller["kind"] | null;
  value: string[] | null;
  places: number[] | null;
  count: number;
};

/** Different patterns, and cells of all pairs, that are read at most. */
const MOST_COMBINATIONS = 50_000;

/** The key of a pair by the places of the two, the earlier first. */
export const pairKey = (a: number, b: number): string => `${a} ${b}`;

/**
 * Counts in the database, in one statement and so at one moment, how many records got which values, from whomever, and
 * for each pair of annotators which two. What comes back is as large as the values are varied, not as the data.
 * @throws AppError `invalid` when they are too varied
 */
export async function countAgreement(
  db: Db,
  { sight, label, basis, annotators, filter }: CountAgreementInput,
): Promise<AgreementCounts> {
  const { projectId } = sight;
  const said = saidRelation(basis, { sight, label, records: sql`select id from scope`, annotators });
  const chosen = annotators
    ? sql`select t."id", t."place"::int - 1 as "place", coalesce(c."n", 0) as "n"
        from unnest(${annotators}::uuid[]) with ordinality t("id", "place") left join counted c on c."id" = t."id"`
    : sql`select "id", (row_number() over (order by "n" desc, "id"))::int - 1 as "place", "n"
        from counted order by "n" desc, "id" limit ${MOST_ANNOTATORS}::int`;
  const rows = await queryRows<CountRow>(
    db,
    sql`with scope as materialized (select r."id" from "Record" r where ${filter}),
      said as materialized (${said}),
      counted as materialized (select "annotatorId" as "id", count(*)::int as "n" from said group by 1),
      chosen as materialized (${chosen}),
      category as materialized (
        select "value", (row_number() over (order by "value"))::int - 1 as "place"
        from (select distinct s."value" from said s join chosen c on c."id" = s."annotatorId") d),
      -- Who gave what, in one number; a record in one list of these, so that equal records are counted before they are paired.
      given as (
        select s."recordId", (c."place"::bigint << 32) + k."place" as "said"
        from said s join chosen c on c."id" = s."annotatorId" join category k on k."value" = s."value"),
      record as materialized (
        select "saids", count(*)::int as "count"
        from (select array_agg("said" order by "said") as "saids" from given group by "recordId") each
        group by "saids"),
      pattern as (
        select "places", sum("count")::int as "count"
        from (select r."count", array(select (s & 4294967295)::int from unnest(r."saids") s order by 1) as "places"
          from record r) each
        group by "places" limit ${MOST_COMBINATIONS + 1}::int),
      pair as (
        select (x >> 32)::int as "a", (y >> 32)::int as "b",
          array[(x & 4294967295)::int, (y & 4294967295)::int] as "places", sum(r."count")::int as "count"
        from record r cross join unnest(r."saids") x cross join unnest(r."saids") y
        where y >> 32 > x >> 32
        group by 1, 2, 3 limit ${MOST_COMBINATIONS + 1}::int)
      select 'category' as "kind", "place" as "a", null::int as "b", null::uuid as "id",
        null::text as "annotatorKind", "value", null::int[] as "places", 0 as "count" from category
      union all
      select 'annotator', c."place", null, c."id", coalesce(t."kind"::text, 'user'), null, null, c."n"
      from chosen c left join "Annotator" t on t."projectId" = ${projectId}::uuid and t."id" = c."id"
      union all
      select 'leftOut', null, null, null, null, null, null, count(*)::int
      from counted where "id" not in (select "id" from chosen)
      union all
      select 'pattern', null, null, null, null, null, "places", "count" from pattern
      union all
      select 'pair', "a", "b", null, null, null, "places", "count" from pair`,
  );
  return sortRows(rows);
}

function sortRows(rows: readonly CountRow[]): AgreementCounts {
  const categories: string[][] = [];
  const annotators: CountedAnnotator[] = [];
  const patterns: Pattern[] = [];
  const pairs = new Map<string, RankCell[]>();
  let [leftOut, cells] = [0, 0];
  for (const { kind, a, b, id, annotatorKind, value, places, count } of rows) {
    if (kind === "category") categories[a ?? 0] = value ?? [];
    else if (kind === "annotator")
      annotators[a ?? 0] = { id: id ?? "", kind: annotatorKind ?? "user", n: count };
    else if (kind === "leftOut") leftOut = count;
    else if (kind === "pattern") patterns.push({ values: places ?? [], count });
    else {
      const [x = 0, y = 0] = places ?? [];
      const key = pairKey(a ?? 0, b ?? 0);
      const known = pairs.get(key);
      if (known) known.push({ a: x, b: y, count });
      else pairs.set(key, [{ a: x, b: y, count }]);
      cells++;
    }
  }
  if (patterns.length > MOST_COMBINATIONS || cells > MOST_COMBINATIONS) refuseVariety();
  return { annotators, leftOut, categories, ...inOrder(patterns, pairs) };
}

/** Equal counts give equal intervals only in an order that is theirs, not that of the database's plan. */
function inOrder(patterns: readonly Pattern[], pairs: ReadonlyMap<string, RankCell[]>) {
  const byValues = (one: readonly number[], other: readonly number[]): number => {
    const at = one.findIndex((value, place) => value !== other[place]);
    return at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1);
  };
  return {
    patterns: patterns.toSorted((one, other) => byValues(one.values, other.values)),
    pairs: new Map(
      [...pairs].map(([key, cells]) => [
        key,
        cells.toSorted((one, other) => byValues([one.a, one.b], [other.a, other.b])),
      ]),
    ),
  };
}

function refuseVariety(): never {
  const message = `give more than ${MOST_COMBINATIONS.toLocaleString("en")} different combinations of values; name fewer, or a smaller subset`;
  throw new AppError("invalid", `The annotators ${message}.`, {
    errors: [{ path: "annotators", message }],
  });
}
