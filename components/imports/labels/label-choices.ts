import type { LabelFormat } from "@/contracts/label-imports";

/** How a file of labels is to be read and kept. */
export type LabelChoices = {
  format: LabelFormat;
  as: "annotators" | "gold";
  /** Empty: each annotator that the file names. */
  annotator: string;
  match: "externalId" | "content";
  unknown: "create" | "refuse";
  /** Empty: the schema's only label of the level. */
  label: string;
  spanLabel: string;
  /** The file's values on the left, ours on the right; `old = new` a line. */
  values: string;
};

export const formats: readonly { value: LabelFormat; label: string; hint: string; accept: string }[] = [
  { value: "labelstudio", label: "Label Studio", hint: "JSON export", accept: ".json" },
  { value: "doccano", label: "doccano", hint: "JSONL export", accept: ".jsonl,.json" },
  { value: "argilla", label: "Argilla", hint: "records as JSON or JSONL", accept: ".json,.jsonl" },
  {
    value: "openai-evals",
    label: "OpenAI Evals",
    hint: "JSONL with input and ideal",
    accept: ".jsonl,.json",
  },
  { value: "meganno", label: "MEGAnno", hint: "export as JSON or CSV", accept: ".json,.jsonl,.csv" },
  { value: "conll", label: "CoNLL", hint: "tokens with BIO tags", accept: ".conll,.txt,.tsv,.bio,.iob" },
  { value: "spacy", label: "spaCy", hint: "JSON or JSONL training format", accept: ".json,.jsonl" },
  { value: "tandem", label: "Tandem", hint: "export of annotations, CSV or JSONL", accept: ".csv,.jsonl" },
];

/** The tool that a file's name speaks for; undefined when it may be any. */
export function formatOfName(name: string): LabelFormat | undefined {
  if (/\.(?:conll|bio|iob2?)$/i.test(name)) return "conll";
  return formats.find(({ value }) => name.toLowerCase().includes(value.replace("-", "")))?.value;
}

export type ReadValues = { values: Record<string, string>; wrongLine: number | null };

/** Lines `old = new`; the first line that isn't one is told, 1-based. Blank lines are left out. */
export function readValues(text: string): ReadValues {
  const values: Record<string, string> = {};
  let wrongLine: number | null = null;
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const equals = line.lastIndexOf("=");
    const [from, to] = [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
    if (equals < 1 || from === "" || to === "") wrongLine ??= at + 1;
    else values[from] = to;
  }
  return { values, wrongLine };
}

/** The query string by which an import of labels is asked for. */
export function labelParams(choices: LabelChoices, fileName: string): URLSearchParams {
  const { format, as, annotator, match, unknown, label, spanLabel, values } = choices;
  const params = new URLSearchParams({ kind: "labels", format, fileName, as, match, unknown });
  if (as === "annotators" && annotator.trim() !== "") params.set("annotator", annotator.trim());
  if (label.trim() !== "") params.set("label", label.trim());
  if (spanLabel.trim() !== "") params.set("spanLabel", spanLabel.trim());
  const read = readValues(values).values;
  if (Object.keys(read).length > 0) params.set("values", JSON.stringify(read));
  return params;
}
