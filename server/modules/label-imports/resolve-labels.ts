import type { ImportErrorCode } from "@/contracts/imports";
import type { LabelImportOptions } from "@/contracts/label-imports";
import type { LabelDefinition } from "@/contracts/label-schema";
import { TextOffsets } from "@/contracts/text-offsets";
import { normalizeValue } from "@/server/modules/annotations";
import type { PeerItem, PeerLabel } from "@/server/modules/peers";
import { newId } from "@/server/platform/ids";

/** A label as it waits to be written; short keys, since there may be millions. */
type StagedLabel = {
  /** Its id, should it be new. */
  i: string;
  /** Annotator's name; null for gold. */
  a: string | null;
  /** The file's id of the annotator, where names may be those of several. */
  s: string | null;
  n: string;
  l: LabelDefinition["level"];
  v: string[];
  /** Code points, end exclusive; -1 for record labels. */
  b: number;
  e: number;
  c: number | null;
  m: string | null;
  d: PeerLabel["metadata"] | null;
};

export type Refusal = { code: ImportErrorCode; message: string };
export type Resolved = { labels: StagedLabel[]; left: string[] } | Refusal;

export type ResolveContext = {
  schema: readonly LabelDefinition[];
  options: LabelImportOptions;
};

const TOOLS: Record<LabelImportOptions["format"], string> = {
  labelstudio: "Label Studio",
  doccano: "doccano",
  argilla: "Argilla",
  "openai-evals": "OpenAI Evals",
  meganno: "MEGAnno",
  conll: "CoNLL",
  spacy: "spaCy",
  tandem: "Tandem",
};

/** An item's labels as labels of the schema, or the first reason why they can't be. */
export function resolveLabels({ labels, content, left }: PeerItem, context: ResolveContext): Resolved {
  const { from, as, annotator } = context.options;
  const isOne = as === "gold" || annotator !== undefined;
  const chosen = from === undefined ? labels : labels.filter((label) => label.annotator === from);
  const taken = isOne && from === undefined ? chosen.filter(({ machine }) => !machine) : chosen;
  const text = new TextOffsets(content);
  const staged = new Map<string, { label: StagedLabel; by: string }>();
  for (const given of taken) {
    const label = resolveLabel(given, text, context);
    if ("code" in label) return label;
    const key = JSON.stringify([label.a, label.s, label.n, label.b, label.e]);
    const known = staged.get(key);
    if (known && JSON.stringify(known.label.v) !== JSON.stringify(label.v))
      return conflict(label, [known.by, given.annotator ?? "somebody"]);
    if (!known) staged.set(key, { label, by: given.annotator ?? "somebody" });
  }
  const leftOut = chosen.length > taken.length ? ["predictions (from= takes one's)"] : [];
  return { labels: [...staged.values()].map(({ label }) => label), left: [...left, ...leftOut] };
}

function conflict({ n, b }: StagedLabel, by: [string, string]): Refusal {
  const where = b < 0 ? "" : " of the same span";
  const who = by[0] === by[1] ? by[0] : by.join(" and ");
  const help = by[0] === by[1] ? "" : " Import them as annotators, or choose one with from=.";
  return { code: "conflicting_labels", message: `${who} gave different values of "${n}"${where}.${help}` };
}

function resolveLabel(given: PeerLabel, text: TextOffsets, context: ResolveContext): StagedLabel | Refusal {
  const { options } = context;
  const definition = findDefinition(given, context);
  if ("code" in definition) return definition;
  const { name, level } = definition;
  if (level !== given.level)
    return {
      code: "wrong_level",
      message: `"${name}" is a label of ${level === "span" ? "spans" : "whole records"} here, and of ${given.level === "span" ? "spans" : "whole records"} in the file.`,
    };
  const value = resolveValue(given.value, definition, options.values);
  if ("code" in value) return value;
  const { start = -1, end = -1 } = given;
  if (level === "span" && !text.holds(start, end))
    return {
      code: "span_outside",
      message: `A span of "${name}" goes from ${start} to ${end}, and the text has ${text.length} characters.`,
    };
  const { a, s } = whose(given, options);
  return {
    i: newId(),
    a,
    s,
    n: name,
    l: level,
    v: value.v,
    b: level === "span" ? start : -1,
    e: level === "span" ? end : -1,
    c: given.conf ?? null,
    m: given.conf === undefined ? null : (given.confMethod ?? null),
    d: given.metadata ?? null,
  };
}

/** With `gold` and without a label's name, values are kept as they are: the right answers of a test set are no options. */
const isFree = (
  label: string | null,
  key: "label" | "spanLabel",
  options: LabelImportOptions,
): options is Free =>
  options.as === "gold" && options.gold !== undefined && label === null && options[key] === undefined;
type Free = LabelImportOptions & { gold: string };

const freeGold = (name: string, level: LabelDefinition["level"]): LabelDefinition => ({
  name,
  level,
  multi: true,
  options: [],
});

function findDefinition(
  { label, level }: PeerLabel,
  { options, schema }: ResolveContext,
): LabelDefinition | Refusal {
  const key = level === "span" ? "spanLabel" : "label";
  if (isFree(label, key, options)) return freeGold(options.gold, level);
  const given = label === null ? options[key] : (entry(options.names, label) ?? label);
  const ofLevel = schema.filter((one) => one.level === level);
  const found =
    given === undefined
      ? ofLevel.length === 1
        ? ofLevel[0]
        : undefined
      : schema.find(({ name }) => name === given);
  if (found) return found;
  const has = `The schema has: ${schema.map(({ name }) => name).join(", ") || "none"}.`;
  const message =
    given === undefined
      ? `The file doesn't name its ${level} label. Say which it is with ${key}=. ${has}`
      : `There is no label "${given.slice(0, 100)}". ${has} Map it with names=<the file's>:<the schema's>.`;
  return { code: "unknown_label", message };
}

function resolveValue(
  given: readonly string[],
  { name, multi, options }: LabelDefinition,
  renamed: LabelImportOptions["values"],
): { v: string[] } | Refusal {
  const values: string[] = [];
  for (const one of given) {
    const asked = entry(renamed, one) ?? one;
    const option =
      options.length === 0
        ? { value: asked }
        : (options.find(({ value }) => value === asked) ?? options.find(({ text }) => text === asked));
    if (!option) {
      const has = options.map(({ value }) => value).join(", ");
      return {
        code: "unknown_value",
        message: `"${asked.slice(0, 100)}" is no option of "${name}", which has: ${has}. Map it with values=<the file's>:<an option>.`,
      };
    }
    values.push(option.value);
  }
  const v = normalizeValue(values);
  if (v.length === 0) return { code: "unknown_value", message: `The value of "${name}" is empty.` };
  if (v.length > 1 && !multi)
    return {
      code: "too_many_values",
      message: `"${name}" takes a single option, and the file has: ${v.join(", ")}.`,
    };
  return { v };
}

function whose(
  { annotator, annotatorId }: PeerLabel,
  options: LabelImportOptions,
): Pick<StagedLabel, "a" | "s"> {
  if (options.as === "gold") return { a: null, s: null };
  if (options.annotator !== undefined) return { a: options.annotator, s: null };
  return { a: cleanName(annotator) ?? TOOLS[options.format], s: annotatorId ?? null };
}

/** A name as any other: one line, no longer than names are. */
function cleanName(name: string | undefined): string | undefined {
  const clean = [...(name ?? "").replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim()].slice(0, 120).join("").trim();
  return clean === "" ? undefined : clean;
}

const entry = (pairs: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(pairs, name) ? pairs[name] : undefined;
