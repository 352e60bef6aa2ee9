"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { AccessToken, Me } from "@/contracts/access";
import { problemOf, useTRPC } from "@/trpc/client";
import { NewTokenDialog } from "./new-token-dialog";

type TokensSectionProps = { projects: Me["projects"]; guest: boolean };

/** Access tokens for programs: list, make, revoke. */
export function TokensSection({ projects, guest }: TokensSectionProps) {
  const trpc = useTRPC();
  const tokens = useInfiniteQuery(
    trpc.access.listTokens.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const [making, setMaking] = useState(false);
  const all = tokens.data?.pages.flatMap((page) => page.items);
  const make = <Button onClick={() => setMaking(true)}>Make an access token</Button>;
  return (
    <Section
      title="Access tokens"
      description="For programs that work under your name. They travel in the Authorization header."
      actions={all && all.length > 0 ? make : null}
    >
      {tokens.error ? (
        <ErrorState
          what="Access tokens did not load"
          why={problemOf(tokens.error).detail}
          onRetry={() => void tokens.refetch()}
        />
      ) : all === undefined ? (
        <SkeletonRows label="Loading access tokens" rows={2} />
      ) : all.length === 0 ? (
        <EmptyState icon={KeyRound} title="No access tokens" action={make} className="py-8">
          A token lets a notebook or a script import, run agents and export as you.
        </EmptyState>
      ) : (
        <TokenTable tokens={all} />
      )}
      <MoreButton list={tokens} className="mt-3">
        Show more
      </MoreButton>
      <NewTokenDialog open={making} onOpenChange={setMaking} projects={projects} guest={guest} />
    </Section>
  );
}

function TokenTable({ tokens }: { tokens: readonly AccessToken[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [revoking, setRevoking] = useState<AccessToken | null>(null);
  const revoke = useMutation(
    trpc.access.revokeToken.mutationOptions({
      onSuccess: () => {
        setRevoking(null);
        return queryClient.invalidateQueries({ queryKey: trpc.access.listTokens.pathKey() });
      },
      onError: (error) => toast(problemOf(error).detail),
    }),
  );
  return (
    <>
      <Table label="Access tokens">
        <TableHead>
          <tr>
            <ColumnHead>Token</ColumnHead>
            <ColumnHead>Note</ColumnHead>
            <ColumnHead>Project</ColumnHead>
            <ColumnHead>Last used</ColumnHead>
            <ColumnHead>Expires</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Revoke</span>
            </ColumnHead>
          </tr>
        </TableHead>
        <TableBody>
          {tokens.map((token) => (
            <TableRow key={token.id}>
              <TableCell className="whitespace-nowrap font-mono text-xs">{token.prefix}…</TableCell>
              <TableCell className="max-w-60 truncate">{token.note ?? "–"}</TableCell>
              <TableCell className="whitespace-nowrap">{token.project ?? "All of yours"}</TableCell>
              <TableCell className="whitespace-nowrap">
                {token.lastUsedAt ? <RelativeTime value={token.lastUsedAt} /> : "Never"}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <RelativeTime value={token.expiresAt} ahead />
              </TableCell>
              <TableCell className="text-right">
                <Button variant="danger" size="sm" onClick={() => setRevoking(token)}>
                  Revoke
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => setRevoking(open ? revoking : null)}
        title={`Revoke ${revoking?.note ?? `${revoking?.prefix}…`}?`}
        description="Programs that use it are refused at once. What they wrote stays."
        verb="Revoke token"
        danger
        busy={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate({ id: revoking.id })}
      />
    </>
  );
}
