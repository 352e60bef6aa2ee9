import { z } from "zod";
import { projectRef, versionNumber } from "./common";
import { type LabelDefinition, type LabelOption, labelDefinition } from "./label-schema";

const change = z.object({
  /** `sentiment`, `sentiment / pos`, `sentiment / pos / text` */
  path: z.string(),
  kind: z.enum(["added", "removed", "changed", "moved"]),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type SchemaChange = z.infer<typeof change>;

export const schemaDiffInput = z.object({
  project: projectRef,
  from: versionNumber,
  to: versionNumber,
});
export const schemaDiff = z.object({
  from: z.array(labelDefinition),
  to: z.array(labelDefinition),
  changes: z.array(change),
});

const LABEL_FIELDS = ["level", "multi", "description", "guidelines"] as const;
const OPTION_FIELDS = ["text", "description", "color", "hotkey"] as const;

/**
 * What differs between two label schemas, in reading order. Labels are paired by name and options by value,
 * since these are what annotations hold; a pair that only stands elsewhere is `moved`.
 */
export function diffLabelSchemas(
  before: readonly LabelDefinition[],
  after: readonly LabelDefinition[],
): SchemaChange[] {
  return diffLists(before, after, {
    key: (label) => label.name,
    path: [],
    inside: (old, now, path) => [
      ...LABEL_FIELDS.flatMap((field) => diffField(path, field, old[field], now[field])),
      ...diffLists<LabelOption>(old.options, now.options, {
        key: (option) => option.value,
        path,
        inside: (oldOption, option, at) =>
          OPTION_FIELDS.flatMap((field) => diffField(at, field, oldOption[field], option[field])),
      }),
    ],
  });
}

type ListRule<T> = {
  key: (item: T) => string;
  path: readonly string[];
  inside: (before: T, after: T, path: readonly string[]) => SchemaChange[];
};

function diffLists<T>(before: readonly T[], after: readonly T[], { key, path, inside }: ListRule<T>) {
  const old = new Map(before.map((item) => [key(item), item]));
  const now = new Set(after.map(key));
  const stayedBefore = before.map(key).filter((name) => now.has(name));
  const stayedAfter = after.map(key).filter((name) => old.has(name));
  const at = (name: string) => [...path, name].join(" / ");
  const removed = before.map(key).filter((name) => !now.has(name));
  return [
    ...removed.map((name) => entry(at(name), "removed", name, null)),
    ...after.flatMap((item): SchemaChange[] => {
      const name = key(item);
      const same = old.get(name);
      if (same === undefined) return [entry(at(name), "added", null, name)];
      const place = stayedAfter.indexOf(name);
      const moved = stayedBefore.indexOf(name) === place ? [] : [entry(at(name), "moved", null, null)];
      return [...moved, ...inside(same, item, [...path, name])];
    }),
  ];
}

function diffField(path: readonly string[], field: string, before: unknown, after: unknown): SchemaChange[] {
  if (before === after) return [];
  const text = (value: unknown) => (value === undefined ? null : String(value));
  return [entry([...path, field].join(" / "), "changed", text(before), text(after))];
}

const entry = (
  path: string,
  kind: SchemaChange["kind"],
  before: string | null,
  after: string | null,
): SchemaChange => ({ path, kind, before, after });
