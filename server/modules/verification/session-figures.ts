import type { Session } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { wilsonInterval } from "@/server/modules/evaluation";
import { type Sight, verdictInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { contradicts, LOOKED_AT } from "./counted-verdicts";

export type DecidedCounts = {
  total: number;
  confirmed: number;
  corrected: number;
  unsure: number;
  hidden: number;
  blind: number;
  /** Verdicts that the asker may see and that confirm or correct a label that was looked at, and how many confirm. */
  judged: number;
  agreed: number;
  apart: Session["apart"];
  overall: Session["overall"];
};

/**
 * A row `counted` of {@link DecidedCounts} beside the session `s`, without `total`: the current verdicts of a shared
 * session, the asker's own of an independent one. A verdict that is hidden from the asker is counted as verified at
 * most, never by what it says: with what else they see, that would tell it.
 */
export function decidedCounts({ userId }: ProjectActor, sight: Sight): Sql {
  return sql`lateral (
    select count(*) filter (where mine and seen and status = 'CONFIRMS')::int as "confirmed",
      count(*) filter (where mine and seen and status = 'CORRECTS')::int as "corrected",
      count(*) filter (where mine and status = 'UNSURE')::int as "unsure",
      count(*) filter (where mine and not seen and status <> 'UNSURE')::int as "hidden",
      count(*) filter (where counts)::int as "judged",
      count(*) filter (where counts and status = 'CONFIRMS')::int as "agreed",
      json_build_object(
        'together', count(*) filter (where seen and status <> 'UNSURE' and not looked),
        'contradicting', count(*) filter (where seen and status <> 'UNSURE' and looked and not counts)) as "apart",
      case when s."mode" = 'independent' then json_build_object('verdicts', count(*), 'complete', (
        select count(*) from (select from "Verification" c where c."projectId" = s."projectId"
          and c."sessionId" = s."id" and c."current" and c."status" is not null
          group by c."annotationId" having count(*) >= s."overlap") done)) end as "overall",
      case when s."blindShare" = 0 then 0 else (select count(*)::int from "SessionItem" i
        where i."projectId" = s."projectId" and i."sessionId" = s."id" and i."blind") end as "blind"
    from (
      select *, seen and looked and status <> 'UNSURE' and not contradicting as counts
      from (
        select v."status" as status, v."inSharedSession" or v."verifierId" = ${userId}::uuid as mine,
          ${verdictInSight(sight)} as seen, ${LOOKED_AT} as looked,
          ${contradicts(rawSql(`s."jobIds"`), (other) => verdictInSight(sight, other))} as contradicting
        from "Verification" v
        where v."projectId" = s."projectId" and v."sessionId" = s."id" and v."current" and v."status" is not null
      ) standing
    ) verdict
  ) counted`;
}

/** The columns of {@link decidedCounts}. */
export const DECIDED_COLUMNS = (
  ["confirmed", "corrected", "unsure", "hidden", "blind", "judged", "agreed", "apart", "overall"] as const
)
  .map((column) => `counted."${column}"`)
  .join(", ");

/** A session's counts, and how often people confirmed the job with its 95 % interval; null before the first of them. */
export function presentFigures(
  counted: DecidedCounts,
): Pick<Session, "counts" | "overall" | "agreement" | "apart"> {
  const { total, confirmed, corrected, unsure, hidden, blind, judged, agreed, apart, overall } = counted;
  const interval = wilsonInterval(agreed, judged);
  const verified = confirmed + corrected + unsure + hidden;
  return {
    counts: { total, verified, confirmed, corrected, unsure, left: total - verified, hidden, blind },
    overall,
    apart,
    agreement: interval && { n: judged, point: agreed / judged, low: interval[0], high: interval[1] },
  };
}
