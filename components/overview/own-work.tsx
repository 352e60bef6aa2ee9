"use client";

import { useQuery } from "@tanstack/react-query";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";

const none: readonly Session[] = [];

/** What waits for somebody who sees only what is opened to them. */
export function OwnWork({ project }: { project: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.sessions.list.queryOptions({ project, state: "open" }));
  const nameOf = useNamesApart(query.data?.items ?? none);
  return (
    <Section title="Open to you">
      {query.isPending ? (
        <SkeletonRows label="Loading your sessions" rows={3} />
      ) : query.isError ? (
        <ErrorState
          what="Your sessions did not load"
          why={problemOf(query.error).detail}
          onRetry={() => void query.refetch()}
        />
      ) : query.data.items.length === 0 ? (
        <EmptyState title="Nothing waits for you">
          When somebody opens a verification session to you, it stands here.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {query.data.items.map(({ id, name, label, counts }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <span className="min-w-0 flex-1 font-medium">{nameOf.get(id) ?? name}</span>
              <span className="text-muted">
                {label}, <Figure value={counts.left} /> left
              </span>
              <ButtonLink href={`/p/${project}/verify/${id}`}>Join the session</ButtonLink>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
