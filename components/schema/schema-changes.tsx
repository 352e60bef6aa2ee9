import { Badge } from "@/components/ui/badge";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { SchemaChange } from "@/contracts/label-schema-diff";

const kinds = {
  added: { word: "Added", tone: "good" },
  removed: { word: "Removed", tone: "bad" },
  changed: { word: "Changed", tone: "accent" },
  moved: { word: "Moved", tone: "neutral" },
} as const;

/** What differs between two versions, in reading order. */
export function SchemaChanges({ changes }: { changes: readonly SchemaChange[] }) {
  if (changes.length === 0) return <p className="text-muted">Nothing that people or models would notice.</p>;
  return (
    <Table label="Changes">
      <TableHead>
        <TableRow>
          <ColumnHead>Where</ColumnHead>
          <ColumnHead>What</ColumnHead>
          <ColumnHead>Before</ColumnHead>
          <ColumnHead>After</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <TableRow key={`${change.path} ${change.kind}`}>
            <TableCell className="font-medium">{change.path}</TableCell>
            <TableCell>
              <Badge tone={kinds[change.kind].tone}>{kinds[change.kind].word}</Badge>
            </TableCell>
            <TableCell className="max-w-80 break-words text-muted">
              {change.kind === "changed" ? (change.before ?? "nothing") : null}
            </TableCell>
            <TableCell className="max-w-80 break-words">
              {change.kind === "changed" ? (change.after ?? "nothing") : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
