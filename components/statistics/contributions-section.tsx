"use client";

import dynamic from "next/dynamic";
import { PersonName } from "@/components/ui/avatar";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Contributions } from "@/contracts/project-statistics";

// Recharts is larger than all else on the page.
const ContributionsChart = dynamic(
  () => import("./contributions-chart").then((loaded) => loaded.ContributionsChart),
  { ssr: false, loading: () => <Skeleton className="h-64 w-full" /> },
);

/** What each person did that stands, and on which days. */
export function ContributionsSection({ contributions }: { contributions: Contributions }) {
  const { people, days } = contributions;
  return (
    <Section
      title="Contributions"
      description="What people did and what of it stands, by when they did it. Time is that of work on a verdict, seen and not away."
    >
      {people.length === 0 ? (
        <p className="text-muted">Nobody has labelled or verified anything here.</p>
      ) : (
        <>
          <People people={people} />
          <div className="mt-6">
            <ContributionsChart days={days} />
          </div>
        </>
      )}
    </Section>
  );
}

function People({ people }: Pick<Contributions, "people">) {
  return (
    <Table label="What each person did">
      <TableHead>
        <TableRow>
          <ColumnHead>Person</ColumnHead>
          <ColumnHead numeric>Labels</ColumnHead>
          <ColumnHead numeric>Verdicts</ColumnHead>
          <ColumnHead numeric>Confirmed</ColumnHead>
          <ColumnHead numeric>Corrected</ColumnHead>
          <ColumnHead numeric>Can't tell</ColumnHead>
          <ColumnHead numeric>At one stroke</ColumnHead>
          <ColumnHead numeric>Reconciled</ColumnHead>
          <ColumnHead numeric>Median time</ColumnHead>
          <ColumnHead>Last</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {people.map((person) => {
          const { id, name, labels, verdicts, confirmed, corrected, unsure, together, reconciled } = person;
          return (
            <TableRow key={id}>
              <TableCell>
                <PersonName person={{ id, name }} />
              </TableCell>
              {Object.entries({ labels, verdicts, confirmed, corrected, unsure, together, reconciled }).map(
                ([what, count]) => (
                  <TableCell key={what} numeric>
                    <Figure value={count} />
                  </TableCell>
                ),
              )}
              <TableCell numeric>
                <Figure
                  value={person.medianSeconds === null ? null : 1000 * person.medianSeconds}
                  as="duration"
                  reason={person.medianReason ?? undefined}
                />
              </TableCell>
              <TableCell className="text-muted">
                <RelativeTime value={person.lastActiveAt} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
