import type { Session } from "@/contracts/sessions";
import { wilsonInterval } from "@/server/modules/evaluation";
import { rawSql } from "@/server/platform/sql";

export type DecidedCounts = { total: number; confirmed: number; corrected: number; unsure: number };

/** Columns `confirmed`, `corrected`, `unsure` of the session `s`: its current verdicts. */
export const decidedCounts = rawSql(`lateral (
  select count(*) filter (where v."status" = 'CONFIRMS')::int as "confirmed",
    count(*) filter (where v."status" = 'CORRECTS')::int as "corrected",
    count(*) filter (where v."status" = 'UNSURE')::int as "unsure"
  from "Verification" v
  where v."projectId" = s."projectId" and v."sessionId" = s."id" and v."current" and v."inSharedSession"
) counted`);

/** A session's counts, and how often people confirmed the job with its 95 % interval; null before the first of them. */
export function presentFigures({
  total,
  confirmed,
  corrected,
  unsure,
}: DecidedCounts): Pick<Session, "counts" | "agreement"> {
  const n = confirmed + corrected;
  const interval = wilsonInterval(confirmed, n);
  const verified = n + unsure;
  return {
    counts: { total, verified, confirmed, corrected, unsure, left: total - verified },
    agreement: interval && { n, point: confirmed / n, low: interval[0], high: interval[1] },
  };
}
