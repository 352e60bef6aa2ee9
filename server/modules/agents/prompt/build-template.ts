import { type PromptSettings, promptDefaults } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type FixedExample, fixedItems, spansIn } from "@/contracts/prompt-examples";
import { examplePart, shownExample } from "./example-part";
import { fenceInput } from "./fence";
import { countVariable, readPlaceholders, type SourceToken } from "./placeholders";
import type { PromptTemplate, SectionName, TemplatePart, TemplateSection } from "./prompt-template";
import { recordPlace } from "./record-places";
import { exampleAnswer, formatSample, optionList, optionPhrase, spanInstruction } from "./wording";

/** Texts of the records that are fixed examples, by id. */
export type ExampleTexts = ReadonlyMap<string, string>;
type Settings = PromptSettings & { texts: ExampleTexts | null };

/**
 * Builds the prompt of an agent from the label schema and the agent's settings: everything but the record.
 * Options are shown by text. The options get a list of their own where they have descriptions or where the
 * instructions do not name them. Expects settings that `validateTemplate` accepts.
 *
 * @param schema label definitions of the schema version; only those named in `settings.labels` are used
 * @param texts of records that are examples; an example whose text is not there, or empty, is left out. Without
 * them the place of each is shown instead, as in what is kept of a version.
 */
export function buildTemplate(
  schema: readonly LabelDefinition[],
  prompt: PromptSettings,
  texts: ExampleTexts | null = null,
): PromptTemplate {
  const settings: Settings = { ...prompt, texts };
  const labels = promptedLabels(schema, settings);
  const sections = settings.template?.trim()
    ? [section("template", settings.template, labels, settings)]
    : builtSections(labels, settings);
  return {
    system: settings.system?.trim() ? section("system", settings.system, labels, settings) : null,
    user: sections,
    template: sections.map((item) => item.parts.map(partSource).join("")).join("\n\n"),
    answers: { labels, form: settings.answer },
  };
}

/** The schema's labels in the order in which the prompt asks for them. */
export function promptedLabels(
  schema: readonly LabelDefinition[],
  settings: PromptSettings,
): LabelDefinition[] {
  return settings.labels.flatMap((name) => schema.find((label) => label.name === name) ?? []);
}

function builtSections(labels: LabelDefinition[], settings: Settings): TemplateSection[] {
  const written = (text: string | undefined, byDefault: string) => (text?.trim() ? text : byDefault);
  const task = written(settings.taskInstruction, promptDefaults.taskInstruction);
  const format = written(settings.formatInstruction, promptDefaults.formatInstruction[settings.answer]);
  const block = written(settings.inputBlock, promptDefaults.inputBlock);
  const named = countVariable(task, "options") + countVariable(format, "options") > 0;
  const listed = labels.filter(
    (label) => !named || label.description || label.options.some((o) => o.description),
  );
  const placed = countVariable(task, "input") + countVariable(format, "input") > 0;
  return [
    section("task", task, labels, settings),
    ...(listed.length > 0 ? [optionsSection(listed, labels)] : []),
    ...(fixedItems(settings.examples)?.length === 0
      ? []
      : [{ name: "examples" as const, parts: exampleParts(labels, settings) }]),
    section("format", format, labels, settings),
    ...spanSections(labels),
    ...(placed ? [] : [section("input", block, labels, settings)]),
  ];
}

function spanSections(labels: LabelDefinition[]): TemplateSection[] {
  const text = spanInstruction(labels);
  return text === null ? [] : [{ name: "format", parts: [{ kind: "schema", text }] }];
}

function optionsSection(listed: LabelDefinition[], labels: LabelDefinition[]): TemplateSection {
  const text = listed.map((label) => optionList(label, labels)).join("\n\n");
  return { name: "options", parts: [{ kind: "schema", text }] };
}

function exampleParts(labels: LabelDefinition[], settings: Settings): TemplatePart[] {
  const heading: TemplatePart = { kind: "fixed", text: "Examples:" };
  const items = fixedItems(settings.examples);
  if (items === null) return [heading, { kind: "retrieved" }];
  const answers = { labels, form: settings.answer };
  return [heading, ...items.flatMap((item) => fixedExample(item, answers, settings.texts))];
}

function fixedExample(
  { text, recordId = "", labels }: FixedExample,
  answers: PromptTemplate["answers"],
  texts: ExampleTexts | null,
): TemplatePart[] {
  if (text === undefined && texts === null) return [placeOfRecord(recordId, labels, answers)];
  const shown = text ?? texts?.get(recordId);
  return shown ? examplePart({ text: shown, labels }, answers) : [];
}

/** A record's text is not kept: of its spans, the places are shown. */
function placeOfRecord(
  recordId: string,
  labels: FixedExample["labels"],
  { labels: asked, form }: PromptTemplate["answers"],
): TemplatePart {
  const records = asked.filter(({ level }) => level === "record");
  const spans = asked.filter(({ level }) => level === "span");
  const answer = exampleAnswer({ text: "", labels }, records, form) ?? "";
  const places = spans.map(({ name }) => `${name}: ${JSON.stringify(spansIn(labels, name))}`);
  return shownExample(recordPlace(recordId), [answer, ...places].join("\n"));
}

function section(
  name: SectionName,
  source: string,
  labels: LabelDefinition[],
  settings: Settings,
): TemplateSection {
  const parts = blocks(source).flatMap(({ lines, perLabel }, index) => {
    const separator: TemplatePart[] = index > 0 ? [{ kind: "fixed", text: "\n" }] : [];
    if (!perLabel) return [...separator, ...fill(lines, labels, null, settings)];
    return [
      ...separator,
      ...labels.flatMap((label, at): TemplatePart[] => [
        ...(at > 0 ? [{ kind: "fixed" as const, text: "\n" }] : []),
        ...fill(lines, labels, label, settings),
      ]),
    ];
  });
  return { name, parts: fenceInput(mergeFixed(parts)) };
}

/** Neighbouring lines that speak of one label are repeated together, once for each label; the others stand once. */
function blocks(source: string): { lines: string; perLabel: boolean }[] {
  const found: { lines: string; perLabel: boolean }[] = [];
  for (const line of source.split("\n")) {
    const perLabel = countVariable(line, "name") + countVariable(line, "options") > 0;
    const last = found.at(-1);
    if (last?.perLabel === perLabel) last.lines += `\n${line}`;
    else found.push({ lines: line, perLabel });
  }
  return found;
}

function fill(
  source: string,
  labels: LabelDefinition[],
  label: LabelDefinition | null,
  settings: Settings,
): TemplatePart[] {
  return readPlaceholders(source).flatMap((token): TemplatePart[] => {
    if (token.kind === "text") return [{ kind: "fixed", text: token.text }];
    if (token.kind === "metadata") return [token];
    return variableParts(token, labels, label, settings);
  });
}

function variableParts(
  token: Extract<SourceToken, { kind: "variable" | "unknown" }>,
  labels: LabelDefinition[],
  label: LabelDefinition | null,
  settings: Settings,
): TemplatePart[] {
  switch (token.name) {
    case "input":
      return [{ kind: "input" }];
    case "examples":
      return fixedItems(settings.examples)?.length === 0 ? [] : exampleParts(labels, settings);
    case "format_sample":
      return [
        {
          kind: "schema",
          text: formatSample(labels, settings.answer, { verbalised: settings.confidence === "verbalised" }),
        },
      ];
    case "name":
      return [{ kind: "schema", text: label?.name ?? "" }];
    case "options":
      return [{ kind: "schema", text: label ? optionPhrase(label) : "" }];
    default:
      return [{ kind: "fixed", text: `{{${token.name}}}` }];
  }
}

function mergeFixed(parts: TemplatePart[]): TemplatePart[] {
  const merged: TemplatePart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.kind === "fixed" && last?.kind === "fixed")
      merged[merged.length - 1] = { kind: "fixed", text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

function partSource(part: TemplatePart): string {
  if (part.kind === "input") return "{{input}}";
  if (part.kind === "metadata") return `{{metadata.${part.name}}}`;
  if (part.kind === "retrieved") return "\n\n{{examples}}";
  return part.kind === "fence" ? "'''" : part.text;
}
