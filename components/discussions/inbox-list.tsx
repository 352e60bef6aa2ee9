"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import Link from "next/link";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import { recordsHref } from "@/components/query/records-address";
import { Avatar, type Person } from "@/components/ui/avatar";
import { Button, ButtonLink } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Markdown } from "@/components/ui/markdown";
import { MoreButton } from "@/components/ui/more-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { InboxEntry } from "@/contracts/discussions";
import { mentionsAsMarkdown } from "@/contracts/mentions";
import { problemOf, useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";
import { useMarkInbox } from "./use-mark-inbox";
import { inboxWords } from "./words";

type InboxListProps = { project: string; unread: boolean };

/** Mentions, replies and resolved flags, newest first; each leads to its record. */
export function InboxList({ project, unread }: InboxListProps) {
  const { may } = useDiscussionReader();
  const called = useCalledApart(project, may("members:read"));
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.discussions.inbox.infiniteQueryOptions(
      { project, limit: 50, unread },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const entries = list.data?.pages.flatMap(({ items }) => items);
  if (list.isError && !entries)
    return (
      <ErrorState
        what="Your inbox did not load"
        why={problemOf(list.error).detail}
        onRetry={() => void list.refetch()}
      />
    );
  if (!entries) return <SkeletonRows label="Loading your inbox" rows={6} />;
  if (entries.length === 0)
    return (
      <EmptyState
        icon={Bell}
        title={unread ? "Nothing is unread" : "Nothing here yet"}
        action={
          unread ? (
            <ButtonLink href={`/p/${project}/inbox?only=all`}>Show what you have read</ButtonLink>
          ) : (
            <ButtonLink href={`/p/${project}/records`}>Go to the records</ButtonLink>
          )
        }
      >
        When somebody mentions you, answers you or resolves your flag, you see it here.
      </EmptyState>
    );
  return (
    <>
      <ul aria-label="Inbox" className="max-w-3xl divide-y border-y">
        {entries.map((entry) => (
          <Entry key={entry.id} project={project} entry={entry} called={called} />
        ))}
      </ul>
      <MoreButton list={list} className="mt-3">
        Show older entries
      </MoreButton>
    </>
  );
}

type EntryProps = { project: string; entry: InboxEntry; called: (person: Person) => Person };

function Entry({ project, entry, called }: EntryProps) {
  const { mark, busy } = useMarkInbox(project);
  const { id, read, record, session, comment, flag } = entry;
  const by = called(entry.by);
  return (
    <li className="flex items-start gap-2 py-2">
      <span
        aria-hidden
        className={cn("mt-2 size-1.5 shrink-0 rounded-full", read ? "bg-transparent" : "bg-accent")}
      />
      <Avatar person={by} decorative className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <Link
          href={recordsHref(project, { recordId: record.id })}
          onClick={() => {
            if (!read) mark({ ids: [id], read: true });
          }}
          className={cn("inline-block hover:underline", read ? "text-muted" : "font-medium")}
        >
          {read ? null : <span className="sr-only">Unread: </span>}
          {by.name} {inboxWords(entry)}
        </Link>
        {session ? (
          <Link
            href={`/p/${project}/verify/${session.id}?at=${session.annotationId}&view=focus`}
            className="ml-2 text-accent text-xs hover:underline"
          >
            In {session.name}
          </Link>
        ) : null}
        <div className="line-clamp-2 text-muted [overflow-wrap:anywhere]">
          {comment ? (
            <Markdown>{mentionsAsMarkdown(comment.body, comment.mentions.map(called))}</Markdown>
          ) : (
            flag?.settled?.note
          )}
        </div>
      </div>
      <RelativeTime value={entry.createdAt} className="shrink-0 pt-0.5 text-faint text-xs" />
      <Button size="sm" variant="ghost" disabled={busy} onClick={() => mark({ ids: [id], read: !read })}>
        {read ? "Mark as unread" : "Mark as read"}
      </Button>
    </li>
  );
}
