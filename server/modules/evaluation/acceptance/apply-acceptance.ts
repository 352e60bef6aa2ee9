import type { z } from "zod";
import type { Acceptance, AcceptPlan, applyAcceptanceInput } from "@/contracts/acceptance";
import { type ProjectActor, recordAudit, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { execute, sql } from "@/server/platform/sql";
import { readAcceptances } from "./acceptance-repository";
import { planAcceptance } from "./plan-acceptance";

type ApplyInput = Omit<z.infer<typeof applyAcceptanceInput>, "project">;

/**
 * Accepts the labels of a job that the plan of this moment promises to be good enough: from now on they count as final
 * where no person decided. Neither the job's labels nor any verdict change, and labels that the job gives later are not
 * meant.
 * @throws AppError `invalid` at `label` or `jobId`; `not_certified` (409) when nothing can be promised;
 * `hidden_verdicts` (409) while an open session hides some of the labels from the actor; `already_accepted` (409)
 */
export async function applyAcceptance(db: Db, actor: ProjectActor, input: ApplyInput): Promise<Acceptance> {
  requireScope(actor, "aggregation:write");
  const plan = await planAcceptance(db, actor, input);
  if (plan.applied) throw alreadyAccepted();
  const evidence = evidenceOf(plan);
  const { projectId, userId } = actor;
  const { jobId, label, epsilon, alpha } = plan;
  const id = newId();
  const { applied } = await inTransaction(db, async (tx) => {
    const written = await execute(
      tx,
      sql`insert into "Acceptance" ("id", "projectId", "jobId", "labelName", "threshold", "epsilon", "alpha", "accepted",
          "checked", "errors", "bound", "createdById", "createdAt")
        values (${id}::uuid, ${projectId}::uuid, ${jobId}::uuid, ${label}::text, ${evidence.threshold}::float8,
          ${epsilon}::float8, ${alpha}::float8, ${evidence.accepted}::int, ${evidence.checked}::int,
          ${evidence.errors}::int, ${evidence.bound}::float8, ${userId}::uuid, ${plan.asOf}::timestamptz)
        on conflict ("projectId", "jobId", "labelName") where "undoneAt" is null do nothing`,
    );
    if (written === 0) throw alreadyAccepted();
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "labels.accepted",
      target: id,
      details: { label, labels: evidence.accepted, epsilon, alpha, threshold: evidence.threshold },
      address: actor.address,
    });
    return readAcceptances(tx, { projectId, jobId, label });
  });
  if (!applied) throw new Error("the acceptance that was just made is gone");
  return applied;
}

function evidenceOf({ threshold, accepted, checked, errors, bound, reason, needed }: AcceptPlan) {
  if (threshold !== null && accepted !== null && checked !== null && errors !== null && bound !== null)
    return { threshold, accepted, checked, errors, bound };
  if (reason === "hidden")
    throw new AppError(
      "hidden_verdicts",
      "An open session hides some of these labels from you. Close it first, or ask an administrator to accept them.",
      { status: 409 },
    );
  throw new AppError(
    "not_certified",
    needed === null
      ? "Nothing can be promised about these labels. Allow more errors, or verify them."
      : `Nothing can be promised about these labels yet. Some ${needed} more of them, drawn at random and verified blind without an error, would do.`,
    { status: 409, details: { reason, needed } },
  );
}

const alreadyAccepted = () =>
  new AppError(
    "already_accepted",
    "Labels of this job are accepted already. Undo that first, to accept others.",
    { status: 409 },
  );
