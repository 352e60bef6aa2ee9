import { z } from "zod";
import { displayName, id, isoTime, projectRef } from "./common";
import { labelDefinition, putSchemaInput, schemaVersion } from "./label-schema";
import { annotatorKind } from "./records";

/** Why a label that was right under the active schema would not be under another one. */
const labelProblem = z.enum(["label_removed", "level_changed", "option_removed", "single_now"]);
export type LabelProblem = z.infer<typeof labelProblem>;

export const schemaEffectsInput = z.object({ project: projectRef, labelSchema: z.unknown() });

const schemaEffect = z.object({
  label: z.string(),
  level: z.enum(["record", "span"]),
  /** The value set that these labels hold. */
  value: z.array(z.string()),
  problem: labelProblem,
  /** Labels, of everybody. */
  labels: z.number().int(),
  /** Whose, most first. */
  annotators: z.array(z.object({ id, kind: annotatorKind, name: z.string(), labels: z.number().int() })),
});
export type SchemaEffect = z.infer<typeof schemaEffect>;

/** What saving a schema would do to the labels and agents there are. */
export const schemaEffects = z.object({
  /** The schema as it would be kept. */
  labelSchema: z.array(labelDefinition),
  effects: z.array(schemaEffect),
  /** More than the effects listed were found. */
  truncated: z.boolean(),
  /** Records with at least one such label. */
  records: z.number().int(),
  /** Agents whose newest version asks for a label that would be gone. */
  agents: z.array(z.object({ id, name: z.string(), labels: z.array(z.string()) })),
});
export type SchemaEffects = z.infer<typeof schemaEffects>;

const optionValue = z.string().min(1).max(200);

/** Labels holding exactly this value set come to hold another one, as labels of a new annotator. */
const mappingRule = z.strictObject({
  label: z.string().min(1).max(100),
  from: z.array(optionValue).min(1).max(200),
  /** The label in the new schema; by default the same name. */
  toLabel: z.string().min(1).max(100).optional(),
  to: z.array(optionValue).min(1).max(200),
});
export type MappingRule = z.infer<typeof mappingRule>;
export const undoneMapping = z.object({ removed: z.number().int() });

export const mappingRules = z.array(mappingRule).min(1).max(1000);

/** A new schema version, and what may be asked for beside it. */
export const changeSchemaInput = putSchemaInput.extend({
  /** Old values to new ones; the old labels stay as they are. */
  map: mappingRules.optional(),
  /** Name of a static subset of the records whose labels no longer fit: what to label again. */
  worklist: displayName.optional(),
});

const schemaMapping = z.object({
  id,
  version: z.number().int(),
  status: z.enum(["queued", "running", "succeeded", "failed"]),
  rules: z.array(mappingRule),
  /** Labels written so far. */
  mapped: z.number().int(),
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
  undoneAt: isoTime.nullable(),
});
export type SchemaMapping = z.infer<typeof schemaMapping>;
export const schemaMappingList = z.object({ items: z.array(schemaMapping) });
export const listSchemaMappingsInput = z.object({ project: projectRef });
export const schemaMappingRef = z.object({ project: projectRef, id });

/** The active version, and what was begun with it. */
export const changedSchema = schemaVersion.extend({
  worklist: z.object({ id, name: z.string(), count: z.number().int() }).nullable(),
  mapping: z.object({ id }).nullable(),
});
export type ChangedSchema = z.infer<typeof changedSchema>;
