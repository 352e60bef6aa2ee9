import type { z } from "zod";
import { type PromptSettings, promptSettings } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { checkExamples } from "./examples/check-examples";
import { type MetadataNames, validateTemplate } from "./prompt/validate-template";

type CheckedPrompt = { ok: true; settings: PromptSettings } | { ok: false; problems: FieldProblem[] };

/**
 * Checks what somebody wants a prompt to be against a label schema and the project's records, and completes its
 * examples by their verified values. All problems at once, with paths relative to the prompt.
 */
export async function checkPrompt(
  db: Db,
  actor: ProjectActor,
  schema: readonly LabelDefinition[],
  input: unknown,
): Promise<CheckedPrompt> {
  const parsed = promptSettings.safeParse(input);
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.flatMap((issue) => promptIssue(issue)) };
  const metadata = await readMetadataNames(db, actor);
  const { settings, problems } = await checkExamples(db, actor, schema, parsed.data);
  const all = [...problems, ...validateTemplate(schema, settings, metadata)];
  return all.length > 0 ? { ok: false, problems: all } : { ok: true, settings };
}

async function readMetadataNames(db: Db, { projectId }: ProjectActor): Promise<MetadataNames> {
  const names = await db.metadataName.findMany({
    where: { projectId },
    select: { name: true, visibility: true },
  });
  return {
    known: names.map(({ name }) => name),
    gold: names.filter(({ visibility }) => visibility === "gold").map(({ name }) => name),
  };
}

function promptIssue(issue: z.core.$ZodIssue, parent: readonly PropertyKey[] = []): FieldProblem[] {
  const place = [...parent, ...issue.path];
  const path = place.join(".");
  if (issue.code === "invalid_union") {
    // Of several forms, the one meant is that whose problem lies deepest.
    const meant = issue.errors.find((form) => form.every((inner) => inner.path.length > 0));
    if (meant) return meant.flatMap((inner) => promptIssue(inner, place));
  }
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: path === "" ? key : `${path}.${key}`,
    message: "unknown setting",
  }));
}
