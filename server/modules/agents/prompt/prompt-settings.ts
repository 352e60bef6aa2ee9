/** A solved case shown to the model; `labels` holds option values by label name. */
export type PromptExample = { text: string; labels: Record<string, string[]> };

/** The editable half of an agent's prompt; the other half is the label schema. */
export type PromptSettings = {
  /** Names of the labels that one answer gives. */
  labels: string[];
  answer: "text" | "json";
  /** The system message; none when blank. */
  system?: string | undefined;
  /** Blank means the default wording. */
  taskInstruction?: string | undefined;
  formatInstruction?: string | undefined;
  examples?: PromptExample[] | undefined;
  /** A whole user message written by hand; it replaces all sections but `system`. */
  template?: string | undefined;
};

/** One stretch of a message before the record is known. */
export type TemplatePart =
  | { kind: "fixed"; text: string }
  | { kind: "schema"; text: string }
  /** Left out for the record whose own text it shows. */
  | { kind: "example"; text: string; recordText: string }
  | { kind: "metadata"; name: string }
  /** The quotes around the record, as many as its text makes necessary. */
  | { kind: "fence" }
  | { kind: "input" };

export type SectionName = "system" | "task" | "options" | "examples" | "format" | "input" | "template";
export type TemplateSection = { name: SectionName; editable: boolean; parts: TemplatePart[] };

export type PromptTemplate = {
  system: TemplateSection | null;
  /** Sections of the user message, in order. */
  user: TemplateSection[];
  /** The user message as text, `{{input}}` and `{{metadata.name}}` where the record goes. */
  template: string;
};
