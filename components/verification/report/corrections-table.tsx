import { lookOf, type OptionLook } from "@/components/labelling/label-options";
import { EmptyState } from "@/components/ui/empty-state";
import { Figure } from "@/components/ui/figure";
import { OptionChip } from "@/components/ui/option-chip";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { SessionReport } from "@/contracts/session-report";

type CorrectionsTableProps = {
  corrections: SessionReport["corrections"];
  options: readonly OptionLook[];
};

/** What the agent said and what people made of it, the most frequent first. */
export function CorrectionsTable({ corrections, options }: CorrectionsTableProps) {
  if (corrections.length === 0)
    return <EmptyState title="No correction">Nobody has corrected a label of the agent.</EmptyState>;
  return (
    <Table label="Corrections">
      <TableHead>
        <TableRow>
          <ColumnHead>Agent's label</ColumnHead>
          <ColumnHead>Corrected to</ColumnHead>
          <ColumnHead numeric>Count</ColumnHead>
          <ColumnHead numeric>Of judged</ColumnHead>
          <ColumnHead numeric>Share</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {corrections.map(({ from, to, count, of }) => (
          <TableRow key={JSON.stringify([from, to])}>
            <TableCell>
              <Chips value={from} options={options} variant="outlined" />
            </TableCell>
            <TableCell>
              <Chips value={to} options={options} variant="filled" />
            </TableCell>
            <TableCell numeric>
              <Figure value={count} />
            </TableCell>
            <TableCell numeric>
              <Figure value={of} />
            </TableCell>
            <TableCell numeric>
              <Figure value={count / of} as="share" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type ChipsProps = {
  value: readonly string[];
  options: readonly OptionLook[];
  variant: "outlined" | "filled";
};

function Chips({ value, options, variant }: ChipsProps) {
  if (value.length === 0) return <span className="text-faint">none</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {value.map((one) => {
        const { color, text } = lookOf(options, one);
        return <OptionChip key={one} color={color} text={text} variant={variant} />;
      })}
    </span>
  );
}
