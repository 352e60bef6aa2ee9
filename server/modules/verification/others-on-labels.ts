import { type Db, sqlRows } from "@/server/platform/db";

/** How far others are with one label of an independent session. */
export type OthersOnLabel = {
  annotationId: string;
  /** People who have decided it. */
  verdicts: number;
  /** People who hold its record and have not decided it: their verdict is still to come. */
  waiting: number;
};

type Where = { projectId: string; sessionId: string; userId: string | null };

/**
 * Takes the items of labels in an independent session, in the session's order, and then counts what others have there:
 * who decides on one of these labels meanwhile, in whichever room or process, waits for the end of this transaction.
 * So nobody's verdict is one too many. Two statements: the second sees what was committed while the first waited.
 * @returns empty for a room that everybody shares
 */
export async function lockAndCountOthers(
  tx: Db,
  { projectId, sessionId, userId }: Where,
  annotationIds: readonly string[],
): Promise<Map<string, OthersOnLabel>> {
  if (userId === null || annotationIds.length === 0) return new Map();
  await sqlRows(
    tx,
    `select 1 from "SessionItem" where "projectId" = $1::uuid and "sessionId" = $2::uuid
       and "annotationId" = any($3::uuid[]) order by "position" for no key update`,
    [projectId, sessionId, annotationIds],
  );
  const rows = await sqlRows<OthersOnLabel>(
    tx,
    `select i."annotationId", count(v."verifierId")::int as "verdicts", (
       select count(*)::int from "SessionLease" l
       where l."projectId" = $1::uuid and l."sessionId" = $2::uuid and l."recordId" = i."recordId"
         and l."userId" <> $4::uuid and l."expiresAt" > clock_timestamp() and not exists (
           select 1 from "Verification" d where d."projectId" = $1::uuid and d."sessionId" = $2::uuid
             and d."annotationId" = i."annotationId" and d."verifierId" = l."userId" and d."current"
             and d."status" is not null)) as "waiting"
     from "SessionItem" i left join "Verification" v on v."projectId" = i."projectId"
       and v."sessionId" = i."sessionId" and v."annotationId" = i."annotationId" and v."current"
       and v."status" is not null and v."verifierId" <> $4::uuid
     where i."projectId" = $1::uuid and i."sessionId" = $2::uuid and i."annotationId" = any($3::uuid[])
     group by i."annotationId", i."recordId"`,
    [projectId, sessionId, annotationIds, userId],
  );
  return new Map(rows.map((row) => [row.annotationId, row]));
}

/**
 * Whether a label of an independent session has room for the verdict of one more person. Who has decided it or holds its
 * record has theirs: others were refused for it.
 * @returns why not, or null
 */
export function refusalByOverlap(
  overlap: number,
  { verdicts, waiting }: Pick<OthersOnLabel, "verdicts" | "waiting"> = { verdicts: 0, waiting: 0 },
): "enough_verdicts" | "held" | null {
  if (verdicts >= overlap) return "enough_verdicts";
  return verdicts + waiting >= overlap ? "held" : null;
}
