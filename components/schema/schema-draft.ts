import type { LabelDefinition, LabelOption } from "@/contracts/label-schema";
import { parseLabelSchema } from "@/contracts/label-schema-forms";

/** An option while it is edited: every field is there, empty when it says nothing. */
export type DraftOption = {
  /** Stays while the option is renamed or moved. */
  key: string;
  value: string;
  text: string;
  description: string;
  /** 0–9; null: by its place. */
  color: number | null;
  hotkey: string;
};

export type DraftLabel = {
  key: string;
  name: string;
  level: "record" | "span";
  multi: boolean;
  description: string;
  guidelines: string;
  options: readonly DraftOption[];
};

export type Draft = readonly DraftLabel[];

let made = 0;
const newKey = (): string => `${++made}`;

export const blankOption = (): DraftOption => ({
  key: newKey(),
  value: "",
  text: "",
  description: "",
  color: null,
  hotkey: "",
});

export const blankLabel = (): DraftLabel => ({
  key: newKey(),
  name: "",
  level: "record",
  multi: false,
  description: "",
  guidelines: "",
  options: [blankOption(), blankOption()],
});

/** A saved schema, to be edited. Keys are made anew. */
export const draftOf = (labels: readonly LabelDefinition[]): Draft =>
  labels.map(({ name, level, multi = false, description = "", guidelines = "", options }) => ({
    key: newKey(),
    name,
    level,
    multi,
    description,
    guidelines,
    options: options.map(({ value, text, description = "", color = null, hotkey = "" }) => ({
      key: newKey(),
      value,
      text,
      description,
      color,
      hotkey,
    })),
  }));

/** The draft as it is sent. An option's text is its value where it was left empty. */
export const schemaOf = (draft: Draft): LabelDefinition[] =>
  draft.map(({ name, level, multi, description, guidelines, options }) => ({
    name,
    level,
    ...(multi ? { multi } : {}),
    ...(description.trim() ? { description } : {}),
    ...(guidelines.trim() ? { guidelines } : {}),
    options: options.map(optionOf),
  }));

const optionOf = ({ value, text, description, color, hotkey }: DraftOption): LabelOption => ({
  value,
  text: text.trim() === "" ? value : text,
  ...(description.trim() ? { description } : {}),
  ...(color === null ? {} : { color }),
  ...(hotkey ? { hotkey } : {}),
});

/** Problems of a draft by the path of their field: `0.name`, `0.options.1.value`; the first of each. */
export function draftProblems(draft: Draft): ReadonlyMap<string, string> {
  const parsed = parseLabelSchema(schemaOf(draft));
  if (parsed.ok) return new Map();
  return new Map(
    parsed.problems.toReversed().map(({ path, message }) => [path.replace(/^labelSchema\.?/, ""), message]),
  );
}

/** Whether saving would change nothing. */
export function isSameSchema(draft: Draft, saved: readonly LabelDefinition[]): boolean {
  const parsed = parseLabelSchema(schemaOf(draft));
  return parsed.ok && JSON.stringify(parsed.labels) === JSON.stringify(saved);
}

/** A list with the item at `from` moved by one place; the list itself where there is no place. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const to = from + by;
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}
