/** One choice of a label: `value` is stored, `text` is shown and prompted. */
export type OptionDefinition = { value: string; text: string; description?: string | undefined };

/** What prompting and parsing need to know of one label of the schema. */
export type LabelDefinition = {
  name: string;
  level: "record" | "span";
  /** Several options may hold at once. */
  multi?: boolean | undefined;
  description?: string | undefined;
  options: OptionDefinition[];
};

/** One thing wrong with one field; `path` is dotted, as in `examples.0.text`. */
export type Problem = { path: string; message: string };
