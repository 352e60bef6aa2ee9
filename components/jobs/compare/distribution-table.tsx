import { Figure } from "@/components/ui/figure";
import { OptionMark } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { distributionRows } from "./report-rows";

type DistributionTableProps = {
  label: string;
  /** What the schema says of it now, if it still has it. */
  definition: LabelDefinition | undefined;
  jobs: readonly [Job, Job];
  names: readonly [string, string];
};

/** By stored value, or as the option is called now. */
function OptionName({ label, value }: { label: LabelDefinition | undefined; value: string }) {
  if (!label) return value;
  const { text, color } = optionLook(label, value);
  return (
    <span className="inline-flex items-center gap-2">
      <OptionMark color={color} />
      {text}
    </span>
  );
}

/** In which share of its labels each of two jobs gave each value. */
export function DistributionTable({ label, definition, jobs, names }: DistributionTableProps) {
  const rows = distributionRows(label, jobs);
  if (rows.length === 0) return <p className="text-muted">Neither has written a label yet.</p>;
  return (
    <Table label={`Shares of ${label}`}>
      <TableHead>
        <TableRow>
          <ColumnHead>Value</ColumnHead>
          {names.map((name, place) => (
            <ColumnHead key={place === 0 ? "a" : "b"} numeric>
              {name}
            </ColumnHead>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ name, values, reason }) => (
          <TableRow key={name}>
            <TableCell>
              <OptionName label={definition} value={name} />
            </TableCell>
            {values.map((value, place) => (
              <TableCell key={place === 0 ? "a" : "b"} numeric>
                <span className="inline-flex w-full max-w-56 items-center justify-end gap-3">
                  <span aria-hidden className="h-2 flex-1 rounded-sm bg-raised max-sm:hidden">
                    <span
                      className="block h-full rounded-sm bg-text-muted"
                      style={{ width: `${100 * (value ?? 0)}%` }}
                    />
                  </span>
                  <Figure value={value} as="share" reason={reason} />
                </span>
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
