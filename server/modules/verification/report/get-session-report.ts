import type { z } from "zod";
import {
  type SessionReport,
  type SessionReportAnswer,
  sessionReport,
  type sessionReportInput,
} from "@/contracts/session-report";
import type { Session } from "@/contracts/sessions";
import { namesOf, type ProjectActor } from "@/server/modules/access";
import { loadSight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { seesPace } from "../pace-reach";
import { readSession } from "../session-repository";
import { makeReport } from "./make-report";

type Input = Omit<z.infer<typeof sessionReportInput>, "project">;

/**
 * What a session has come to: by now while it is open, as it stood at its last closing when it is closed, or as it
 * stood at a closing that is named. How fast others work is told to whoever may open sessions; while the session is
 * open, what is hidden from the reader in it counts for nothing.
 * @throws AppError `not_found`, also for a closing that was none
 */
export async function getSessionReport(
  db: Db,
  actor: ProjectActor,
  { id, closing }: Input,
): Promise<SessionReportAnswer> {
  const session = await readSession(db, actor, id);
  const kept = await db.sessionReport.findMany({
    where: { projectId: actor.projectId, sessionId: id },
    orderBy: { number: "desc" },
    select: { number: true, closedAt: true, closedById: true },
  });
  const names = await namesOf(
    db,
    kept.map(({ closedById }) => closedById),
  );
  const number = closing ?? (session.state === "closed" ? kept[0]?.number : undefined);
  const report =
    number === undefined ? await makeNow(db, actor, session) : await readKept(db, actor, id, number);
  return {
    report: seesPace(actor) ? report : onlyOwn(report, actor.userId),
    closings: kept.map(({ closedById, closedAt, ...one }) => ({
      ...one,
      closedAt: closedAt.toISOString(),
      by: { id: closedById, name: names.get(closedById) ?? "" },
    })),
  };
}

async function makeNow(db: Db, actor: ProjectActor, session: Session) {
  const sight = await loadSight(db, actor);
  return makeReport(db, actor.projectId, session, (alias) => verdictInSight(sight, alias));
}

async function readKept(db: Db, { projectId }: ProjectActor, sessionId: string, number: number) {
  const row = await db.sessionReport.findUnique({
    where: { projectId_sessionId_number: { projectId, sessionId, number } },
    select: { report: true },
  });
  if (row) return sessionReport.parse(row.report);
  throw new AppError("not_found", `This session has no closing ${number}.`);
}

function onlyOwn(report: SessionReport, userId: string): SessionReport {
  const without = (agreement: SessionReport["agreement"]["seen"]) => agreement && { ...agreement, pairs: [] };
  const { seen, blind } = report.agreement;
  return {
    ...report,
    people: report.people.filter(({ id }) => id === userId),
    agreement: { seen: without(seen), blind: without(blind) },
  };
}
