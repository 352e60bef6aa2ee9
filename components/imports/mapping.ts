import type { BuiltInMetadata, ImportOptions, ImportPreview, ImportType } from "@/contracts/imports";
import type { MetadataVisibility } from "@/contracts/projects";

/** How the file is to be read; `auto` looks for itself. */
export type Encoding = "auto" | "utf-8" | "latin1" | "utf-16le";

export type ColumnRole = "id" | "content" | "metadata" | "skip";

/** What one column of the file becomes. */
export type ColumnChoice = {
  /** Its place in the file: names may repeat in a broken header. */
  at: number;
  name: string;
  role: ColumnRole;
  visibility: MetadataVisibility;
  /** Null: as inferred from all its values. */
  type: ImportType | null;
};

export type ImportChoices = {
  columns: readonly ColumnChoice[];
  onExisting: "skip" | "update" | "fail";
  unescapeFormulas: boolean;
  /** Metadata that the server works out from each text. */
  builtIn: readonly BuiltInMetadata[];
};

/** The mapping that the file itself suggests. */
export function suggestedChoices(preview: ImportPreview): ImportChoices {
  return {
    columns: preview.columns.map(({ name, suggestion, visibility }, at) => ({
      at,
      name,
      role: suggestion,
      visibility: visibility ?? "team",
      type: null,
    })),
    onExisting: "skip",
    unescapeFormulas: false,
    builtIn: [],
  };
}

/** Gives a column a role; id and text belong to one column each, so whichever had it becomes metadata. */
export function withRole(
  columns: readonly ColumnChoice[],
  at: number,
  role: ColumnRole,
): readonly ColumnChoice[] {
  const single = role === "id" || role === "content";
  return columns.map((column) => {
    if (column.at === at) return { ...column, role };
    return single && column.role === role ? { ...column, role: "metadata" } : column;
  });
}

/** How the text of an array of numbers begins, whole or cut. */
const NUMBERS = /^\s*\[\s*-?\d/;

/** The types that a column may be said to have instead of the one found; none where the file itself tells. */
export function choosableTypes(
  { format, rows }: Pick<ImportPreview, "format" | "rows">,
  at: number,
): readonly ImportType[] {
  const filled = rows.map((row) => row[at] ?? "").filter((text) => text !== "");
  const holdsNumbers = filled.length > 0 && filled.every((text) => NUMBERS.test(text));
  return [
    ...(format === "csv" || format === "tsv" ? (["string", "number", "boolean"] as const) : []),
    ...(holdsNumbers ? (["vector"] as const) : []),
  ];
}

/** What must be put right before the file can be sent; undefined when nothing. */
export function mappingProblem({ columns }: ImportChoices): string | undefined {
  const names = columns.filter(({ role }) => role !== "skip").map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    return `Two columns are called "${twice}": rename one in the file, or leave both out.`;
  if (!columns.some(({ role }) => role === "content")) return "Choose the column that holds the text.";
  return undefined;
}

export type FileFacts = {
  name: string;
  format: ImportPreview["format"];
  encoding: Encoding;
  sheet: string | undefined;
  pasted: boolean;
};

/** What the choices ask of the import. */
export function chosenOptions(
  { columns, onExisting, unescapeFormulas, builtIn }: ImportChoices,
  { format, encoding, sheet }: Pick<FileFacts, "format" | "encoding" | "sheet">,
) {
  const metadata = columns.filter(({ role }) => role === "metadata");
  const named = (role: ColumnRole) => columns.find((column) => column.role === role)?.name;
  const id = named("id");
  const content = named("content");
  // Objects further down may hold keys that the first ones lack.
  const isJson = format === "json" || format === "jsonl";
  const all = isJson && columns.every(({ role }) => role !== "skip");
  return {
    format,
    onExisting,
    encoding,
    unescapeFormulas,
    ...(sheet === undefined ? {} : { sheet }),
    ...(id === undefined ? {} : { id }),
    ...(content === undefined ? {} : { content }),
    metadata: [...metadata.map(({ name }) => name), ...(all ? ["*"] : [])],
    visibility: Object.fromEntries(metadata.map(({ name, visibility }) => [name, visibility])),
    types: Object.fromEntries(metadata.flatMap(({ name, type }) => (type ? [[name, type]] : []))),
    builtIn: [...builtIn],
  } satisfies Partial<ImportOptions>;
}

/** The query string by which the import of a file is asked for. */
export function importParams(choices: ImportChoices, file: FileFacts): URLSearchParams {
  const { format, onExisting, encoding, unescapeFormulas, sheet, id, content, metadata, ...more } =
    chosenOptions(choices, file);
  const params = new URLSearchParams({ format, fileName: file.name, onExisting });
  if (encoding !== "auto") params.set("encoding", encoding);
  if (unescapeFormulas) params.set("unescapeFormulas", "1");
  if (sheet !== undefined) params.set("sheet", sheet);
  if (file.pasted) params.set("source", "paste");
  if (id !== undefined) params.set("id", id);
  if (content !== undefined) params.set("content", content);
  for (const name of metadata) params.append("metadata", name);
  for (const name of more.builtIn) params.append("builtIn", name);
  if (Object.keys(more.visibility).length > 0) params.set("visibility", JSON.stringify(more.visibility));
  if (Object.keys(more.types).length > 0) params.set("types", JSON.stringify(more.types));
  return params;
}
