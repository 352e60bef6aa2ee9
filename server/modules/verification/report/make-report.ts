import type { SessionReport } from "@/contracts/session-report";
import type { Session } from "@/contracts/sessions";
import { readAnnotatorNames } from "@/server/modules/evaluation";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { readAgreement } from "./read-agreement";
import { readPeople } from "./read-people";
import { shareOf } from "./share-of";

const MAX_CORRECTIONS = 400;

/**
 * What a session has come to by now.
 * @param seen the condition on `"Verification" v` of the verdicts that the reader may know of
 */
export async function makeReport(
  db: Db,
  projectId: string,
  session: Session,
  seen: Sql,
): Promise<SessionReport> {
  const { id, name, label, mode, order, schemaVersion, sample, jobIds, createdAt, closedAt } = session;
  const verdicts = sql`v."projectId" = ${projectId}::uuid and v."sessionId" = ${id}::uuid and ${seen}`;
  const names = await readAnnotatorNames(db, projectId, jobIds);
  const { asOf, first, last, overtaken } = await readTimes(db, verdicts);
  return {
    asOf: asOf.toISOString(),
    session: { id, name, label, mode, order, schemaVersion, sample },
    jobs: jobIds.map((jobId) => ({ id: jobId, name: names.get(jobId) ?? jobId })),
    startedAt: createdAt,
    firstVerdictAt: first?.toISOString() ?? null,
    lastVerdictAt: last?.toISOString() ?? null,
    closedAt,
    counts: await readCounts(db, session.counts.total, verdicts),
    confirmed: await readConfirmed(db, verdicts),
    corrections: await readCorrections(db, verdicts),
    overtaken,
    people: await readPeople(db, verdicts),
    agreement: await readAgreement(db, verdicts),
  };
}

async function readTimes(db: Db, verdicts: Sql) {
  const [row] = await queryRows<{ asOf: Date; first: Date | null; last: Date | null; overtaken: number }>(
    db,
    sql`select clock_timestamp() as "asOf", min(v."createdAt") as "first", max(v."createdAt") as "last",
        count(*) filter (where v."overtaken")::int as "overtaken"
      from "Verification" v where ${verdicts}`,
  );
  return row ?? { asOf: new Date(), first: null, last: null, overtaken: 0 };
}

/** Verdicts that stand, by kind; of an independent session there may be several on one label. */
async function readCounts(db: Db, total: number, verdicts: Sql): Promise<SessionReport["counts"]> {
  const [row] = await queryRows<Omit<SessionReport["counts"], "total" | "left">>(
    db,
    sql`select count(distinct v."annotationId")::int as "verified",
        count(*) filter (where v."status" = 'CONFIRMS')::int as "confirmed",
        count(*) filter (where v."status" = 'CORRECTS')::int as "corrected",
        count(*) filter (where v."status" = 'UNSURE')::int as "unsure"
      from "Verification" v where ${verdicts} and v."current" and v."status" is not null`,
  );
  const { verified, confirmed, corrected, unsure } = row ?? {
    verified: 0,
    confirmed: 0,
    corrected: 0,
    unsure: 0,
  };
  return { total, verified, confirmed, corrected, unsure, left: total - verified };
}

/** Of labels that people saw the verdicts that stand; of hidden ones the first, which alone was made blind. */
async function readConfirmed(db: Db, verdicts: Sql): Promise<SessionReport["confirmed"]> {
  const [row] = await queryRows<Record<"seen" | "seenAll" | "blind" | "blindAll", number>>(
    db,
    sql`select count(*) filter (where v."current" and not i."blind" and v."status" = 'CONFIRMS')::int as "seen",
        count(*) filter (where v."current" and not i."blind")::int as "seenAll",
        count(*) filter (where v."blind" and v."status" = 'CONFIRMS')::int as "blind",
        count(*) filter (where v."blind")::int as "blindAll"
      from "Verification" v
      join "SessionItem" i on i."projectId" = v."projectId" and i."sessionId" = v."sessionId"
        and i."annotationId" = v."annotationId"
      where ${verdicts} and v."status" in ('CONFIRMS', 'CORRECTS')`,
  );
  return {
    seen: row ? shareOf(row.seen, row.seenAll) : null,
    blind: row ? shareOf(row.blind, row.blindAll) : null,
  };
}

function readCorrections(db: Db, verdicts: Sql): Promise<SessionReport["corrections"]> {
  return queryRows(
    db,
    sql`with standing as (
        select a."value" as "from", v."value" as "to", v."status" from "Verification" v
        join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId"
        where ${verdicts} and v."current" and v."status" in ('CONFIRMS', 'CORRECTS')
      ), judged as (select "from", count(*)::int as "of" from standing group by "from")
      select s."from", s."to", count(*)::int as "count", j."of" from standing s join judged j using ("from")
      where s."status" = 'CORRECTS' group by s."from", s."to", j."of"
      order by 3 desc, 1, 2 limit ${MAX_CORRECTIONS}::bigint`,
  );
}
