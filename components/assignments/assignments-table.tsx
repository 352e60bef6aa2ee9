"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { recordsHref } from "@/components/query/records-address";
import { PersonName } from "@/components/ui/avatar";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Assignment } from "@/contracts/assignments";
import { AssignmentProgress } from "./assignment-progress";
import { assignedRecords, modeWords, recordsDoubted, recordsLeft } from "./assignment-words";
import { DueDate } from "./due-date";
import { DueDialog } from "./due-dialog";
import { useWithdraw } from "./use-withdraw";

type AssignmentsTableProps = {
  project: string;
  assignments: readonly Assignment[];
  mayAssign: boolean;
};

/** One row a person and subset. */
export function AssignmentsTable({ project, assignments, mayAssign }: AssignmentsTableProps) {
  const { withdraw } = useWithdraw(project);
  const [dated, setDated] = useState<Assignment | null>(null);
  return (
    <>
      <Table wide label="Assignments">
        <TableHead>
          <tr>
            <ColumnHead>Person</ColumnHead>
            <ColumnHead>Subset</ColumnHead>
            <ColumnHead>Has</ColumnHead>
            <ColumnHead>Labels</ColumnHead>
            <ColumnHead>Done</ColumnHead>
            <ColumnHead>Due</ColumnHead>
            <ColumnHead>Given</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Actions</span>
            </ColumnHead>
          </tr>
        </TableHead>
        <TableBody>
          {assignments.map((assignment) => (
            <AssignmentRow
              key={assignment.id}
              project={project}
              assignment={assignment}
              onWithdraw={mayAssign ? () => withdraw(assignment) : null}
              onDate={() => setDated(assignment)}
            />
          ))}
        </TableBody>
      </Table>
      {dated ? <DueDialog project={project} assignment={dated} onClose={() => setDated(null)} /> : null}
    </>
  );
}

type AssignmentRowProps = {
  project: string;
  assignment: Assignment;
  /** Null: who looks may change nothing. */
  onWithdraw: (() => void) | null;
  onDate: () => void;
};

function AssignmentRow({ project, assignment, onWithdraw, onDate }: AssignmentRowProps) {
  const { user, subset, labels, progress, createdAt } = assignment;
  return (
    <TableRow>
      <TableCell className="max-w-48">
        <PersonName person={user} />
      </TableCell>
      <TableCell className="max-w-64">
        <Link
          href={recordsHref(project, { query: assignedRecords(assignment) })}
          className="block truncate font-medium hover:underline"
        >
          {subset.name}
        </Link>
      </TableCell>
      <TableCell className="whitespace-nowrap">{modeWords(assignment)}</TableCell>
      <TableCell className="max-w-48 truncate text-muted">{labels.join(", ")}</TableCell>
      <TableCell>
        <AssignmentProgress label={`${subset.name}, ${user.name}`} progress={progress} />
      </TableCell>
      <TableCell>
        <DueDate {...assignment} />
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <RelativeTime value={createdAt} />
      </TableCell>
      <TableCell className="text-right">
        <DropdownMenu
          trigger={
            <IconButton label={`More for ${user.name}, ${subset.name}`} size="sm">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuItem asChild>
            <Link href={recordsHref(project, { query: recordsLeft(assignment) })}>Open what is left</Link>
          </MenuItem>
          <MenuItem asChild>
            <Link href={recordsHref(project, { query: recordsDoubted(assignment) })}>
              Open what they could not tell
            </Link>
          </MenuItem>
          {onWithdraw ? (
            <>
              <MenuItem onSelect={onDate}>Change the date</MenuItem>
              <MenuSeparator />
              <MenuItem danger onSelect={onWithdraw}>
                Take back
              </MenuItem>
            </>
          ) : null}
        </DropdownMenu>
      </TableCell>
    </TableRow>
  );
}
