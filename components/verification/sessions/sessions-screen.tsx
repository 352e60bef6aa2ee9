"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import Link from "next/link";
import { Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { MoreButton } from "@/components/ui/more-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ListOf } from "@/contracts/common";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";
import { SessionMarks } from "./session-marks";

type SessionsScreenProps = { project: string; firstPage: ListOf<Session>; canCreate: boolean };

/** The verification sessions of a project, newest first. */
export function SessionsScreen({ project, firstPage, canCreate }: SessionsScreenProps) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.sessions.list.infiniteQueryOptions(
      { project },
      {
        getNextPageParam: (last) => last.nextCursor ?? undefined,
        initialData: { pages: [firstPage], pageParams: [null] },
      },
    ),
  );
  const sessions = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title="Verify" meta={query.data ? <Figure value={query.data.pages[0]?.total} /> : null} />
      <PageBody layout="fill">
        {query.isPending ? (
          <SkeletonRows label="Loading sessions" />
        ) : query.isError && sessions.length === 0 ? (
          <ErrorState
            what="The sessions did not load"
            why={problemOf(query.error).detail}
            onRetry={() => void query.refetch()}
          />
        ) : sessions.length === 0 ? (
          <EmptyState
            icon={Users}
            title="No verification session yet"
            action={
              canCreate ? (
                <ButtonLink variant="primary" href={`/p/${project}/jobs`}>
                  Choose a job to verify
                </ButtonLink>
              ) : null
            }
          >
            {canCreate
              ? "A session opens the labels of a job, or the conflicts between jobs, to several people at once."
              : "When a reviewer opens labels for people to verify together, the session stands here."}
          </EmptyState>
        ) : (
          <SessionTable project={project} sessions={sessions} />
        )}
        <MoreButton list={query} className="m-4 self-center">
          Show older sessions
        </MoreButton>
      </PageBody>
    </>
  );
}

function SessionTable({ project, sessions }: { project: string; sessions: readonly Session[] }) {
  return (
    <Table wide label="Verification sessions">
      <TableHead>
        <TableRow>
          <ColumnHead>Session</ColumnHead>
          <ColumnHead>Label</ColumnHead>
          <ColumnHead>State</ColumnHead>
          <ColumnHead>Verified</ColumnHead>
          <ColumnHead>Corrected</ColumnHead>
          <ColumnHead>Agreement with the agent</ColumnHead>
          <ColumnHead>Started</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <TableRow key={session.id}>
            <TableCell className="min-w-40">
              <Link href={`/p/${project}/verify/${session.id}`} className="font-medium hover:underline">
                {session.name}
              </Link>
              <SessionMarks project={project} session={session} />
            </TableCell>
            <TableCell>{session.label}</TableCell>
            <TableCell>
              <Status tone={session.state === "open" ? "good" : "neutral"}>
                {session.state === "open" ? "Open" : "Closed"}
              </Status>
            </TableCell>
            <TableCell>
              <span className="flex items-center gap-3">
                <ProgressBar
                  label={`Verified of ${session.name}`}
                  total={session.counts.total}
                  parts={
                    session.overall
                      ? [{ value: session.overall.complete, tone: "good", name: "complete" }]
                      : [
                          { value: session.counts.confirmed, tone: "good", name: "confirmed" },
                          { value: session.counts.corrected, tone: "accent", name: "corrected" },
                          {
                            value: session.counts.unsure + session.counts.hidden,
                            tone: "muted",
                            name: "can't tell or hidden",
                          },
                        ]
                  }
                  className="w-20"
                />
                <span className="tabular whitespace-nowrap text-muted">
                  <Figure value={session.overall?.complete ?? session.counts.verified} /> /{" "}
                  <Figure value={session.counts.total} />
                </span>
              </span>
            </TableCell>
            <TableCell>
              <Figure value={session.counts.corrected} />
            </TableCell>
            <TableCell>
              <Interval
                value={session.agreement}
                n={session.agreement?.n ?? 0}
                method="95% Wilson"
                reason="Nobody has confirmed or corrected a label yet"
              />
            </TableCell>
            <TableCell>
              <span className="whitespace-nowrap text-muted">
                {session.createdBy.name}, <RelativeTime value={session.createdAt} />
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
