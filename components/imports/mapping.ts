import type { ImportPreview, MetadataType } from "@/contracts/imports";
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
  type: MetadataType | null;
};

export type ImportChoices = {
  columns: readonly ColumnChoice[];
  onExisting: "skip" | "update" | "fail";
  unescapeFormulas: boolean;
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

/** What must be put right before the file can be sent; undefined when nothing. */
export function mappingProblem({ columns }: ImportChoices): string | undefined {
  const names = columns.filter(({ role }) => role !== "skip").map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    return `Two columns are called "${twice}": rename one in the file, or leave both out.`;
  if (!columns.some(({ role }) => role === "content")) return "Choose the column that holds the text.";
  return undefined;
}

/** The query string by which the import is asked for. */
export function importParams(
  { columns, onExisting, unescapeFormulas }: ImportChoices,
  file: { name: string; format: ImportPreview["format"]; encoding: string },
): URLSearchParams {
  const params = new URLSearchParams({ format: file.format, fileName: file.name, onExisting });
  if (file.encoding !== "auto") params.set("encoding", file.encoding);
  if (unescapeFormulas) params.set("unescapeFormulas", "1");
  const metadata = columns.filter(({ role }) => role === "metadata");
  for (const { name, role } of columns) if (role === "id" || role === "content") params.set(role, name);
  for (const { name } of metadata) params.append("metadata", name);
  // Objects further down may hold keys that the first ones lack.
  const isJson = file.format === "json" || file.format === "jsonl";
  if (isJson && columns.every(({ role }) => role !== "skip")) params.append("metadata", "*");
  const visibility = Object.fromEntries(metadata.map(({ name, visibility }) => [name, visibility]));
  const types = Object.fromEntries(metadata.flatMap(({ name, type }) => (type ? [[name, type]] : [])));
  if (metadata.length > 0) params.set("visibility", JSON.stringify(visibility));
  if (Object.keys(types).length > 0) params.set("types", JSON.stringify(types));
  return params;
}
