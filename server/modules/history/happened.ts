import { labelEventInSight, outcomeInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

export type HistoryOf = {
  projectId: string;
  recordId: string;
  /** Only what this person did; null: everybody. */
  onlyBy: string | null;
  sight: Sight;
};

/**
 * A `select` of everything that happened to the labels of one record, three kinds of rows alike: label events,
 * verdicts, decisions. `before` is what stood at that place, of that annotator or in that session, until then.
 */
export const happened = (of: HistoryOf): Sql =>
  sql`${labelEvents(of)} union all ${verdicts(of)} union all ${decisions(of)}`;

const by = ({ onlyBy }: HistoryOf, column: string): Sql =>
  onlyBy === null ? rawSql("true") : sql`${rawSql(column)} = ${onlyBy}::uuid`;

const VALUE = `case when not e."cleared" then e."value" end`;

/** Where older rows say by their metadata how they came about. */
const ORIGIN = `coalesce(e."origin", case when e."restoredFromId" is not null then 'restored'
  when e."metadata" ? 'resolvedFrom' then 'resolved' when e."metadata" ? 'mappedFrom' then 'mapping'
  when t."kind" = 'job' then 'job' when t."kind" = 'imported' then 'import' else 'given' end)`;

const labelEvents = (of: HistoryOf): Sql => sql`
  select e."id", 'label' as "kind", e."createdAt" as "at", e."annotatorId" as "byId", null::uuid as "aboutId",
    e."labelName" as "label", e."start", e."end", ${rawSql(VALUE)} as "value",
    lag(${rawSql(VALUE)}) over place as "before", e."response"::text as "answer", null::text as "status", e."conf",
    null::text as "note", ${rawSql(ORIGIN)} as "origin", null::uuid as "sessionId",
    lead(e."id") over place is null as "current", false as "overtaken", e."restoredFromId" as "restoredFrom",
    null::uuid as "restoredById"
  from "AnnotationEvent" e
  join "Annotator" t on t."projectId" = e."projectId" and t."id" = e."annotatorId"
  where e."projectId" = ${of.projectId}::uuid and e."recordId" = ${of.recordId}::uuid and ${by(of, `e."annotatorId"`)}
    and ${labelEventInSight(of.sight)}
  window place as (partition by e."annotatorId", e."labelName", e."start", e."end" order by e."createdAt", e."id")`;

const verdicts = (of: HistoryOf): Sql => sql`
  select v."id", 'verdict', v."createdAt", v."verifierId", v."jobId", v."labelName", coalesce(v."start", a."start", -1),
    coalesce(v."end", a."end", -1), case when v."status" is not null then v."value" end,
    (select case when p."status" is not null then p."value" end from "Verification" p
      where p."projectId" = v."projectId" and p."annotationId" = v."annotationId" and not p."overtaken"
        and p."inSharedSession" = v."inSharedSession"
        and case when v."inSharedSession" then p."sessionId" = v."sessionId" else p."verifierId" = v."verifierId" end
        and (p."createdAt", p."id") < (v."createdAt", v."id") and ${by(of, `p."verifierId"`)}
        and ${verdictInSight(of.sight, "p")}
      order by p."createdAt" desc, p."id" desc limit 1),
    null, v."status"::text, null, v."reason", 'given', v."sessionId", v."current" and v."status" is not null,
    v."overtaken", null, v."restoredById"
  from "Verification" v
  left join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId"
  where v."projectId" = ${of.projectId}::uuid and v."recordId" = ${of.recordId}::uuid and ${by(of, `v."verifierId"`)}
    and ${verdictInSight(of.sight)}`;

/** Decisions are the team's; whoever sees only their own sees none. */
const decisions = (of: HistoryOf): Sql => sql`
  select d."id", 'reconciliation', d."createdAt", d."authorId", null, d."labelName", d."start", d."end",
    case when not d."cleared" then d."value" end, case when not b."cleared" then b."value" end, null, null, null,
    d."note", case when d."restoredFromId" is null then 'given' else 'restored' end, null,
    d."current" and not d."cleared", d."overtaken", d."restoredFromId", null
  from "Reconciliation" d
  left join "Reconciliation" b on b."projectId" = d."projectId" and b."id" = d."replacesId"
  where d."projectId" = ${of.projectId}::uuid and d."recordId" = ${of.recordId}::uuid
    and ${of.onlyBy === null ? rawSql("true") : rawSql("false")}
    and ${outcomeInSight(of.sight, rawSql(`d."recordId"`), rawSql(`d."labelName"`))}`;
