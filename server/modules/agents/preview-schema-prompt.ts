import { parseLabelSchema } from "@/contracts/label-schema-forms";
import { AppError } from "@/server/platform/errors";
import { buildTemplate } from "./prompt/build-template";

/**
 * The prompt that an agent gets by default from a label schema, saved or not; empty when it has no record-level label.
 * @throws AppError `invalid_schema` with one problem for each wrong field
 */
export function previewSchemaPrompt(labelSchema: unknown): { template: string } {
  const parsed = parseLabelSchema(labelSchema);
  if (!parsed.ok)
    throw new AppError("invalid_schema", "This label schema can't be prompted yet.", {
      errors: parsed.problems,
    });
  const labels = parsed.labels.filter(({ level }) => level === "record").map(({ name }) => name);
  if (labels.length === 0) return { template: "" };
  return { template: buildTemplate(parsed.labels, { labels, answer: "text" }).template };
}
