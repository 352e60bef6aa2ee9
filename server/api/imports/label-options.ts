import type { z } from "zod";
import type { ImportFormat, ImportOptions, importQuery } from "@/contracts/imports";
import { type LabelFormat, labelFormat, labelFormats, labelImportShape } from "@/contracts/label-imports";
import { AppError } from "@/server/platform/errors";
import { formatOfFile } from "./import-format";

type Query = z.infer<typeof importQuery>;
type File = { fileName: string | null; contentType: string };

/** How a tool's file is written where neither its type nor its name says so. */
const USUAL: Readonly<Record<LabelFormat, ImportFormat>> = {
  labelstudio: "json",
  doccano: "jsonl",
  argilla: "json",
  "openai-evals": "jsonl",
  meganno: "json",
  conll: "conll",
  spacy: "json",
  tandem: "jsonl",
};

/** The options of a query about labels, when it brings labels; else none. @throws AppError `invalid` */
export function labelOptions(query: Query, file: File): Partial<ImportOptions> | undefined {
  const named = labelFormat.safeParse(query.format);
  if (!named.success) {
    if (query.kind === "records") return undefined;
    const message = `must name whose labels the file brings: ${labelFormats.join(", ")}`;
    throw new AppError("invalid", `An import of labels needs format=, which ${message}.`, {
      errors: [{ path: "format", message }],
    });
  }
  const { names, values } = query;
  const shape = Object.fromEntries(
    Object.keys(labelImportShape).map((key) => [key, query[key as keyof typeof labelImportShape]]),
  ) as Pick<Query, keyof typeof labelImportShape>;
  return {
    kind: "labels",
    labels: { format: named.data, ...shape, names, values },
    format: named.data === "conll" ? "conll" : (formatOfFile(file) ?? USUAL[named.data]),
    // A known record is found, and labelled; its text and metadata stay.
    onExisting: "skip",
  };
}
