import type { ResolveAnswerInput, ResolvedAnswers } from "@/contracts/job-triage";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type ProjectActor, recordAudit, requireScope } from "@/server/modules/access";
import { requireManyLabel, resolveLabel, writeAnnotations } from "@/server/modules/annotations";
import { findActiveSchema } from "@/server/modules/projects";
import { type Db, inTransaction } from "@/server/platform/db";
import { announceJob } from "../job-events";
import { requireInvalid, sameAnswers, wrong } from "./same-answers";

const RESOLVE_TIMEOUT = 120_000;

/**
 * Says in a person's name what an answer that could not be read means: it becomes the person's annotation, with the
 * job in its metadata (`resolvedFrom`), or their answer that the text holds nothing to mark, with the job in the
 * history. The job's own labels and counts stay. For one record, or for all whose answer
 * has the same text; of those, records to which the person gave this label before keep it.
 * @throws AppError `not_found` for job or item, `conflict` when its answer was read, `invalid` or `invalid_value`
 * naming the field
 */
export async function resolveAnswer(
  db: Db,
  actor: ProjectActor,
  input: Omit<ResolveAnswerInput, "project">,
): Promise<ResolvedAnswers> {
  requireScope(actor, "jobs:read");
  const { projectId, userId, address } = actor;
  const { id, recordId, label, sameText } = input;
  return inTransaction(
    db,
    async (tx) => {
      await requireInvalid(tx, projectId, input);
      const definition = await findLabel(tx, actor, label);
      const own = await resolveOne(tx, actor, input, definition);
      const others = sameText ? await sameAnswers(tx, projectId, id, recordId) : [];
      const shared =
        others.length > 0 ? await resolveOthers(tx, actor, input, others) : { resolved: 0, kept: 0 };
      const total = { resolved: own + shared.resolved, kept: shared.kept };
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "job.answers_resolved",
        target: id,
        details: { label, recordId, sameText, ...total },
        address,
      });
      await announceJob(tx, id);
      return total;
    },
    { timeoutMs: RESOLVE_TIMEOUT },
  );
}

async function findLabel(tx: Db, actor: ProjectActor, name: string): Promise<LabelDefinition> {
  const schema = await findActiveSchema(tx, actor);
  const definition = schema?.labelSchema.find((label) => label.name === name);
  if (!definition) throw wrong("label", "is no longer in the label schema");
  return definition;
}

async function resolveOne(
  tx: Db,
  actor: ProjectActor,
  { id, recordId, label, value, spans, sameText }: Omit<ResolveAnswerInput, "project">,
  { level }: LabelDefinition,
): Promise<number> {
  const metadata = { resolvedFrom: id };
  if (level === "span") {
    if (sameText) throw wrong("sameText", "can't be used for a label of spans: each text has its own");
    if (value.length > 0 || !spans)
      throw wrong("spans", "must say which spans there are, and be empty where there is nothing to mark");
  } else if (spans?.length || value.length === 0) throw wrong("value", "must be an option of the label");
  const given =
    level === "record"
      ? [{ name: label, value, metadata }]
      : spans?.length
        ? spans.map((span) => ({ name: label, ...span, metadata }))
        : [{ name: label, value: [], status: "NONE" as const, metadata }];
  // What stands already would not be written again, and nothing would say that it answers for this job.
  if (spans?.length === 0)
    await writeAnnotations(tx, actor, { items: [{ recordId, labels: [{ name: label, value: [] }] }] });
  await writeAnnotations(tx, actor, { items: [{ recordId, labels: given }] });
  return 1;
}

async function resolveOthers(
  tx: Db,
  actor: ProjectActor,
  { id, label, value }: Omit<ResolveAnswerInput, "project">,
  ids: readonly string[],
): Promise<ResolvedAnswers> {
  const given = await requireManyLabel(tx, actor, { name: label, value }, "label");
  return resolveLabel(tx, actor, given, { ids, metadata: { resolvedFrom: id } });
}
