"use client";

import { useMutation } from "@tanstack/react-query";
import { visibilities } from "@/components/imports/mapping-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { MetadataVisibility, Project } from "@/contracts/projects";
import { problemOf, useTRPC } from "@/trpc/client";

type MetadataVisibilityTableProps = { project: Project; onChange: (project: Project) => void };

/** Who sees each metadata name; in force at once, with undo. */
export function MetadataVisibilityTable({ project, onChange }: MetadataVisibilityTableProps) {
  const trpc = useTRPC();
  const patch = useMutation(
    trpc.projects.patch.mutationOptions({
      onSuccess: onChange,
      onError: (failure) => toast.error(problemOf(failure).detail),
    }),
  );
  const set = (name: string, visibility: MetadataVisibility, before?: MetadataVisibility) =>
    patch.mutate(
      { project: project.slug, metadata: { [name]: visibility } },
      {
        onSuccess: () =>
          toast(`${name}: ${visibilities.find(({ value }) => value === visibility)?.label}`, {
            ...(before ? { action: { label: "Undo", onClick: () => set(name, before) } } : {}),
          }),
      },
    );
  return (
    <Section
      title="Record metadata"
      description="Shown: beside the text, to everybody. Team: reviewers and administrators. Gold: trusted labels, hidden while people decide."
    >
      {project.metadata.length === 0 ? (
        <EmptyState title="No record has metadata yet">
          Columns of an import become metadata; here you decide who sees them.
        </EmptyState>
      ) : (
        <Table label="Record metadata">
          <TableHead>
            <TableRow>
              <ColumnHead>Name</ColumnHead>
              <ColumnHead>Type</ColumnHead>
              <ColumnHead>Who sees it</ColumnHead>
            </TableRow>
          </TableHead>
          <TableBody>
            {project.metadata.map(({ name, type, visibility }) => (
              <TableRow key={name}>
                <TableCell className="font-medium">{name}</TableCell>
                <TableCell className="text-muted">{type === "string" ? "text" : type}</TableCell>
                <TableCell className="w-48">
                  <Select
                    aria-label={`Who sees ${name}`}
                    options={visibilities}
                    value={visibility}
                    onValueChange={(next) => set(name, next, visibility)}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}
