import { EmptyState } from "@/components/ui/empty-state";
import { Figure, useFormat } from "@/components/ui/figure";
import { Stat, StatRow } from "@/components/ui/stat";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ImportRun } from "@/contracts/imports";
import type { LabelReport } from "@/contracts/label-imports";

/** What became of every row. */
export function ImportFigures({ run }: { run: ImportRun }) {
  const format = useFormat();
  if (run.read === 0)
    return <EmptyState title="The file has no rows">It has a header and nothing below.</EmptyState>;
  const deleted = run.skippedDeleted > 0 ? `, ${format.count(run.skippedDeleted)} of excluded records` : "";
  return (
    <>
      <StatRow>
        <Stat label="Rows in the file">
          <Figure value={run.read} />
        </Stat>
        <Stat label="Imported">
          <Figure value={run.imported} />
        </Stat>
        <Stat
          label="Updated"
          note={run.restored > 0 ? `${format.count(run.restored)} brought back` : undefined}
        >
          <Figure value={run.updated} />
        </Stat>
        <Stat label="Skipped" note={`known or unchanged${deleted}`}>
          <Figure value={run.skipped} />
        </Stat>
        <Stat label="Refused" note={run.refused > 0 ? "listed below" : undefined}>
          <Figure value={run.refused} />
        </Stat>
        {run.nearDuplicates === null ? null : (
          <Stat label="Near duplicates" note="marked as duplicate_of">
            <Figure value={run.nearDuplicates} />
          </Stat>
        )}
      </StatRow>
      {run.labelReport ? <Labels report={run.labelReport} /> : null}
    </>
  );
}

function Labels({ report }: { report: LabelReport }) {
  const format = useFormat();
  const rows = [
    ...report.annotators.map(({ name, labels }) => ({ what: name, count: labels, unit: "label" })),
    ...report.gold.map(({ name, records }) => ({ what: `gold in ${name}`, count: records, unit: "record" })),
    ...report.left.map(({ what, items }) => ({ what: `left out: ${what}`, count: items, unit: "item" })),
  ];
  return (
    <div className="mt-6 max-w-2xl">
      <p className="mb-2 text-muted">
        {format.counted(report.changed, "label is", "labels are")} new, changed or taken away.
      </p>
      <Table label="Labels of the file">
        <TableHead>
          <TableRow>
            <ColumnHead>Whose</ColumnHead>
            <ColumnHead numeric>How many</ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ what, count, unit }) => (
            <TableRow key={what}>
              <TableCell>{what}</TableCell>
              <TableCell numeric>{format.counted(count, unit)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
