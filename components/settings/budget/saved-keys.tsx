"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { LlmKey } from "@/contracts/llm-keys";
import { problemOf, useTRPC } from "@/trpc/client";
import { providerNames } from "./provider-names";

type SavedKeysProps = {
  project: string;
  /** The button that saves one, where none is. */
  save: ReactNode;
};

/** Which keys are saved, by their last characters, and who saved them. */
export function SavedKeys({ project, save }: SavedKeysProps) {
  const trpc = useTRPC();
  const found = useQuery(trpc.llmKeys.list.queryOptions({ project }));
  return (
    <Section
      title="LLM keys"
      description="Jobs and trials without a key of their own use these, each for its provider and address alone. They are kept encrypted and never shown again."
    >
      {found.isPending ? (
        <SkeletonRows label="Loading keys" rows={2} />
      ) : found.isError ? (
        <ErrorState
          what="The keys did not load"
          why={problemOf(found.error).detail}
          onRetry={() => void found.refetch()}
        />
      ) : found.data.items.length === 0 ? (
        <EmptyState title="No key is saved" action={save}>
          Without one, calls use the key entered for a job, or else the server's own.
        </EmptyState>
      ) : (
        <KeyTable project={project} keys={found.data.items} />
      )}
    </Section>
  );
}

function KeyTable({ project, keys }: { project: string; keys: readonly LlmKey[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<LlmKey | null>(null);
  const erase = useMutation(
    trpc.llmKeys.delete.mutationOptions({
      onSuccess: () => {
        setDoomed(null);
        toast("The key is erased");
        void queries.invalidateQueries({ queryKey: trpc.llmKeys.pathKey() });
      },
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  return (
    <>
      <Table label="LLM keys">
        <TableHead>
          <TableRow>
            <ColumnHead>Provider</ColumnHead>
            <ColumnHead>Address</ColumnHead>
            <ColumnHead>Ends in</ColumnHead>
            <ColumnHead>Saved by</ColumnHead>
            <ColumnHead>Since</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Actions</span>
            </ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {keys.map((key) => (
            <TableRow key={key.id}>
              <TableCell className="font-medium">{providerNames[key.provider]}</TableCell>
              <TableCell className="text-muted">{key.baseUrl ?? "the provider's own"}</TableCell>
              <TableCell className="font-mono">{key.lastFour || "–"}</TableCell>
              <TableCell>{key.createdBy.name}</TableCell>
              <TableCell className="text-muted">
                <RelativeTime value={key.createdAt} />
              </TableCell>
              <TableCell className="text-right">
                <Button variant="ghost" onClick={() => setDoomed(key)}>
                  Erase
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
          title={`Erase the key for ${providerNames[doomed.provider]}?`}
          description="Jobs that use it pause and ask for another one. It can't be brought back."
          verb="Erase key"
          danger
          busy={erase.isPending}
          onConfirm={() => erase.mutate({ project, id: doomed.id })}
        />
      ) : null}
    </>
  );
}
