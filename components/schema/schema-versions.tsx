"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { SchemaVersion } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { VersionDetails } from "./version-details";

type SchemaVersionsProps = {
  project: string;
  active: number | null;
  /** Absent when the reader may not save a schema. */
  onRestore: ((version: SchemaVersion) => void) | undefined;
};

/** Every version, newest first, with what it changed. */
export function SchemaVersions({ project, active, onRestore }: SchemaVersionsProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState<number | null>(active);
  const query = useInfiniteQuery(
    trpc.projects.schemaVersions.infiniteQueryOptions(
      { project },
      { getNextPageParam: (last) => last.nextCursor ?? undefined },
    ),
  );
  if (query.isPending) return <SkeletonRows label="Loading versions" rows={4} />;
  if (query.isError)
    return (
      <ErrorState
        what="The versions did not load"
        why={problemOf(query.error).detail}
        onRetry={() => void query.refetch()}
      />
    );
  const versions = query.data.pages.flatMap((page) => page.items);
  const chosen = versions.find(({ version }) => version === open) ?? versions[0];
  if (!chosen)
    return (
      <EmptyState title="No version yet">The first save of the label schema makes version 1.</EmptyState>
    );
  return (
    <div className="grid gap-8 md:grid-cols-[16rem_minmax(0,1fr)]">
      <div>
        <ol aria-label="Versions" className="divide-y border-y">
          {versions.map((version) => (
            <li key={version.id}>
              <button
                type="button"
                aria-current={version === chosen ? "true" : undefined}
                onClick={() => setOpen(version.version)}
                className={cn(
                  "flex w-full flex-col gap-0.5 px-3 py-2 text-left hover:bg-raised",
                  version === chosen && "bg-raised",
                )}
              >
                <span className="flex items-center gap-2 font-medium">
                  Version {version.version}
                  {version.active ? <Badge tone="good">Active</Badge> : null}
                </span>
                <span className="text-muted text-xs">
                  {version.createdBy.name}, <RelativeTime value={version.createdAt} />
                </span>
              </button>
            </li>
          ))}
        </ol>
        <MoreButton list={query} className="mt-2">
          Show older versions
        </MoreButton>
      </div>
      <VersionDetails
        // Another version is compared with the one before it again.
        key={chosen.version}
        project={project}
        version={chosen}
        onRestore={chosen.active ? undefined : onRestore}
        mayUndo={onRestore !== undefined}
      />
    </div>
  );
}
