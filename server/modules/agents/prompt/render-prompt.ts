import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { PromptExample } from "@/contracts/prompt-examples";
import { buildTemplate } from "./build-template";
import { examplePart } from "./example-part";
import { fenceFor } from "./fence";
import type { PromptTemplate, TemplatePart, TemplateSection } from "./prompt-template";

export type PromptRecord = { content: string; metadata?: Record<string, unknown> | undefined };
export type PromptMessage = { role: "system" | "user"; content: string };

/** Where a stretch of a message comes from. `start` and `end` are UTF-16 offsets, end exclusive. */
type PromptSegment = {
  message: number;
  start: number;
  end: number;
  kind: "fixed" | "schema" | "input" | "metadata" | "example";
};

export type RenderedPrompt = {
  messages: PromptMessage[];
  /** In order and without gaps: joined, they are the messages. */
  segments: PromptSegment[];
  /** Variables that this record has no value for; they were filled with nothing. */
  missingMetadata: string[];
};

/**
 * The exact messages that an agent sends for one record. The record's content stands verbatim in the last
 * message, which is the user's, and nothing in it is ever read as a placeholder: filling is a single pass over
 * parts, not a search in text. An example that shows this very record is left out, for it would give the answer.
 */
export function renderPrompt(
  schema: readonly LabelDefinition[],
  settings: PromptSettings,
  record: PromptRecord,
): RenderedPrompt {
  return renderTemplate(buildTemplate(schema, settings), record);
}

/**
 * As `renderPrompt`, for a template that is built once and rendered for many records.
 * @param chosen the examples for this record, where the prompt looks for them
 */
export function renderTemplate(
  template: PromptTemplate,
  record: PromptRecord,
  chosen: readonly PromptExample[] = [],
): RenderedPrompt {
  const rendered: RenderedPrompt = { messages: [], segments: [], missingMetadata: [] };
  const examples = chosen.flatMap((example) => examplePart(example, template.answers));
  const filled = (section: TemplateSection): TemplateSection => ({
    name: section.name,
    parts: section.parts.flatMap((part) => (part.kind === "retrieved" ? examples : [part])),
  });
  if (template.system) appendMessage(rendered, "system", [filled(template.system)], record);
  appendMessage(rendered, "user", template.user.map(filled), record);
  return rendered;
}

function appendMessage(
  rendered: RenderedPrompt,
  role: PromptMessage["role"],
  sections: TemplateSection[],
  record: PromptRecord,
): void {
  const message = rendered.messages.length;
  let content = "";
  const append = (kind: PromptSegment["kind"], text: string) => {
    if (text === "") return;
    const last = rendered.segments.at(-1);
    const start = content.length;
    content += text;
    if (last?.message === message && last.kind === kind) last.end = content.length;
    else rendered.segments.push({ message, start, end: content.length, kind });
  };
  const shown = sections
    .map((section) => withoutOwnExample(section, record))
    .filter((parts) => parts.length > 0);
  shown.forEach((parts, index) => {
    if (index > 0) append("fixed", "\n\n");
    for (const part of parts) appendPart(part, record, append, rendered.missingMetadata);
  });
  rendered.messages.push({ role, content });
}

function withoutOwnExample(section: TemplateSection, record: PromptRecord): TemplatePart[] {
  const parts = section.parts.filter((part) => part.kind !== "example" || part.recordText !== record.content);
  const onlyHeading = section.name === "examples" && !parts.some((part) => part.kind === "example");
  return onlyHeading ? [] : parts;
}

function appendPart(
  part: TemplatePart,
  record: PromptRecord,
  append: (kind: PromptSegment["kind"], text: string) => void,
  missing: string[],
): void {
  switch (part.kind) {
    case "input":
      append("input", record.content);
      break;
    case "fence":
      append("fixed", fenceFor(record.content));
      break;
    case "metadata": {
      const value = metadataText(record.metadata, part.name);
      if (value === null) missing.push(part.name);
      append("metadata", value ?? "");
      break;
    }
    case "retrieved":
      break;
    default:
      append(part.kind, part.text);
  }
}

function metadataText(metadata: Record<string, unknown> | undefined, name: string): string | null {
  const value = metadata && Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
