"use client";

import { useQuery } from "@tanstack/react-query";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DiscussionCounts } from "@/contracts/discussions";
import { useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";
import { ResolveFlag } from "./resolve-flag";
import { flagKindWords } from "./words";

/** The open flags of a record with their reasons, each to be resolved by who may. Nothing when there is none. */
export function RecordFlags({
  recordId,
  counts,
}: {
  recordId: string;
  counts: DiscussionCounts | undefined;
}) {
  const { project, me, may } = useDiscussionReader();
  const trpc = useTRPC();
  const list = useQuery(
    trpc.discussions.flags.queryOptions(
      { project, recordId, state: "open" },
      { enabled: (counts?.openFlags ?? 0) > 0 },
    ),
  );
  const called = useCalledApart(project, may("members:read"));
  const flags = (counts?.openFlags ?? 0) > 0 ? (list.data?.items ?? []) : [];
  if (flags.length === 0) return null;
  return (
    <ul aria-label="Open flags" className="mb-2 max-w-[70ch] divide-y border-y">
      {flags.map((flag) => (
        <li key={flag.id} className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1.5">
          <span className="font-medium text-warn">{flagKindWords(flag.kind)}</span>
          {flag.note ? <span className="min-w-0 [overflow-wrap:anywhere]">{flag.note}</span> : null}
          <span className="text-faint text-xs">
            {flag.author.id === me.id ? "You" : called(flag.author).name},{" "}
            <RelativeTime value={flag.createdAt} />
          </span>
          {may("discussions:resolve") ? (
            <span className="ml-auto">
              <ResolveFlag flag={{ ...flag, author: called(flag.author) }} />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
