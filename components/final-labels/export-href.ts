import type { ExportInput } from "@/contracts/exports";

export type ExportChoice = Pick<ExportInput, "kind" | "label" | "snapshot"> & {
  format?: ExportInput["format"];
};

/** Where a browser downloads an export. */
export function exportHref(project: string, choice: ExportChoice): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) params.set(name, value);
  return `/p/${project}/export?${params}`;
}
