import {
  buildTemplate,
  type LabelDefinition,
  type PromptMessage,
  type PromptSettings,
  renderTemplate,
} from "@/server/modules/agents";

export type JobRecord = { content: string; metadata: unknown; deleted: boolean };
export type MadePrompt =
  | { ok: true; messages: PromptMessage[] }
  | { ok: false; reason: string; message: string };

/**
 * Makes the prompts of a job: the template is built once, from the frozen agent and schema version. A record
 * whose prompt would have a hole is not asked: the model would answer something, and nobody would know.
 */
export function createPromptMaker(
  schema: readonly LabelDefinition[],
  settings: PromptSettings,
): (record: JobRecord) => MadePrompt {
  const template = buildTemplate(schema, settings);
  return ({ content, metadata, deleted }) => {
    if (deleted) return { ok: false, reason: "record_deleted", message: "The record was deleted." };
    const { messages, missingMetadata } = renderTemplate(template, { content, metadata: asObject(metadata) });
    const missing = [...new Set(missingMetadata)];
    return missing.length === 0
      ? { ok: true, messages }
      : {
          ok: false,
          reason: "missing_metadata",
          message: `The record has no ${missing.map((name) => `"${name}"`).join(", ")}, which the prompt shows.`,
        };
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
