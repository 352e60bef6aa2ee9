import type { ExportFormat, ExportKind } from "@/contracts/exports";

/** What a file holds, in words. */
export const kindWords: Record<ExportKind, { name: string; hint: string; object: string }> = {
  final: {
    name: "Final labels",
    hint: "One value a record, with its policy, confidence, verdict and agent",
    object: "final labels",
  },
  annotations: {
    name: "Every annotator's labels",
    hint: "A row a label: people, jobs and imports apart",
    object: "annotations",
  },
  verifications: { name: "Verdicts", hint: "What people decided about agents' labels", object: "verdicts" },
  records: {
    name: "Records",
    hint: "Texts with their metadata; importing the file makes the same records",
    object: "records",
  },
};

/** Names of formats; a hint says for whom. */
export const formatWords: Record<ExportFormat, { name: string; hint: string }> = {
  csv: { name: "CSV", hint: "For spreadsheets" },
  jsonl: { name: "JSON Lines", hint: "For programs" },
  parquet: { name: "Parquet", hint: "For data frames, with types" },
  labelstudio: { name: "Label Studio", hint: "JSON tasks" },
  doccano: { name: "doccano", hint: "JSON Lines" },
  argilla: { name: "Argilla", hint: "JSON records" },
  "openai-evals": { name: "OpenAI Evals", hint: "JSON Lines" },
  conll: { name: "CoNLL", hint: "IOB2 tags of spans" },
  spacy: { name: "spaCy", hint: "JSON Lines" },
};
