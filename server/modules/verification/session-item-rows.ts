import type { SessionItem } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { labelInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";

type Verdict = NonNullable<SessionItem["verdict"]>;

/** What is read of one item and depends on who asks; the rest of {@link SessionItem} is the same for everybody. */
export type JudgedRow = Pick<SessionItem, "blind" | "others" | "verdict" | "verdicts" | "enough"> & {
  /** What the job gave is not hidden from the asker. */
  seen: boolean;
  value: string[];
  conf: number | null;
  confReason: string | null;
  probabilities: Record<string, number> | null;
};

/**
 * The tables behind one item: its session `s`, label `a`, record `r`, the verdict `v` that stands for the asker (of a
 * shared session the one that is current, of an independent one their own) with its author `p`, and `sight."seen"`.
 * The verdict is looked up for each item (`offset 0` keeps it apart): as a join, right after many verdicts, every item
 * would be compared with every verdict until PostgreSQL has counted them.
 */
export const itemTables = ({ userId }: ProjectActor, sight: Sight): Sql =>
  sql`"SessionItem" i
    join "VerificationSession" s on s."projectId" = i."projectId" and s."id" = i."sessionId"
    join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
    join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId" and r."deletedAt" is null
    left join lateral (select * from "Verification" v where v."projectId" = i."projectId"
      and v."sessionId" = i."sessionId" and v."annotationId" = i."annotationId" and v."current"
      and (v."inSharedSession" or v."verifierId" = ${userId}::uuid) offset 0) v on true
    left join "Annotator" p on p."projectId" = v."projectId" and p."id" = v."verifierId"
    cross join lateral (select ${labelInSight(sight)} as "seen") sight`;

/** The columns of {@link JudgedRow} over {@link itemTables}. */
export const judgedColumns = ({ userId }: ProjectActor, sight: Sight): Sql =>
  sql`i."blind", sight."seen", a."value", a."conf", a."confReason", a."probabilities",
    case when sight."seen" then coalesce((select json_agg(json_build_object('annotationId', o."id",
        'jobId', o."annotatorId", 'value', o."value", 'start', case when o."start" >= 0 then o."start" end, 'end', case when o."end" >= 0 then o."end" end,
        'conf', o."conf") order by array_position(s."jobIds", o."annotatorId"), o."start", o."end")
      from "Annotation" o where o."projectId" = i."projectId" and o."recordId" = i."recordId"
        and o."labelName" = s."labelName" and o."level" = a."level" and o."annotatorId" = any(s."jobIds")
        and o."annotatorId" <> a."annotatorId"
        and (o."level" = 'record' or (o."start" < a."end" and a."start" < o."end")) and ${labelInSight(sight, rawSql(`o."id"`))}), '[]') else '[]' end as "others",
    case when s."mode" = 'independent' then (select count(*) from "Verification" e
      where e."projectId" = i."projectId" and e."sessionId" = i."sessionId" and e."annotationId" = i."annotationId"
        and e."current" and e."status" is not null and e."verifierId" <> ${userId}::uuid) >= s."overlap"
      else false end as "enough",
    case when v."status" is not null then ${rawSql(verdictObject("v", "p"))} end as "verdict",
    case when s."mode" = 'independent' then coalesce((select json_agg(${rawSql(verdictObject("w", "q"))} order by w."id")
      from "Verification" w join "Annotator" q on q."projectId" = w."projectId" and q."id" = w."verifierId"
      where w."projectId" = i."projectId" and w."sessionId" = i."sessionId" and w."annotationId" = i."annotationId"
        and w."current" and w."status" is not null and w."verifierId" <> ${userId}::uuid
        and ${verdictInSight(sight, "w")}), '[]') else '[]' end as "verdicts"`;

/** The confidence by which items are sorted and filtered: one that is hidden is none. */
export const SEEN_CONF = `case when sight."seen" then a."conf" end`;

const verdictObject = (verdict: string, author: string): string =>
  `json_build_object('status', ${verdict}."status", 'value', ${verdict}."value",
    'start', ${verdict}."start", 'end', ${verdict}."end",
    'by', json_build_object('id', ${author}."id", 'name', ${author}."name"),
    'at', coalesce(${verdict}."decidedAt", ${verdict}."createdAt"), 'reason', ${verdict}."reason",
    'together', ${verdict}."together")`;

type Judged = Pick<
  SessionItem,
  "blind" | "value" | "conf" | "confReason" | "probabilities" | "others" | "verdict" | "verdicts" | "enough"
>;

/** Leaves out what is hidden from the asker: what the job gave, and whether a verdict confirms it. */
export function presentJudged<Rest>(row: Rest & JudgedRow): Omit<Rest & JudgedRow, keyof JudgedRow> & Judged {
  const { seen, blind, value, conf, confReason, probabilities, others, verdict, verdicts, enough, ...rest } =
    row;
  const present = (one: Verdict): Verdict => ({
    ...one,
    status: seen || one.status === "UNSURE" ? one.status : null,
    at: new Date(one.at).toISOString(),
  });
  return {
    ...rest,
    blind,
    others,
    enough,
    ...(seen ? { value, conf, confReason, probabilities } : {}),
    verdict: verdict && present(verdict),
    verdicts: verdicts.map(present),
  };
}
