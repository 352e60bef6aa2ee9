import { type PromptSettings, promptVariables } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import { fixedItems } from "@/contracts/prompt-examples";
import { promptedLabels } from "./build-template";
import { countVariable, readPlaceholders } from "./placeholders";
import { answerFormProblems } from "./validate-answer-form";
import { exampleProblems } from "./validate-examples";

/** What is known of the project's record metadata; a name in `gold` may never reach a model. */
export type MetadataNames = { known?: readonly string[] | undefined; gold?: readonly string[] | undefined };

type Source = {
  path: "system" | "taskInstruction" | "formatInstruction" | "inputBlock" | "template";
  text: string;
};

/**
 * Lists everything that keeps a prompt from being used: unknown labels, a lost or doubled input, lost options,
 * unknown variables, gold metadata, examples that do not fit the schema. Empty when the prompt is good.
 * Paths are relative to the prompt settings.
 */
export function validateTemplate(
  schema: readonly LabelDefinition[],
  settings: PromptSettings,
  metadata: MetadataNames = {},
): FieldProblem[] {
  const labels = promptedLabels(schema, settings);
  const sources = usedSources(settings);
  return [
    ...labelProblems(schema, settings),
    ...inputProblems(sources),
    ...optionProblems(labels, sources),
    ...sources.flatMap((source) => variableProblems(source, metadata)),
    ...(fixedItems(settings.examples) ?? []).flatMap((example, index) =>
      exampleProblems(
        example,
        `${Array.isArray(settings.examples) ? "examples" : "examples.items"}.${index}`,
        labels,
      ),
    ),
    ...unplacedExamples(settings),
    ...answerFormProblems(settings, labels),
  ];
}

function usedSources(settings: PromptSettings): Source[] {
  const names = settings.template?.trim()
    ? (["system", "template"] as const)
    : (["system", "taskInstruction", "formatInstruction", "inputBlock"] as const);
  return names.flatMap((path) => (settings[path]?.trim() ? [{ path, text: settings[path] }] : []));
}

function labelProblems(schema: readonly LabelDefinition[], settings: PromptSettings): FieldProblem[] {
  if (settings.labels.length === 0) return [{ path: "labels", message: "must name at least one label" }];
  const known = schema.map((label) => label.name);
  return settings.labels.flatMap((name, index) => {
    const path = `labels.${index}`;
    const label = schema.find((candidate) => candidate.name === name);
    if (!label)
      return [{ path, message: `the schema has no label "${name}"; it has ${known.join(", ") || "none"}` }];
    if (settings.labels.indexOf(name) < index) return [{ path, message: `label "${name}" stands twice` }];
    return [];
  });
}

function inputProblems(sources: Source[]): FieldProblem[] {
  const inSystem: FieldProblem[] = sources
    .filter(({ path, text }) => path === "system" && countVariable(text, "input") > 0)
    .map(({ path }) => ({
      path,
      message: "{{input}} belongs in the user message, not in the system message",
    }));
  const counted = sources
    .filter(({ path }) => path !== "system")
    .map(({ path, text }) => ({ path, count: countVariable(text, "input") }));
  const lost = counted.find(
    ({ path, count }) => count === 0 && (path === "template" || path === "inputBlock"),
  );
  if (lost)
    return [...inSystem, { path: lost.path, message: "has lost the record: it must hold {{input}} once" }];
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const path = counted.findLast(({ count }) => count > 0)?.path;
  return total > 1 && path
    ? [...inSystem, { path, message: `holds the record more than once: {{input}} stands ${total} times` }]
    : inSystem;
}

function optionProblems(labels: LabelDefinition[], sources: Source[]): FieldProblem[] {
  const template = sources.find(({ path }) => path === "template");
  if (!template || countVariable(template.text, "options") > 0) return [];
  return labels.flatMap((label) => {
    const lost = label.options
      .filter((option) => !template.text.includes(option.text))
      .map((option) => option.text);
    return lost.length > 0
      ? [
          {
            path: "template",
            message: `has lost the options of "${label.name}": it must hold {{options}}, or name ${lost.join(", ")}`,
          },
        ]
      : [];
  });
}

function variableProblems({ path, text }: Source, { known, gold }: MetadataNames): FieldProblem[] {
  const usable = promptVariables.filter((name) => name !== "examples" || path === "template");
  return readPlaceholders(text).flatMap((token) => {
    if (token.kind === "metadata") {
      if (gold?.includes(token.name))
        return [{ path, message: `{{metadata.${token.name}}} is gold: it would tell the model the answer` }];
      return known && !known.includes(token.name)
        ? [{ path, message: `no record has metadata named "${token.name}"` }]
        : [];
    }
    const unknown = token.kind === "unknown" || (token.kind === "variable" && !usable.includes(token.name));
    return unknown
      ? [
          {
            path,
            message: `unknown variable {{${token.name}}}; known are ${[...usable, "metadata.<name>"].map((name) => `{{${name}}}`).join(", ")}`,
          },
        ]
      : [];
  });
}

function unplacedExamples(settings: PromptSettings): FieldProblem[] {
  const lost =
    settings.template?.trim() &&
    fixedItems(settings.examples)?.length !== 0 &&
    countVariable(settings.template, "examples") === 0;
  return lost ? [{ path: "template", message: "has lost the examples: it must hold {{examples}}" }] : [];
}
