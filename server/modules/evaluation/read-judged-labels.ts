import type { LabelDefinition } from "@/contracts/label-schema";
import { labelInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { decides } from "./decides";
import { goldRelation } from "./gold-relation";
import type { CalibrationRow } from "./statistics/calibration/recalibration";

/** Where it is known from what is right. */
export type Truth = "blind" | "verified" | { metadata: string };

type ReadInput = {
  /** Of whoever asks: what is hidden from them is not read. */
  sight: Sight;
  label: LabelDefinition;
  annotatorId: string;
  truth: Truth;
  /** The condition on `"Record" r` of the records in question. */
  filter: Sql;
};

export type JudgedLabels = {
  asOf: Date;
  /** With a confidence; at most {@link MOST_ROWS}, drawn by the records' ids. */
  rows: CalibrationRow[];
  withConf: number;
  withoutConf: number;
};

const MOST_ROWS = 10_000;
/** Probabilities of options, over all rows: what is computed from them takes a time that grows with their number. */
const MOST_PROBABILITIES = 100_000;

type Row = { asOf: Date; withConf: number; withoutConf: number } & (
  | { recordId: null }
  | {
      recordId: string;
      conf: number;
      correct: boolean;
      inclusion: number;
      given: number | null;
      truth: number | null;
      probabilities: (number | null)[] | null;
    }
);

/**
 * The confidence of an annotator's labels together with whether they are right, in one statement and so at one moment.
 * A row was not drawn, or with the chance π that its session kept; of blind labels only the drawn share hides what the
 * job gave.
 */
export async function readJudgedLabels(
  db: Db,
  { sight, label, annotatorId, truth, filter }: ReadInput,
): Promise<JudgedLabels> {
  const { projectId } = sight;
  const options = label.options.map(({ value }) => value);
  const limit = Math.min(MOST_ROWS, Math.floor(MOST_PROBABILITIES / Math.max(options.length, 10)));
  const given = sql`array_position(${options}::text[], a."value"[1])`;
  const asked = sql`not ${label.multi === true}::boolean and a."confMethod" = 'option-probability'
    and cardinality(a."value") = 1 and cardinality(t."value") = 1 and ${given} is not null`;
  const rows = await queryRows<Row>(
    db,
    sql`with scope as materialized (select r."id" from "Record" r where ${filter}),
      truth as materialized (
        select "recordId", "value", "inclusion" from (${truthRelation({ sight, label, annotatorId, truth })}) g
        where cardinality("value") > 0 and "value" <@ ${options}::text[]),
      judged as materialized (
        select a."recordId", a."conf", a."value" = t."value" as "correct", t."inclusion", ${given} - 1 as "given",
          array_position(${options}::text[], t."value"[1]) - 1 as "truth",
          case when ${asked} then a."probabilities" end as "probabilities"
        from truth t join "Annotation" a on a."projectId" = ${projectId}::uuid and a."recordId" = t."recordId"
          and a."annotatorId" = ${annotatorId}::uuid and a."labelName" = ${label.name}::text and a."level" = 'record'
        where cardinality(a."value") > 0 and ${labelInSight(sight)}),
      drawn as (
        select * from judged where "conf" is not null order by md5("recordId"::text) collate "C" limit ${limit}::bigint)
      select counted.*, d."recordId"::text, d."conf", d."correct", d."inclusion", d."given", d."truth",
        case when jsonb_typeof(d."probabilities") = 'object' then array(
          select (d."probabilities" ->> o."value")::float8 from unnest(${options}::text[]) with ordinality o("value", "place")
          order by o."place") end as "probabilities"
      from (select clock_timestamp() as "asOf", count("conf")::int as "withConf",
          (count(*) - count("conf"))::int as "withoutConf" from judged) counted
      left join drawn d on true`,
  );
  const [first] = rows;
  return {
    asOf: first?.asOf ?? new Date(),
    withConf: first?.withConf ?? 0,
    withoutConf: first?.withoutConf ?? 0,
    rows: rows.flatMap((row) => (row.recordId === null ? [] : [calibrationRow(row)])),
  };
}

function calibrationRow(row: Extract<Row, { recordId: string }>): CalibrationRow {
  const { recordId, conf, correct, inclusion, given, truth, probabilities } = row;
  const known = probabilities?.map((probability) => probability ?? 0);
  return {
    recordId,
    conf,
    correct,
    weight: 1 / inclusion,
    options:
      known && given !== null && truth !== null && known.some((probability) => probability > 0)
        ? { probabilities: known, given, truth }
        : null,
  };
}

/** A `select` of `"recordId"`, `"value"` and `"inclusion"`, at most one row a record. */
function truthRelation({ sight, label, annotatorId, truth }: Omit<ReadInput, "filter">): Sql {
  const records = sql`select id from scope`;
  if (typeof truth === "object")
    return sql`select "recordId", "value", 1::float8 as "inclusion" from (${goldRelation(truth, { sight, label, records })}) m`;
  const blind = truth === "blind";
  const chosen = blind ? sql`v."blind" and v."jobId" = ${annotatorId}::uuid` : sql`v."current"`;
  const chance = blind ? sql`i."inclusion" * s."blindShare"` : sql`i."inclusion"`;
  const order = blind ? sql`v."createdAt", v."id"` : sql`v."createdAt" desc, v."id" desc`;
  return sql`select distinct on (v."recordId") v."recordId", v."value", coalesce(nullif(${chance}, 0), 1) as "inclusion"
    from "Verification" v
    left join "SessionItem" i on i."projectId" = v."projectId" and i."sessionId" = v."sessionId"
      and i."annotationId" = v."annotationId"
    left join "VerificationSession" s on s."projectId" = v."projectId" and s."id" = v."sessionId"
    where v."projectId" = ${sight.projectId}::uuid and v."labelName" = ${label.name}::text and ${chosen}
      and ${decides()} and v."recordId" in (${records}) and ${verdictInSight(sight)}
    order by v."recordId", ${order}`;
}
