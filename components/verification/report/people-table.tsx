import { type Person, PersonName } from "@/components/ui/avatar";
import { EmptyState } from "@/components/ui/empty-state";
import { Figure } from "@/components/ui/figure";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { PersonReport } from "@/contracts/session-report";

type PeopleTableProps = {
  people: readonly PersonReport[];
  /** A person by the name that tells them from their namesakes. */
  called: (person: Person) => Person;
};

const untimed = "No work was measured";

/** What each person did and how fast; only oneself where others' pace isn't one's to see. */
export function PeopleTable({ people, called }: PeopleTableProps) {
  if (people.length === 0)
    return <EmptyState title="No verdict">Nobody whose work you may see has decided here yet.</EmptyState>;
  return (
    <Table label="People">
      <TableHead>
        <TableRow>
          <ColumnHead>Person</ColumnHead>
          <ColumnHead numeric>Verdicts</ColumnHead>
          <ColumnHead numeric>Confirmed</ColumnHead>
          <ColumnHead numeric>Corrected</ColumnHead>
          <ColumnHead numeric>Can't tell</ColumnHead>
          <ColumnHead numeric>Overtaken</ColumnHead>
          <ColumnHead numeric>Active time</ColumnHead>
          <ColumnHead numeric>Median per label</ColumnHead>
          <ColumnHead numeric>Labels per hour</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.id}>
            <TableCell>
              <PersonName person={called(person)} />
            </TableCell>
            <TableCell numeric>
              <Figure value={person.verdicts} />
            </TableCell>
            <TableCell numeric>
              <Figure value={person.confirmed} />
            </TableCell>
            <TableCell numeric>
              <Figure value={person.corrected} />
            </TableCell>
            <TableCell numeric>
              <Figure value={person.unsure} />
            </TableCell>
            <TableCell numeric>
              <Figure value={person.overtaken} />
            </TableCell>
            <TableCell numeric>
              <Figure value={person.timed > 0 ? person.activeMs : null} as="duration" reason={untimed} />
            </TableCell>
            <TableCell numeric>
              <Figure
                value={person.medianSeconds === null ? null : person.medianSeconds * 1000}
                as="duration"
                reason={untimed}
              />{" "}
              {person.timed > 0 ? (
                <span className="text-faint text-xs">
                  n = <Figure value={person.timed} />
                </span>
              ) : null}
            </TableCell>
            <TableCell numeric>
              <Figure value={person.perHour} reason={untimed} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
