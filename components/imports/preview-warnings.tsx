import { Notice } from "@/components/ui/notice";
import type { ImportPreview } from "@/contracts/imports";
import type { ColumnChoice } from "./mapping";

const titles = {
  damaged_ids: "The ids look damaged",
  duplicate_ids: "Some ids stand twice",
  empty_ids: "Some ids are empty",
} as const;

type PreviewWarningsProps = { preview: ImportPreview; columns: readonly ColumnChoice[] };

/** What should be looked at before the import: only what concerns a column that is taken. */
export function PreviewWarnings({ preview, columns }: PreviewWarningsProps) {
  const taken = new Set(columns.filter(({ role }) => role !== "skip").map(({ name }) => name));
  return preview.warnings
    .filter(({ column }) => taken.has(column))
    .map(({ code, column, message }) => (
      <Notice key={`${code} ${column}`} tone="warn" title={`${titles[code]}: ${column}`} className="mb-3">
        {message}
      </Notice>
    ));
}
