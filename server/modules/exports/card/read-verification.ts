import type { ExportCard } from "@/contracts/export-card";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import { compareAnnotators, listLabellers, wilsonInterval } from "@/server/modules/evaluation";
import { outcomeInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, sql } from "@/server/platform/sql";

type VerificationRow = Omit<ExportCard["verification"][number], "share">;

/** Of each label, as far as the reader may see: on how many of its records people decided, how, and in which order the records came to them. */
export async function readVerification(
  db: Db,
  sight: Sight,
  labels: readonly LabelDefinition[],
): Promise<ExportCard["verification"]> {
  const { projectId } = sight;
  const names = labels.map(({ name }) => name);
  const rows = await queryRows<VerificationRow>(
    db,
    sql`with labelled as (
        select a."labelName" as "label", count(distinct a."recordId")::int as n from "Annotation" a
        join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
        where a."projectId" = ${projectId}::uuid and a."labelName" = any(${names}::text[]) group by 1),
      verdict as (
        select v.* from "Verification" v
        join "Record" r on r."projectId" = v."projectId" and r."id" = v."recordId" and r."deletedAt" is null
        where v."projectId" = ${projectId}::uuid and v."labelName" = any(${names}::text[]) and v."current"
          and v."status" is not null and ${verdictInSight(sight)}),
      judged as (
        select v."labelName" as "label",
          (count(distinct v."recordId") filter (where v."status" <> 'UNSURE'))::int as "verified",
          count(distinct v."recordId")::int as "said",
          (count(*) filter (where v."status" = 'CONFIRMS'))::int as confirms,
          (count(*) filter (where v."status" = 'CORRECTS'))::int as corrects,
          (count(*) filter (where v."status" = 'UNSURE'))::int as unsure,
          (count(*) filter (where v."blind"))::int as "blind", count(distinct v."verifierId")::int as "verifiers"
        from verdict v group by 1)
      select n."label", coalesce(l.n, 0) as "labelled", coalesce(j."verified", 0) as "verified",
        coalesce(j."said" - j."verified", 0) as "undecided",
        (select count(distinct d."recordId")::int from "Reconciliation" d
          join "Record" r on r."projectId" = d."projectId" and r."id" = d."recordId" and r."deletedAt" is null
          where d."projectId" = ${projectId}::uuid and d."labelName" = n."label" and d."current" and not d."cleared"
            and ${outcomeInSight(sight, rawSql(`d."recordId"`), rawSql(`d."labelName"`))}) as "reconciled",
        json_build_object('CONFIRMS', coalesce(j.confirms, 0), 'CORRECTS', coalesce(j.corrects, 0),
          'UNSURE', coalesce(j.unsure, 0)) as "verdicts",
        coalesce(j."blind", 0) as "blind", coalesce(j."verifiers", 0) as "verifiers",
        coalesce((select json_agg(distinct s."order") from "VerificationSession" s
          where s."projectId" = ${projectId}::uuid and s."labelName" = n."label"), '[]') as "orders"
      from unnest(${names}::text[]) with ordinality n("label", at)
      left join labelled l on l."label" = n."label" left join judged j on j."label" = n."label" order by n.at`,
  );
  return rows.map((row) => ({ ...row, share: row.labelled > 0 ? row.verified / row.labelled : null }));
}

/** Annotators of a label who are compared with each other: those who labelled the most. */
const COMPARED = 8;

const reasons: Record<string, string> = {
  no_overlap: "No record was labelled by both.",
  single_category: "Both gave one and the same value throughout.",
};

/** How often each two annotators of a record label agree, where both labelled. */
export async function readAgreement(
  db: Db,
  actor: ProjectActor,
  labels: readonly LabelDefinition[],
): Promise<ExportCard["agreement"]> {
  const found: ExportCard["agreement"] = [];
  for (const { name: label } of labels.filter(({ level }) => level === "record")) {
    const { items } = await listLabellers(db, actor, { label });
    const most = items.toSorted((a, b) => b.records - a.records).slice(0, COMPARED);
    if (most.length < 2) continue;
    const names = new Map(most.map(({ id, name }) => [id, name]));
    const person = (id: string) => ({ id, name: names.get(id) ?? "" });
    const { pairs } = await compareAnnotators(db, actor, { label, annotators: [...names.keys()] });
    found.push(
      ...pairs.map(({ a, b, overlap, conflicts, kappa, kappaReason }) => ({
        label,
        a: person(a),
        b: person(b),
        n: overlap,
        agreed: overlap > 0 ? (overlap - conflicts) / overlap : null,
        interval: wilsonInterval(overlap - conflicts, overlap),
        kappa,
        reason: kappa === null ? (reasons[kappaReason ?? ""] ?? null) : null,
      })),
    );
  }
  return found;
}
