import {
  type ModelConfig,
  type PromptSection,
  type PromptSettings,
  promptDefaults,
  promptSections,
  type VersionDiff,
} from "./agents";
import type { JsonValue } from "./common";
import { diffLines } from "./line-diff";
import { type FixedExample, fixedItems, retrievalOf } from "./prompt-examples";

/** What an agent version is made of. */
export type VersionContent = {
  provider: string;
  baseUrl: string | null;
  model: ModelConfig;
  prompt: PromptSettings;
};

/**
 * A section of a prompt as text: a blank one reads as the default wording that stands for it, or "".
 * @param exampleText a fixed example in words; by default as it is stored
 */
export function sectionText(
  prompt: PromptSettings,
  section: PromptSection,
  exampleText: (example: FixedExample) => string = storedExample,
): string {
  if (section !== "examples") return prompt[section]?.trim() ? prompt[section] : defaultText(prompt, section);
  return examplesText(prompt, exampleText);
}

const storedExample = ({ text, recordId, labels }: FixedExample): string =>
  `${text ?? `record ${recordId}`}\n→ ${canonical(labels)}`;

function examplesText({ examples }: PromptSettings, exampleText: (example: FixedExample) => string): string {
  const retrieval = retrievalOf(examples);
  if (!retrieval) return (fixedItems(examples) ?? []).map(exampleText).join("\n");
  const { k, by, vectors, balanced, from } = retrieval;
  const nearest = by === "text" ? "by wording" : `by vectors${vectors ? ` ${vectors}` : ""}`;
  return [
    `the ${k} verified records nearest ${nearest}${balanced ? ", balanced" : ""}`,
    ...(from.jobIds ? [`of jobs ${from.jobIds.join(", ")}`] : []),
    ...(from.subsetId ? [`of subset ${from.subsetId}`] : []),
  ].join("\n");
}

function defaultText({ answer, template }: PromptSettings, section: PromptSection): string {
  // A message written by hand stands in the place of the built sections.
  if (template?.trim()) return "";
  if (section === "formatInstruction") return promptDefaults.formatInstruction[answer];
  return section === "taskInstruction" || section === "inputBlock" ? promptDefaults[section] : "";
}

type Fields = Map<string, JsonValue>;

/** What changed between two versions of an agent. A blank section and an absent one are the same. */
export function diffVersions(before: VersionContent, after: VersionContent): VersionDiff {
  const fields = [...diffFields(fieldsOf(before), fieldsOf(after))];
  const sections = promptSections.flatMap((section) => {
    const [old, fresh] = [sectionText(before.prompt, section), sectionText(after.prompt, section)];
    return old === fresh ? [] : [{ section, lines: diffLines(old, fresh) }];
  });
  return { changed: fields.length + sections.length > 0, fields, sections };
}

function fieldsOf({ provider, baseUrl, model, prompt }: VersionContent): Fields {
  const fields: Fields = new Map<string, JsonValue>([
    ["provider", provider],
    ["baseUrl", baseUrl],
    ["prompt.labels", prompt.labels],
    ["prompt.answer", prompt.answer],
    ["prompt.confidence", prompt.confidence ?? null],
    ["prompt.samples", prompt.samples ?? null],
    ["prompt.agreeWith", prompt.agreeWith ?? null],
  ]);
  for (const name of ["confidence", "samples", "agreeWith"] as const)
    if (prompt[name] !== undefined) fields.set(`prompt.${name}`, prompt[name]);
  flatten("model", model, fields);
  return fields;
}

function flatten(path: string, value: JsonValue | ModelConfig | undefined, into: Fields): void {
  if (value === undefined) return;
  if (typeof value !== "object" || value === null || Array.isArray(value)) into.set(path, value);
  else for (const [key, item] of Object.entries(value)) flatten(`${path}.${key}`, item, into);
}

function* diffFields(before: Fields, after: Fields): Generator<VersionDiff["fields"][number]> {
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const change = { path, before: before.get(path) ?? null, after: after.get(path) ?? null };
    if (canonical(change.before) !== canonical(change.after)) yield change;
  }
}

/** JSON with sorted keys: the order in which a client wrote them is no change. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
