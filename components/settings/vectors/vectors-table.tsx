"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Figure, useFormat } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { VectorSpace } from "@/contracts/vectors";
import { problemOf, useTRPC } from "@/trpc/client";

type VectorsTableProps = { project: string; spaces: readonly VectorSpace[] };

/** Names of vectors, where they come from, how many records have one. */
export function VectorsTable({ project, spaces }: VectorsTableProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const format = useFormat();
  const [doomed, setDoomed] = useState<VectorSpace | null>(null);
  const remove = useMutation(
    trpc.vectors.delete.mutationOptions({
      onSuccess: (_, { name }) => {
        setDoomed(null);
        toast(`Vectors “${name}” deleted`);
        void queries.invalidateQueries({ queryKey: trpc.vectors.pathKey() });
      },
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  return (
    <>
      <Table label="Vectors of records">
        <TableHead>
          <TableRow>
            <ColumnHead>Name</ColumnHead>
            <ColumnHead>From</ColumnHead>
            <ColumnHead numeric>Length</ColumnHead>
            <ColumnHead numeric>Records</ColumnHead>
            <ColumnHead>Since</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Actions</span>
            </ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {spaces.map((space) => (
            <TableRow key={space.name}>
              <TableCell className="font-medium">{space.name}</TableCell>
              <TableCell className="text-muted">{space.model ?? "given by a program"}</TableCell>
              <TableCell numeric>
                <Figure value={space.dimensions} />
              </TableCell>
              <TableCell numeric>
                <Figure value={space.records} />
              </TableCell>
              <TableCell className="text-muted">
                <RelativeTime value={space.createdAt} />
              </TableCell>
              <TableCell className="text-right">
                <Button variant="ghost" onClick={() => setDoomed(space)}>
                  Delete
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {doomed ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => (open ? undefined : setDoomed(null))}
          title={`Delete the vectors “${doomed.name}”?`}
          description={`${format.counted(doomed.records, "record loses its own", "records lose theirs")}. Computing them again costs what it cost.`}
          verb="Delete vectors"
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ project, name: doomed.name })}
        />
      ) : null}
    </>
  );
}
