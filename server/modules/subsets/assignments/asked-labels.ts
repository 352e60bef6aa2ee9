import type { LabelDefinition } from "@/contracts/label-schema";
import { AppError } from "@/server/platform/errors";

/**
 * The labels an assignment asks for: those it names, else every record label of the schema, since a text may
 * rightly hold no span; of a schema of spans alone, all.
 */
export function askedLabels(named: readonly string[], schema: readonly LabelDefinition[]): string[] {
  if (named.length > 0) return [...new Set(named)];
  const records = schema.filter(({ level }) => level === "record");
  return (records.length > 0 ? records : schema).map(({ name }) => name);
}

/** @throws AppError `invalid` for names that are no labels of the schema */
export function refuseUnknownLabels(named: readonly string[], schema: readonly LabelDefinition[]): void {
  const errors = named.flatMap((name, index) =>
    schema.some((label) => label.name === name)
      ? []
      : [{ path: `labels.${index}`, message: `is no label of the schema ("${name}")` }],
  );
  if (errors.length > 0)
    throw new AppError("invalid", `${errors[0]?.path} ${errors[0]?.message}.`, { errors });
}
