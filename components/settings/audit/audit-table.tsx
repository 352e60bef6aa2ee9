import { PersonName } from "@/components/ui/avatar";
import { useLocale } from "@/components/ui/reader";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AuditEvent } from "@/contracts/access";
import { detailText, happening } from "./wording";

export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  const locale = useLocale();
  return (
    <Table label="Audit log">
      <TableHead>
        <tr>
          <ColumnHead>When</ColumnHead>
          <ColumnHead>Who</ColumnHead>
          <ColumnHead>What</ColumnHead>
          <ColumnHead>Details</ColumnHead>
          <ColumnHead>From</ColumnHead>
        </tr>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <TableRow key={event.id}>
            <TableCell className="whitespace-nowrap">
              <RelativeTime value={event.createdAt} />
            </TableCell>
            <TableCell className="max-w-48">
              {event.actor ? (
                <PersonName person={event.actor} />
              ) : (
                <span className="text-muted">The server</span>
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap">{happening(event.action)}</TableCell>
            <TableCell className="max-w-96 truncate text-muted">
              {detailText(event.details, locale) || "–"}
            </TableCell>
            <TableCell className="tabular whitespace-nowrap text-muted">{event.origin ?? "–"}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
