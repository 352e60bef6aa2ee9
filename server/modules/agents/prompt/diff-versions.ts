import type { ModelConfig } from "../model-config";
import { diffLines, type LineChange } from "./diff-lines";
import type { PromptSettings } from "./prompt-settings";

/** What an agent version is made of. */
export type VersionContent = {
  provider: string;
  baseUrl?: string | null | undefined;
  model: ModelConfig;
  prompt: PromptSettings;
};

export type ParameterChange = { path: string; before: unknown; after: unknown };
export type SectionChange = { section: string; lines: LineChange[] };

export type VersionDiff = {
  changed: boolean;
  /** Changed parameters (`model.temperature`, `prompt.labels`), a missing one as null. */
  parameters: ParameterChange[];
  /** Changed texts of the prompt, line by line. */
  sections: SectionChange[];
};

const TEXT_SECTIONS = ["system", "taskInstruction", "formatInstruction", "template"] as const;

/** What changed between two versions of an agent. A blank section and an absent one are the same. */
export function diffVersions(before: VersionContent, after: VersionContent): VersionDiff {
  const parameters = [...diffParameters(parametersOf(before), parametersOf(after))];
  const sections = [
    ...TEXT_SECTIONS.map(
      (section) => [section, before.prompt[section] ?? "", after.prompt[section] ?? ""] as const,
    ),
    ["examples", exampleLines(before.prompt), exampleLines(after.prompt)] as const,
  ].flatMap(([section, old, fresh]): SectionChange[] =>
    old === fresh || (old.trim() === "" && fresh.trim() === "")
      ? []
      : [{ section, lines: diffLines(old, fresh) }],
  );
  return { changed: parameters.length + sections.length > 0, parameters, sections };
}

function parametersOf(version: VersionContent): Map<string, unknown> {
  const parameters = new Map<string, unknown>([
    ["provider", version.provider],
    ["baseUrl", version.baseUrl],
    ["prompt.labels", version.prompt.labels],
    ["prompt.answer", version.prompt.answer],
  ]);
  flatten("model", version.model, parameters);
  return parameters;
}

function flatten(path: string, value: unknown, into: Map<string, unknown>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) into.set(path, value);
  else for (const [key, item] of Object.entries(value)) flatten(`${path}.${key}`, item, into);
}

function* diffParameters(
  before: Map<string, unknown>,
  after: Map<string, unknown>,
): Generator<ParameterChange> {
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

function exampleLines({ examples = [] }: PromptSettings): string {
  return examples.map((example) => `${example.text}\n→ ${canonical(example.labels)}`).join("\n");
}
