import type { z } from "zod";
import type { estimateInput, LabelEstimate } from "@/contracts/estimates";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { getSchemaLabels } from "@/server/modules/projects";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { requireJobLabel } from "../require-job-label";
import { estimateLabels } from "../statistics/estimates/estimate-labels";
import { readLabelGroups, readSessionDraws } from "./read-label-groups";

type Input = Omit<z.infer<typeof estimateInput>, "project">;

/**
 * How good all labels of a job are, and how often each option is right, from those that people checked one by one and from
 * how these came to be checked. Whoever asks gets figures of what they may see.
 * @throws AppError `invalid` at `jobId` or `label`
 */
export async function estimateJobLabels(
  db: Db,
  actor: ProjectActor,
  { jobId, label }: Input,
): Promise<LabelEstimate> {
  requireScope(actor, "compare:read");
  const options = await requireOptions(db, actor.projectId, { jobId, label });
  const of = { sight: await loadSight(db, actor), jobId, label };
  const asOf = new Date().toISOString();
  const groups = await readLabelGroups(db, of);
  const sessionIds = [...new Set(groups.flatMap(({ sessionId }) => sessionId ?? []))];
  const draws = sessionIds.length === 0 ? [] : await readSessionDraws(db, { ...of, sessionIds });
  return { asOf, jobId, label, ...estimateLabels({ groups, draws, options }) };
}

/** The options of the label in the schema version that the job froze. */
async function requireOptions(db: Db, projectId: string, { jobId, label }: Input): Promise<string[]> {
  const labels = await getSchemaLabels(db, projectId, await requireJobLabel(db, projectId, { jobId, label }));
  const definition = labels.find(({ name }) => name === label);
  if (definition?.level === "record") return definition.options.map(({ value }) => value);
  const message = "is a label for spans; shares are estimated of labels of whole records";
  throw new AppError("invalid", `label ${message}.`, { errors: [{ path: "label", message }] });
}
