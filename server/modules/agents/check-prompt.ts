import { type PromptSettings, promptSettings } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { checkExamples } from "./examples/check-examples";
import { promptIssues } from "./prompt/prompt-issues";
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
  if (!parsed.success) return { ok: false, problems: promptIssues(parsed.error) };
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
