"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { SettingsFrame, type SettingsProject } from "../settings-frame";
import { AuditTable } from "./audit-table";
import { type Family, families, isFamily } from "./wording";

type AuditPageProps = {
  project: SettingsProject;
  /** From the address: only actions of this family. */
  action: string | undefined;
};

/** Who changed what, when and from where; the filter is in the address. */
export function AuditPage({ project, action }: AuditPageProps) {
  const family: Family = isFamily(action) ? action : "all";
  return (
    <SettingsFrame project={project} current="audit">
      {roleAllows(project.role, "audit:read") ? (
        <Audit project={project.slug} family={family} />
      ) : (
        <NoPermission title="You can't see the audit log">
          Only administrators of the project can.
        </NoPermission>
      )}
    </SettingsFrame>
  );
}

function Audit({ project, family }: { project: string; family: Family }) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = usePathname();
  const log = useInfiniteQuery(
    trpc.access.audit.infiniteQueryOptions(
      { project, limit: 100, ...(family === "all" ? {} : { action: family }) },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const events = log.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <Select
        aria-label="Show"
        options={families}
        value={family}
        onValueChange={(next) => router.replace(next === "all" ? path : `${path}?action=${next}`)}
        className="mb-4 w-56"
      />
      {log.error ? (
        <ErrorState
          what="The audit log did not load"
          why={problemOf(log.error).detail}
          onRetry={() => void log.refetch()}
        />
      ) : events === undefined ? (
        <SkeletonRows label="Loading the audit log" />
      ) : events.length === 0 ? (
        <EmptyState icon={ScrollText} title="Nothing is written here yet">
          Changes of people, invitations, schema, jobs and exports are kept with who, when and from where.
        </EmptyState>
      ) : (
        <AuditTable events={events} />
      )}
      <MoreButton list={log} className="mt-3">
        Show earlier events
      </MoreButton>
    </>
  );
}
