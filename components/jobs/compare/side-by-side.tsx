import Link from "next/link";
import { Figure } from "@/components/ui/figure";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Job } from "@/contracts/jobs";
import type { ReportRow } from "./report-rows";

type SideBySideProps = {
  label: string;
  names: readonly [string, string];
  rows: readonly ReportRow[];
  project: string;
  jobs: readonly [Job, Job];
};

/** Figures of two jobs, one line each. */
export function SideBySide({ label, names, rows, project, jobs }: SideBySideProps) {
  return (
    <Table label={label}>
      <TableHead>
        <TableRow>
          <ColumnHead>
            <span className="sr-only">Figure</span>
          </ColumnHead>
          {names.map((name, place) => (
            <ColumnHead key={place === 0 ? "a" : "b"} numeric>
              <Link href={`/p/${project}/jobs/${jobs[place]?.id}`} className="hover:text-accent">
                {name}
              </Link>
            </ColumnHead>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ name, unit, values: [a, b], reason }) => (
          <TableRow key={name}>
            <TableCell>{name}</TableCell>
            <TableCell numeric>
              <Figure value={a} as={unit} reason={reason} />
            </TableCell>
            <TableCell numeric>
              <Figure value={b} as={unit} reason={reason} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
