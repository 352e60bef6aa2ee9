import type { SessionReport } from "@/contracts/session-report";
import type { Session } from "@/contracts/sessions";
import { readAnnotatorNames } from "@/server/modules/evaluation";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { contradicts, LOOKED_AT } from "../counted-verdicts";
import { readAgreement } from "./read-agreement";
import { readPeople } from "./read-people";
import { shareOf } from "./share-of";

const MAX_CORRECTIONS = 400;

/**
 * What a session has come to by now.
 * @param inSight the condition on a row of `"Verification"`, by its alias, of the verdicts that the reader may know of
 */
export async function makeReport(
  db: Db,
  projectId: string,
  session: Session,
  inSight: (alias: string) => Sql,
): Promise<SessionReport> {
  const { id, name, label, mode, order, schemaVersion, sample, jobIds, createdAt, closedAt } = session;
  const verdicts = sql`v."projectId" = ${projectId}::uuid and v."sessionId" = ${id}::uuid and ${inSight("v")}`;
  const contradicting = contradicts(sql`${jobIds}::uuid[]`, inSight);
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
    ...(await readConfirmed(db, verdicts, contradicting)),
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

type Confirmed = Record<"seen" | "seenAll" | "blind" | "blindAll" | "together" | "contradicting", number>;

/** Of labels that people saw the verdicts that stand; of hidden ones the first, which alone was made blind. */
async function readConfirmed(
  db: Db,
  verdicts: Sql,
  contradicting: Sql,
): Promise<Pick<SessionReport, "confirmed" | "apart">> {
  const [row] = await queryRows<Confirmed>(
    db,
    sql`with judged as (
        select i."blind" as "hidden", v."blind" as "first", v."status" = 'CONFIRMS' as "confirms",
          ${LOOKED_AT} as "looked", ${contradicting} as "contradicting"
        from "Verification" v
        join "SessionItem" i on i."projectId" = v."projectId" and i."sessionId" = v."sessionId"
          and i."annotationId" = v."annotationId"
        where ${verdicts} and v."status" in ('CONFIRMS', 'CORRECTS') and (v."blind" or v."current" and not i."blind")
      ), counted as (select * from judged where "looked" and not "contradicting")
      select (select count(*) filter (where not "hidden" and "confirms")::int from counted) as "seen",
        (select count(*) filter (where not "hidden")::int from counted) as "seenAll",
        (select count(*) filter (where "first" and "confirms")::int from counted) as "blind",
        (select count(*) filter (where "first")::int from counted) as "blindAll",
        (select count(*) filter (where not "looked")::int from judged) as "together",
        (select count(*) filter (where "looked" and "contradicting")::int from judged) as "contradicting"`,
  );
  if (!row) return { confirmed: { seen: null, blind: null }, apart: { together: 0, contradicting: 0 } };
  return {
    confirmed: { seen: shareOf(row.seen, row.seenAll), blind: shareOf(row.blind, row.blindAll) },
    apart: { together: row.together, contradicting: row.contradicting },
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
