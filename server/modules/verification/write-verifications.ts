import type { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { writeVerificationsInput, writeVerificationsOutput } from "@/contracts/verifications";
import type { ProjectActor } from "@/server/modules/access";
import { type Clock, systemClock } from "@/server/platform/clock";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { findVerdictTargets, readJobDefinitions, type VerdictTarget } from "./find-verdict-targets";
import { BLIND_STATUS, judgeVerdict, tellsOutcome } from "./judge-verdict";
import { makeOwnRooms } from "./live/own-rooms";
import { recordVerdicts, type TargetVerdict } from "./record-verdicts";
import { refusalMessages } from "./refusal-messages";
import { readSessionLabel } from "./session-label";

type Input = Omit<z.infer<typeof writeVerificationsInput>, "project">;
type Output = z.infer<typeof writeVerificationsOutput>;
type Item = Input["items"][number];
type ItemAnswer = Output["items"][number];

/**
 * Writes a person's verdicts on labels of jobs, each on its own: one that can't stand is answered with its
 * error and the others count. On a label that an open session holds, a verdict is one of that session and shows
 * in its live document; elsewhere it stands beside the verdicts of other people.
 * @throws AppError `not_found` for an unknown session, `closed` (409) for one that is closed
 */
export async function writeVerifications(
  db: Db,
  actor: ProjectActor,
  { jobId, sessionId, items }: Input,
  clock: Clock = systemClock,
): Promise<Output> {
  const session = sessionId === undefined ? null : await readSessionLabel(db, actor, sessionId);
  if (session?.state === "closed") throw new AppError("closed", refusalMessages.closed, { status: 409 });
  const targets = await findVerdictTargets(db, actor, items, { jobId, sessionId });
  const ofJob = session ? null : await readJobDefinitions(db, actor.projectId, targets.values());
  const definitionOf = (target: VerdictTarget) => session?.definition ?? ofJob?.(target);

  const judged = items.map((item, index) => judgeItem(item, targets.get(index), definitionOf, jobId));
  const accepted = judged.flatMap((one) => ("target" in one ? [one] : []));
  const at = clock.now().toISOString();
  const places = accepted.flatMap(({ target }) => target.places);
  await makeOwnRooms(
    db,
    actor,
    places.filter(({ overlap }) => overlap !== null),
  );
  const recorded = await inTransaction(db, (tx) =>
    recordVerdicts(tx, actor, { verdicts: accepted, at, mustBeInSession: session !== null }),
  );
  const next = recorded.values();
  return {
    items: judged.map((one): ItemAnswer => {
      if (!("target" in one)) return one;
      const { recordId, label } = one.target;
      const row = next.next().value;
      if (row && row.id !== null) return { recordId, label, status: one.status, id: row.id };
      const code = row?.refused ?? "closed";
      return { recordId, label, error: { code, message: refusalMessages[code] } };
    }),
  };
}

function judgeItem(
  item: Item,
  target: VerdictTarget | undefined,
  definitionOf: (target: VerdictTarget) => LabelDefinition | undefined,
  jobId: string | undefined,
): TargetVerdict | Extract<ItemAnswer, { error: unknown }> {
  const {
    annotationId,
    recordId = null,
    label = null,
    value,
    start,
    end,
    status,
    reason,
    ms,
    together,
  } = item;
  const failed = (code: string, message: string) => ({
    recordId: target?.recordId ?? recordId,
    label: target?.label ?? label,
    error: { code, message },
  });
  if (annotationId === undefined && (recordId === null || label === null || jobId === undefined))
    return failed("invalid", "Name the label by annotationId, or by jobId with recordId and label.");
  const definition = target && definitionOf(target);
  if (!target || !definition)
    return failed("no_annotation", "There is no such label of a job, or you have no access to it.");
  if (target.places.some(({ blind }) => blind) && tellsOutcome(status))
    return failed("wrong_status", BLIND_STATUS);
  const verdict = judgeVerdict(definition, target, { status, value, start, end, reason });
  if (!verdict.ok) return failed(verdict.code, verdict.message);
  if (verdict.status === null) return failed("invalid", "status must be CONFIRMS, CORRECTS or UNSURE.");
  const { status: judged, value: said, ...borders } = verdict;
  return {
    target,
    status: judged,
    value: said,
    start: borders.start,
    end: borders.end,
    reason,
    ms,
    together,
  };
}
