import { PersonName } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ExcludedRecord } from "@/contracts/record-changes";

type ExcludedTableProps = {
  records: readonly ExcludedRecord[];
  /** The record that is being restored. */
  restoring: string | null;
  onRestore: (record: ExcludedRecord) => void;
  onErase: (record: ExcludedRecord) => void;
};

/** What was excluded, when and by whom. */
export function ExcludedTable({ records, restoring, onRestore, onErase }: ExcludedTableProps) {
  return (
    <Table wide label="Excluded records">
      <TableHead>
        <tr>
          <ColumnHead>Id</ColumnHead>
          <ColumnHead>Text</ColumnHead>
          <ColumnHead>Excluded</ColumnHead>
          <ColumnHead>By</ColumnHead>
          <ColumnHead>
            <span className="sr-only">Actions</span>
          </ColumnHead>
        </tr>
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <TableRow key={record.id}>
            <TableCell className="max-w-40 truncate">{record.externalId}</TableCell>
            <TableCell className="w-full max-w-96 truncate">
              {record.erased ? <span className="text-faint">Erased</span> : record.excerpt}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <RelativeTime value={record.excludedAt} />
            </TableCell>
            <TableCell className="max-w-48">
              {record.excludedBy ? (
                <PersonName person={record.excludedBy} />
              ) : (
                <span className="text-faint">Not known</span>
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap text-right">
              {record.erased ? null : (
                <span className="inline-flex gap-1">
                  <Button
                    size="sm"
                    busy={restoring === record.id}
                    aria-label={`Restore ${record.externalId}`}
                    onClick={() => onRestore(record)}
                  >
                    Restore
                  </Button>
                  <Button
                    size="sm"
                    variant="danger"
                    aria-label={`Erase ${record.externalId}`}
                    onClick={() => onErase(record)}
                  >
                    Erase
                  </Button>
                </span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
