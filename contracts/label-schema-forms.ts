import { z } from "zod";
import { type FieldProblem, isStorable } from "./common";
import { type LabelDefinition, labelDefinitions } from "./label-schema";

const WRAPPERS = ["labelSchema", "label_schema", "schemas"] as const;

/**
 * Finds the list of labels in what was sent or pasted: the list itself, ours `{labelSchema}`, MEGAnno's
 * `{label_schema}`, an item of its `GET /schemas` (`{schemas: {label_schema}}`), or the JSON text of any of
 * these. What is none of them comes back as it is, for the parser to refuse.
 */
function unwrapLabelSchema(given: unknown): unknown {
  if (typeof given === "string") {
    const parsed = parseJson(given);
    return parsed === undefined ? given : unwrapLabelSchema(parsed);
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const entries = new Map(Object.entries(given));
  const wrapper = WRAPPERS.find((name) => entries.has(name));
  return wrapper ? unwrapLabelSchema(entries.get(wrapper)) : given;
}

/** MEGAnno's older name of the span level. */
const renameLevel = (label: unknown): unknown =>
  typeof label === "object" && label !== null && "level" in label && label.level === "span_ch"
    ? { ...label, level: "span" }
    : label;

export type ParsedLabelSchema =
  | { ok: true; labels: LabelDefinition[] }
  | { ok: false; problems: FieldProblem[] };

/**
 * Reads a label schema in any form that {@link unwrapLabelSchema} knows into the form that is kept: trimmed,
 * without fields that say nothing (`multi: false`, an empty description).
 */
export function parseLabelSchema(given: unknown): ParsedLabelSchema {
  if (typeof given === "string" && parseJson(given) === undefined)
    return { ok: false, problems: [{ path: "labelSchema", message: "must be JSON" }] };
  const list = unwrapLabelSchema(given);
  const parsed = labelDefinitions.safeParse(Array.isArray(list) ? list.map(renameLevel) : list);
  if (parsed.success) return { ok: true, labels: parsed.data.map(withoutEmptyFields) };
  const problems = parsed.error.issues.slice(0, 100).map(({ path, message }) => ({
    path: ["labelSchema", ...path].map(String).join("."),
    message,
  }));
  return { ok: false, problems };
}

/** A label schema as MEGAnno's `set_schemas` takes it: only what it knows, so without descriptions and colours. */
export function toMegannoSchema(labels: readonly LabelDefinition[]): unknown {
  return {
    label_schema: labels.map(({ name, level, options }) => ({
      name,
      level,
      options: options.map(({ value, text }) => ({ value, text })),
    })),
  };
}

const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== "";

function withoutEmptyFields(label: LabelDefinition): LabelDefinition {
  const { name, level, multi, description, guidelines, options } = label;
  return {
    name,
    level,
    ...(multi ? { multi } : {}),
    ...(filled(description) ? { description } : {}),
    ...(filled(guidelines) ? { guidelines } : {}),
    options: options.map((option) => ({
      value: option.value,
      text: option.text,
      ...(filled(option.description) ? { description: option.description } : {}),
      ...(option.color === undefined ? {} : { color: option.color }),
      ...(option.hotkey === undefined ? {} : { hotkey: option.hotkey }),
    })),
  };
}

function parseJson(text: string): unknown {
  if (!isStorable(text)) return undefined;
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    // Not JSON: the caller says what was expected.
    return undefined;
  }
}
