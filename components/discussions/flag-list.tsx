"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Flag as FlagIcon } from "lucide-react";
import Link from "next/link";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import { recordsHref } from "@/components/query/records-address";
import { type Person, PersonName } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Flag } from "@/contracts/discussions";
import { problemOf, useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";
import { ResolveFlag } from "./resolve-flag";
import { flagKindWords, flagStateWords } from "./words";

type FlagListProps = { project: string; open: boolean };

/** Flags on records that the reader sees, newest first, each to be resolved in place by who may. */
export function FlagList({ project, open }: FlagListProps) {
  const { may } = useDiscussionReader();
  const called = useCalledApart(project, may("members:read"));
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.discussions.flags.infiniteQueryOptions(
      { project, limit: 50, ...(open ? { state: "open" as const } : {}) },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const flags = list.data?.pages.flatMap(({ items }) => items);
  if (list.isError && !flags)
    return (
      <ErrorState
        what="The flags did not load"
        why={problemOf(list.error).detail}
        onRetry={() => void list.refetch()}
      />
    );
  if (!flags) return <SkeletonRows label="Loading the flags" rows={6} />;
  if (flags.length === 0)
    return (
      <EmptyState
        icon={FlagIcon}
        title={open ? "No open flags" : "No flags"}
        action={<ButtonLink href={`/p/${project}/records`}>Go to the records</ButtonLink>}
      >
        Whoever finds a broken text or an unclear guideline flags the record, and the flag is listed here.
      </EmptyState>
    );
  return (
    <>
      <ul aria-label="Flags" className="max-w-3xl divide-y border-y">
        {flags.map((flag) => (
          <FlagEntry key={flag.id} project={project} flag={flag} called={called} />
        ))}
      </ul>
      <MoreButton list={list} className="mt-3">
        Show older flags
      </MoreButton>
    </>
  );
}

type FlagEntryProps = { project: string; flag: Flag; called: (person: Person) => Person };

function FlagEntry({ project, flag, called }: FlagEntryProps) {
  const { may } = useDiscussionReader();
  const { state, settled } = flag;
  const author = called(flag.author);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2">
          <Link
            href={recordsHref(project, { recordId: flag.recordId })}
            className="font-medium hover:underline"
          >
            {flagKindWords(flag.kind)} on {flag.externalId}
          </Link>
          {state === "open" ? null : <Badge>{flagStateWords(state)}</Badge>}
        </p>
        {flag.note ? <p className="[overflow-wrap:anywhere]">{flag.note}</p> : null}
        <p className="truncate text-faint">{flag.excerpt}</p>
        {settled?.note ? (
          <p className="text-muted [overflow-wrap:anywhere]">
            {called(settled.by).name}: {settled.note}
          </p>
        ) : null}
      </div>
      <PersonName person={author} className="text-muted text-xs" />
      <RelativeTime value={flag.createdAt} className="text-faint text-xs" />
      {may("discussions:resolve") && state !== "withdrawn" ? (
        <ResolveFlag flag={{ ...flag, author }} />
      ) : null}
    </li>
  );
}
