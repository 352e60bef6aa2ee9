import { z } from "zod";
import { displayName, id, isStorable } from "./common";

/** Files that bring labels: of other tools, and Tandem's own export of annotations. */
export const labelFormats = [
  "labelstudio",
  "doccano",
  "argilla",
  "openai-evals",
  "meganno",
  "conll",
  "spacy",
  "tandem",
] as const;
export const labelFormat = z.enum(labelFormats);
export type LabelFormat = z.infer<typeof labelFormat>;

const name = z.string().min(1, "must not be empty").max(300).refine(isStorable, "must be valid Unicode");
const renamed = z
  .record(z.string().max(1000), z.string().max(1000))
  .refine((pairs) => Object.keys(pairs).length <= 1000, "must be at most 1,000 pairs");

/** How labels of a file become labels here; each has the same name in the query string of an import. */
export const labelImportShape = {
  /** `annotators`: labels of imported annotators; `gold`: metadata that statistics take for the truth. */
  as: z.enum(["annotators", "gold"]).default("annotators"),
  /** Puts all labels under this one name; by default each annotator that the file names becomes one. */
  annotator: displayName.optional(),
  /** Takes only the labels of whom the file calls so. */
  from: name.optional(),
  /** How a record is found. One whose item has no id is found by its text, whatever this says. */
  match: z.enum(["externalId", "content"]).default("externalId"),
  /** What to do with texts that the project doesn't have. */
  unknown: z.enum(["create", "refuse"]).default("create"),
  /** The label that record labels without a name are of; by default the schema's only one. */
  label: name.optional(),
  /** The same for spans. */
  spanLabel: name.optional(),
  /** Of `as: "gold"`: name of the metadata; by default `gold_` and the label's name. Needs a file of one label. */
  gold: z.string().trim().min(1).max(100).refine(isStorable, "must be valid Unicode").optional(),
};

export const labelImportOptions = z.object({
  format: labelFormat,
  ...labelImportShape,
  /** The file's names of labels, as names of the schema. */
  names: renamed.default({}),
  /** The file's values, as options of the schema. */
  values: renamed.default({}),
});
export type LabelImportOptions = z.infer<typeof labelImportOptions>;

/** What an import of labels brought, when it has ended well. */
export const labelReport = z.object({
  /** Labels that are new, changed or taken away. */
  changed: z.number().int(),
  /** The imported annotators that the file's labels are of, with how many of the file's labels. */
  annotators: z.array(z.object({ id, name: z.string(), labels: z.number().int() })),
  /** The metadata written, of an import as gold. */
  gold: z.array(z.object({ name: z.string(), records: z.number().int() })),
  /** What the file holds that has no counterpart, and in how many items. */
  left: z.array(z.object({ what: z.string(), items: z.number().int() })),
});
export type LabelReport = z.infer<typeof labelReport>;
