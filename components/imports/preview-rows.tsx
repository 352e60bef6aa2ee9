import { EmptyState } from "@/components/ui/empty-state";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ImportPreview } from "@/contracts/imports";
import type { ColumnChoice } from "./mapping";

type PreviewRowsProps = { preview: ImportPreview; columns: readonly ColumnChoice[] };

const order = { id: 0, content: 1, metadata: 2, skip: 3 } as const;

/** The first rows as records: id, text, then what is kept beside. */
export function PreviewRows({ preview, columns }: PreviewRowsProps) {
  const kept = columns.filter(({ role }) => role !== "skip").sort((a, b) => order[a.role] - order[b.role]);
  if (preview.rows.length === 0)
    return (
      <EmptyState
        title={preview.columns.length === 0 ? "The file is empty" : "The file has a header and no rows"}
      >
        Add rows, or choose another file.
      </EmptyState>
    );
  const rows = preview.rows.map((cells, at) => ({ cells, number: at + 1 }));
  const hasId = kept.some(({ role }) => role === "id");
  return (
    <Table label="First rows of the file">
      <TableHead>
        <TableRow>
          {hasId ? null : <ColumnHead>Row number as id</ColumnHead>}
          {kept.map(({ name, at }) => (
            <ColumnHead key={at}>{name}</ColumnHead>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ cells, number }) => (
          <TableRow key={number}>
            {hasId ? null : <TableCell numeric>{number}</TableCell>}
            {kept.map(({ role, at }) => (
              <TableCell
                key={at}
                className={
                  role === "content"
                    ? "wrap-anywhere min-w-72 max-w-xl whitespace-pre-wrap"
                    : "max-w-56 truncate text-muted"
                }
              >
                {cells[at]}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
