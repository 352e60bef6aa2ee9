import { z } from "zod";
import { id, isoTime, isStorable, listOf, page, projectRef, versionNumber } from "./common";

/** Keys that stand for options in the session; a letter or digit. */
const hotkey = z.string().regex(/^[a-z0-9]$/, "must be one lower-case letter or digit");

const shortText = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(200)
  .regex(/^\P{Cc}*$/u, "must not hold control characters")
  .refine(isStorable, "must be valid Unicode");

const longText = (max: number) =>
  z.string().max(max).refine(isStorable, "must be valid Unicode without U+0000").optional();

const labelOption = z.strictObject({
  /** Stored. */
  value: z.union([shortText, z.number().int().transform(String).pipe(z.string())]),
  /** Shown and prompted. */
  text: shortText,
  description: longText(2000),
  /** One of the ten option colours (0–9), else assigned by position. */
  color: z.number().int().min(0).max(9).optional(),
  hotkey: hotkey.optional(),
});

const labelName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(100)
  .regex(/^\P{Cc}*$/u, "must not hold control characters")
  .refine(isStorable, "must be valid Unicode");

export const labelDefinition = z.strictObject({
  name: labelName,
  level: z.enum(["record", "span"]),
  /** Several options may hold at once. */
  multi: z.boolean().optional(),
  description: longText(2000),
  /** Markdown, shown where people label. */
  guidelines: longText(50_000),
  options: z.array(labelOption).min(1, "needs at least one option").max(200),
});
export type LabelDefinition = z.infer<typeof labelDefinition>;
export type LabelOption = z.infer<typeof labelOption>;

export const labelDefinitions = z
  .array(labelDefinition)
  .min(1, "needs at least one label")
  .max(50)
  .superRefine((labels, ctx) => {
    const repeated = <T>(items: T[], key: (item: T) => string) =>
      items.flatMap((item, index) =>
        items.findIndex((other) => key(other) === key(item)) < index ? [index] : [],
      );
    for (const index of repeated(labels, (label) => label.name))
      ctx.addIssue({
        code: "custom",
        path: [index, "name"],
        message: `label "${labels[index]?.name}" stands twice`,
      });
    labels.forEach((label, at) => {
      for (const [field, what] of [
        ["value", "option value"],
        ["text", "option text"],
        ["hotkey", "hotkey"],
      ] as const) {
        const used = label.options.map((option) => option[field]);
        for (const index of repeated(used, (value) => `${value}`))
          if (used[index] !== undefined)
            ctx.addIssue({
              code: "custom",
              path: [at, "options", index, field],
              message: `${what} "${used[index]}" stands twice in label "${label.name}"`,
            });
      }
    });
  });

/** `labelSchema` is ours; `label_schema` is MEGAnno's and means the same. */
export const putSchemaInput = z.object({
  project: projectRef,
  labelSchema: z.unknown().optional(),
  label_schema: z.unknown().optional(),
});

export const schemaVersion = z.object({
  id,
  version: z.number().int(),
  active: z.boolean(),
  labelSchema: z.array(labelDefinition),
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
});
export type SchemaVersion = z.infer<typeof schemaVersion>;

export const schemaVersionList = listOf(schemaVersion);
export const getSchemaInput = z.object({ project: projectRef, version: versionNumber.optional() });
export const listSchemaVersionsInput = page.extend({ project: projectRef });

/** What an agent would be told of a schema that is not saved yet. */
export const schemaPromptInput = z.object({ project: projectRef, labelSchema: z.unknown() });
export const schemaPrompt = z.object({ template: z.string() });
