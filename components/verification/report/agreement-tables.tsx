import type { Person } from "@/components/ui/avatar";
import { EmptyState } from "@/components/ui/empty-state";
import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AgreementReport, SessionReport } from "@/contracts/session-report";

const kappaReasons: Record<string, string> = {
  no_overlap: "They have no label in common",
  single_category: "Both gave one and the same value throughout, so chance alone would agree",
};

type Called = {
  /** A person by the name that tells them from their namesakes. */
  called: (person: Person) => Person;
};
type AgreementTablesProps = Pick<SessionReport, "agreement"> & Called;

/** How far people said the same, apart for labels on which the agent's was hidden: the two are never mixed. */
export function AgreementTables({ agreement: { seen, blind }, called }: AgreementTablesProps) {
  if (!seen && !blind)
    return (
      <EmptyState title="No label looked at twice">No two people have decided on the same label.</EmptyState>
    );
  return (
    <div className="flex flex-col gap-6">
      {seen ? <Agreement title="The agent's label seen" agreement={seen} called={called} /> : null}
      {blind ? <Agreement title="The agent's label hidden" agreement={blind} called={called} /> : null}
    </div>
  );
}

type AgreementProps = { title: string; agreement: AgreementReport } & Called;

function Agreement({ title, agreement: { all, pairs }, called }: AgreementProps) {
  return (
    <div>
      <p className="mb-2 flex flex-wrap items-center gap-x-3">
        <span className="font-medium">{title}</span> all said the same on
        <Interval value={all} n={all.n} method="95% Wilson" />
      </p>
      {pairs.length > 0 ? (
        <Table label={`Pairs of people, ${title.toLowerCase()}`}>
          <TableHead>
            <TableRow>
              <ColumnHead>People</ColumnHead>
              <ColumnHead>Said the same</ColumnHead>
              <ColumnHead numeric>Cohen's κ</ColumnHead>
            </TableRow>
          </TableHead>
          <TableBody>
            {pairs.map(({ a, b, share, kappa, kappaReason }) => (
              <TableRow key={`${a.id} ${b.id}`}>
                <TableCell>
                  {called(a).name} and {called(b).name}
                </TableCell>
                <TableCell>
                  <Interval value={share} n={share.n} method="95% Wilson" />
                </TableCell>
                <TableCell numeric>
                  <Figure value={kappa} as="decimal" reason={kappaReasons[kappaReason ?? ""]} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </div>
  );
}
