import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { fixedItems, retrievalOf } from "@/contracts/prompt-examples";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { buildTemplate, promptedLabels } from "../prompt/build-template";
import { examplePart } from "../prompt/example-part";
import type { PromptTemplate } from "../prompt/prompt-template";
import { type RenderedPrompt, renderTemplate } from "../prompt/render-prompt";
import { createExampleFinder } from "./example-finder";
import type { Target } from "./example-pool";
import { createLeakageGuard } from "./leakage-guard";
import { readPool, readVectors } from "./read-examples";
import { readVerified, type VerifiedRecord } from "./read-verified";

export type MadePrompt = {
  rendered: RenderedPrompt;
  /** The record is an example of the prompt, or nearly repeats one: it must never be scored. */
  isExample: boolean;
};

export type OpenedPrompts = {
  template: PromptTemplate;
  /** Among how many verified records examples are looked for; null where they are fixed. */
  poolSize: number | null;
  /** The exact prompts of some records, in their order. */
  make(records: readonly Target[]): Promise<MadePrompt[]>;
};

type Asked = { projectId: string; schema: readonly LabelDefinition[]; prompt: PromptSettings };

/**
 * Gets the prompts of an agent ready: the template is built once, the examples are read once.
 * @param verified among which examples are looked for, where the prompt looks for them
 */
export async function openPrompts(
  db: Db,
  { projectId, schema, prompt }: Asked,
  verified: readonly VerifiedRecord[],
): Promise<OpenedPrompts> {
  const retrieval = retrievalOf(prompt.examples);
  const items = fixedItems(prompt.examples) ?? [];
  // Their values stand in the template; here they are read for their texts.
  const records = items.flatMap(({ recordId }) => (recordId ? [{ recordId, labels: {} }] : []));
  const pool = await readPool(db, projectId, retrieval ? verified : records);
  const texts = new Map(pool.map(({ recordId, content }) => [recordId, content]));
  const template = buildTemplate(schema, prompt, texts);
  const written = items.flatMap(({ text }) => (text === undefined ? [] : [{ content: text }]));
  const guards = createLeakageGuard([...pool, ...written]);
  const find = retrieval
    ? await createExampleFinder(pool, retrieval, prompt.labels[0] ?? "", {
        readVectors: (ids) => readVectors(db, projectId, retrieval.vectors, ids),
        canShow: (example) => examplePart(example, template.answers).length > 0,
      })
    : null;
  return {
    template,
    poolSize: retrieval ? pool.length : null,
    async make(targets) {
      const chosen = find ? await find(targets) : [];
      return targets.map((target, place) => ({
        rendered: renderTemplate(template, target, chosen[place]),
        isExample: guards(target),
      }));
    },
  };
}

/** The verified records among which a prompt's examples are looked for now; none where it looks for none. */
export async function findExamplePool(
  db: Db,
  actor: ProjectActor,
  schema: readonly LabelDefinition[],
  prompt: PromptSettings,
): Promise<VerifiedRecord[]> {
  const retrieval = retrievalOf(prompt.examples);
  return retrieval ? readVerified(db, actor, promptedLabels(schema, prompt), retrieval.from) : [];
}

/** Whether a prompt's examples are looked for, for each record anew. */
export const looksForExamples = ({ examples }: PromptSettings): boolean => retrievalOf(examples) !== null;

/** The prompts of what nobody has run yet: examples are looked for among what is verified now. */
export async function openDraft(
  db: Db,
  actor: ProjectActor,
  schema: readonly LabelDefinition[],
  prompt: PromptSettings,
): Promise<OpenedPrompts> {
  const verified = await findExamplePool(db, actor, schema, prompt);
  return openPrompts(db, { projectId: actor.projectId, schema, prompt }, verified);
}
