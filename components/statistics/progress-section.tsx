"use client";

import dynamic from "next/dynamic";
import { Figure, useFormat } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { Stat, StatRow } from "@/components/ui/stat";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ProjectProgress } from "@/contracts/project-statistics";
import { useDayWords } from "./day-words";

// Recharts is larger than all else on the page.
const ProgressChart = dynamic(() => import("./progress-chart").then((loaded) => loaded.ProgressChart), {
  ssr: false,
  loading: () => <Skeleton className="h-64 w-full" />,
});

/** How many records are labelled, verified and reconciled, by label and over time. */
export function ProgressSection({ progress }: { progress: ProjectProgress }) {
  const format = useFormat();
  const { n, labels, days } = progress;
  const note = (count: number) => (n === 0 ? undefined : `${format.share(count / n)} of ${format.count(n)}`);
  return (
    <Section
      title="Progress"
      description="By what stands now. Each record counts on the day, in UTC, on which it came first."
    >
      <StatRow>
        <Stat label="Records" note="that are not excluded">
          <Figure value={n} />
        </Stat>
        <Stat label="Labelled" note={note(progress.labelled)}>
          <Figure value={progress.labelled} />
        </Stat>
        <Stat label="Verified" note={note(progress.verified)}>
          <Figure value={progress.verified} />
        </Stat>
        <Stat label="Reconciled" note={note(progress.reconciled)}>
          <Figure value={progress.reconciled} />
        </Stat>
      </StatRow>
      {days.length > 0 ? (
        <>
          <div className="mt-6">
            <ProgressChart days={days} />
          </div>
          <details className="mt-2">
            <summary className="cursor-pointer text-muted">
              The same as a table of {format.counted(days.length, "day")}
            </summary>
            <DayTable days={days} />
          </details>
        </>
      ) : null}
      {labels.length > 1 ? (
        <div className="mt-6 max-w-3xl">
          <CountTable
            label="Progress by label"
            what="Label"
            rows={labels.map((row) => ({ ...row, name: row.label }))}
          />
        </div>
      ) : null}
    </Section>
  );
}

function DayTable({ days }: Pick<ProjectProgress, "days">) {
  const words = useDayWords();
  return (
    <div className="mt-2 max-w-3xl">
      <CountTable
        label="Progress by day"
        what="Until the end of"
        rows={days.map((row) => ({ ...row, name: words(row.day) }))}
      />
    </div>
  );
}

type CountTableProps = {
  label: string;
  what: string;
  rows: readonly (Pick<ProjectProgress, "labelled" | "verified" | "reconciled"> & { name: string })[];
};

function CountTable({ label, what, rows }: CountTableProps) {
  return (
    <Table label={label}>
      <TableHead>
        <TableRow>
          <ColumnHead>{what}</ColumnHead>
          <ColumnHead numeric>Labelled</ColumnHead>
          <ColumnHead numeric>Verified</ColumnHead>
          <ColumnHead numeric>Reconciled</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ name, labelled, verified, reconciled }) => (
          <TableRow key={name}>
            <TableCell>{name}</TableCell>
            <TableCell numeric>
              <Figure value={labelled} />
            </TableCell>
            <TableCell numeric>
              <Figure value={verified} />
            </TableCell>
            <TableCell numeric>
              <Figure value={reconciled} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
