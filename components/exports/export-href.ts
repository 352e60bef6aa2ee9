import type { ExportInput } from "@/contracts/exports";

/** What a person chose of an export; what is left out is as the server has it. */
export type ExportChoice = Partial<Omit<ExportInput, "bom" | "kind" | "format">> &
  Pick<ExportInput, "kind" | "format"> & { bom?: "1" };

/** Where a browser downloads an export. */
export function exportHref(project: string, choice: ExportChoice): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) params.set(name, value);
  return `/p/${project}/export?${params}`;
}

/** Where a browser downloads the dataset card. */
export function cardHref(project: string, format: "md" | "json", snapshot: string | undefined): string {
  return `/p/${project}/export/card?${new URLSearchParams({ format, ...(snapshot ? { snapshot } : {}) })}`;
}
