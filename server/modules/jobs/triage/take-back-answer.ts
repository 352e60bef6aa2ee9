import type { TakeBackAnswerInput, TakenBackAnswers } from "@/contracts/job-triage";
import { type ProjectActor, recordAudit, requireScope } from "@/server/modules/access";
import { takeBackResolved } from "@/server/modules/annotations";
import { type Db, inTransaction } from "@/server/platform/db";
import { announceJob } from "../job-events";
import { requireInvalid, sameAnswers } from "./same-answers";

const TAKE_BACK_TIMEOUT = 120_000;

/**
 * Undoes resolving an answer: the actor's labels that came of it go away, for one record or for all whose answer has
 * the same text. What others resolved stays.
 * @throws AppError `not_found` for job or item, `conflict` when its answer was read, `invalid` for the label
 */
export async function takeBackAnswer(
  db: Db,
  actor: ProjectActor,
  { id, recordId, label, sameText }: Omit<TakeBackAnswerInput, "project">,
): Promise<TakenBackAnswers> {
  requireScope(actor, "jobs:read");
  const { projectId, userId, address } = actor;
  return inTransaction(
    db,
    async (tx) => {
      await requireInvalid(tx, projectId, { id, recordId, label });
      const others = sameText ? await sameAnswers(tx, projectId, id, recordId) : [];
      const takenBack = await takeBackResolved(tx, actor, { label, jobId: id }, [recordId, ...others]);
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "job.answers_taken_back",
        target: id,
        details: { label, recordId, sameText, takenBack },
        address,
      });
      await announceJob(tx, id);
      return { takenBack };
    },
    { timeoutMs: TAKE_BACK_TIMEOUT },
  );
}
