import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";

/** One stretch of a message before the record is known. */
export type TemplatePart =
  | { kind: "fixed"; text: string }
  | { kind: "schema"; text: string }
  /** Left out for the record whose own text it shows. */
  | { kind: "example"; text: string; recordText: string }
  /** Where the examples stand that are chosen for each record. */
  | { kind: "retrieved" }
  | { kind: "metadata"; name: string }
  /** The quotes around the record, as many as its text makes necessary. */
  | { kind: "fence" }
  | { kind: "input" };

export type SectionName = "system" | "task" | "options" | "examples" | "format" | "input" | "template";
export type TemplateSection = { name: SectionName; parts: TemplatePart[] };

export type PromptTemplate = {
  system: TemplateSection | null;
  /** Sections of the user message, in order. */
  user: TemplateSection[];
  /** The user message as text, `{{input}}` and `{{metadata.name}}` where the record goes. */
  template: string;
  /** How an example's answer is written. */
  answers: { labels: readonly LabelDefinition[]; form: PromptSettings["answer"] };
};
