"use client";

import Link from "next/link";
import { useState } from "react";
import { AssignDialog } from "@/components/assignments/assign-dialog";
import { recordsHref } from "@/components/query/records-address";
import { PersonName } from "@/components/ui/avatar";
import { AvatarStack } from "@/components/ui/avatar-stack";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { Project } from "@/contracts/projects";
import type { Subset } from "@/contracts/subsets";
import { DeleteSubsetDialog } from "./delete-subset-dialog";
import { RenameSubsetDialog } from "./rename-subset-dialog";
import type { SampleNames } from "./sample/sample-draft";
import { SampleDialog } from "./sample-dialog";
import { type SubsetAction, SubsetMenu } from "./subset-menu";

type SubsetsTableProps = { project: Project; subsets: readonly Subset[]; names: SampleNames };

/** One row a subset; its name opens its records. */
export function SubsetsTable({ project, subsets, names }: SubsetsTableProps) {
  const [asked, setAsked] = useState<{ action: SubsetAction; subset: Subset } | null>(null);
  const close = () => setAsked(null);
  const is = (action: SubsetAction) => (asked?.action === action ? asked.subset : null);
  const [sampled, assigned, renamed, deleted] = [is("sample"), is("assign"), is("rename"), is("delete")];
  return (
    <>
      <Table wide label="Subsets">
        <TableHead>
          <tr>
            <ColumnHead>Name</ColumnHead>
            <ColumnHead>Kind</ColumnHead>
            <ColumnHead numeric>Records</ColumnHead>
            <ColumnHead>Assigned to</ColumnHead>
            <ColumnHead>Made by</ColumnHead>
            <ColumnHead>Made</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Actions</span>
            </ColumnHead>
          </tr>
        </TableHead>
        <TableBody>
          {subsets.map((subset) => (
            <SubsetRow
              key={subset.id}
              project={project}
              subset={subset}
              onAsk={(action) => setAsked({ action, subset })}
            />
          ))}
        </TableBody>
      </Table>
      {sampled ? (
        <SampleDialog
          project={project.slug}
          vocabulary={names}
          source={{ query: { subset: sampled.id } }}
          what={`Drawn from ${sampled.name}`}
          onClose={close}
          onSaved={(subset) => {
            close();
            toast(`${subset.name} was drawn`);
          }}
        />
      ) : null}
      {assigned ? (
        <AssignDialog
          project={project.slug}
          source={{ subset: assigned }}
          what={assigned.name}
          onClose={close}
        />
      ) : null}
      {renamed ? <RenameSubsetDialog project={project.slug} subset={renamed} onClose={close} /> : null}
      {deleted ? <DeleteSubsetDialog project={project.slug} subset={deleted} onClose={close} /> : null}
    </>
  );
}

type SubsetRowProps = { project: Project; subset: Subset; onAsk: (action: SubsetAction) => void };

function SubsetRow({ project, subset, onAsk }: SubsetRowProps) {
  const { id, name, kind, sample, count, countedAt, assigned, createdBy, createdAt } = subset;
  const href = recordsHref(project.slug, { query: { subset: id } });
  return (
    <TableRow>
      <TableCell className="max-w-80">
        <Link href={href} className="block truncate font-medium hover:underline">
          {name}
        </Link>
      </TableCell>
      <TableCell>
        <Badge>{sample ? "sample" : kind}</Badge>
      </TableCell>
      <TableCell numeric className="whitespace-nowrap">
        <Figure value={count} />
        {kind === "live" ? (
          <span className="block text-faint text-xs">
            <RelativeTime value={countedAt} />
          </span>
        ) : null}
      </TableCell>
      <TableCell>
        {assigned.total === 0 ? (
          <span className="text-faint">Nobody</span>
        ) : (
          <Link
            href={`/p/${project.slug}/assignments?subset=${id}`}
            aria-label={`Assignments of ${name}`}
            className="inline-flex items-center gap-2 rounded-sm hover:underline"
          >
            <AvatarStack label="Has it" people={assigned.people} size="sm" />
            <Figure value={assigned.total} />
          </Link>
        )}
      </TableCell>
      <TableCell className="max-w-48">
        <PersonName person={createdBy} />
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <RelativeTime value={createdAt} />
      </TableCell>
      <TableCell className="whitespace-nowrap text-right">
        <CopyButton
          label={`Copy the link to ${name}`}
          text={() => new URL(href, window.location.href).toString()}
        />
        <SubsetMenu project={project.slug} subset={subset} role={project.role} href={href} onAsk={onAsk} />
      </TableCell>
    </TableRow>
  );
}
