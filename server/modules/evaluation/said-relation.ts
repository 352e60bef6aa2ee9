import type { AgreementBasis } from "@/contracts/agreement";
import { labelInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { decides } from "./decides";

type SaidInput = {
  /** Of whoever asks: what is hidden from them is not counted. */
  sight: Sight;
  label: string;
  /** A `select` of the ids of the records in question. */
  records: Sql;
  /** Whose labels; default: everybody's. */
  annotators?: readonly string[] | undefined;
};

/**
 * What each annotator said of each record on a basis, as `agreementBasis` of the contracts defines it: a `select` of
 * `"annotatorId"`, `"recordId"` and `"value"`, one row for the two.
 */
export const saidRelation = (basis: AgreementBasis, input: SaidInput): Sql =>
  basis === "unseen" ? saidUnseen(input) : saidWhenShown(input);

const isOneOf = (column: Sql, annotators: SaidInput["annotators"]): Sql =>
  annotators ? sql`${column} = any(${annotators}::uuid[])` : rawSql("true");

/**
 * Each person's first verdict on a record, whichever job's label it was on: what came after it, a label of their own too,
 * was given by somebody who had seen a job's. It is asked of all verdicts: a hidden one has uncovered the label as well.
 */
const firstVerdicts = ({ sight: { projectId }, label, records, annotators }: SaidInput): Sql =>
  sql`select distinct on (v."verifierId", v."recordId") v."id", v."verifierId", v."recordId", v."annotationId",
      v."sessionId", v."status", v."value", v."blind", v."together", v."createdAt"
    from "Verification" v
    where v."projectId" = ${projectId}::uuid and v."labelName" = ${label}::text and v."status" is not null
      and v."recordId" in (${records}) and ${isOneOf(rawSql(`v."verifierId"`), annotators)}
    order by v."verifierId", v."recordId", v."createdAt", v."id"`;

function saidUnseen(input: SaidInput): Sql {
  const { sight, label, records, annotators } = input;
  return sql`with first as materialized (${firstVerdicts(input)}),
    own as materialized (
      select a."annotatorId", a."recordId", a."value" from "Annotation" a
      left join first f on f."verifierId" = a."annotatorId" and f."recordId" = a."recordId"
      where a."projectId" = ${sight.projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'record'
        and cardinality(a."value") > 0 and a."recordId" in (${records})
        and ${isOneOf(rawSql(`a."annotatorId"`), annotators)} and ${labelInSight(sight)}
        and (f."createdAt" is null or a."updatedAt" < f."createdAt") and a."metadata" -> 'resolvedFrom' is null)
    select o."annotatorId", o."recordId", o."value" from own o
    union all
    select f."verifierId", f."recordId", f."value" from first f
    where f."blind" and ${decides("f")} and ${verdictInSight(sight, "f")}
      and not exists (select 1 from own o where o."annotatorId" = f."verifierId" and o."recordId" = f."recordId")`;
}

/** The last word of each person: where it decides nothing, or is hidden, they said nothing. */
function saidWhenShown(input: SaidInput): Sql {
  const { sight, label, records, annotators } = input;
  return sql`with first as materialized (${firstVerdicts(input)}),
    last as materialized (
      select distinct on (v."verifierId", v."recordId") v."id", v."verifierId", v."recordId", v."annotationId",
        v."sessionId", v."status", v."value", v."together"
      from "Verification" v
      where v."projectId" = ${sight.projectId}::uuid and v."labelName" = ${label}::text and not v."overtaken"
        and v."recordId" in (${records}) and ${isOneOf(rawSql(`v."verifierId"`), annotators)}
      order by v."verifierId", v."recordId", v."createdAt" desc, v."id" desc)
    select l."verifierId" as "annotatorId", l."recordId", l."value" from last l
    where ${decides("l")} and ${verdictInSight(sight, "l")}
      and not exists (select 1 from first f where f."id" = l."id" and f."blind")`;
}
