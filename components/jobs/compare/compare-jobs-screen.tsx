"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { Columns2 } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { PickOne } from "@/components/query/pick-one";
import { sourceWords } from "@/components/query/source-words";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { formatRelative } from "@/components/ui/format-time";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { useLocale, useNow } from "@/components/ui/reader";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Toolbar } from "@/components/ui/toolbar";
import { id as idShape } from "@/contracts/common";
import { problemOf, useTRPC } from "@/trpc/client";
import { isOver, jobTitle } from "../job-words";
import { useJobNames } from "../use-job-names";
import { ComparedReports } from "./compared-reports";

type CompareJobsScreenProps = { project: string; canSee: boolean; canVerify: boolean };

const LIVE_REFRESH = 2000;
const MOST_JOBS = 100;
const sides = ["a", "b"] as const;
const noJobs: never[] = [];

/** The reports of two jobs beside each other. Which two stands in the address. */
export function CompareJobsScreen({ project, canSee, canVerify }: CompareJobsScreenProps) {
  return (
    <>
      <PageHeader crumbs={[{ label: "Jobs", href: `/p/${project}/jobs` }]} title="Two jobs side by side" />
      {canSee ? (
        <Compared project={project} canVerify={canVerify} />
      ) : (
        <PageBody>
          <NoPermission title="You can't see the jobs of this project">
            Reviewers, viewers and administrators can. Ask an administrator for another role.
          </NoPermission>
        </PageBody>
      )}
    </>
  );
}

function Compared({ project, canVerify }: { project: string; canVerify: boolean }) {
  const trpc = useTRPC();
  const params = useSearchParams();
  const path = usePathname();
  const locale = useLocale();
  const now = useNow();
  const list = useQuery(trpc.jobs.list.queryOptions({ project, limit: MOST_JOBS }));
  const asked = sides.map((side) => idShape.safeParse(params.get(side)).data);
  const reports = useQueries({
    queries: asked.map((id) =>
      trpc.jobs.get.queryOptions(
        { project, id: id ?? "" },
        {
          enabled: id !== undefined,
          refetchInterval: ({ state }) => (state.data && !isOver(state.data.status) ? LIVE_REFRESH : false),
        },
      ),
    ),
  });
  const jobs = list.data?.items ?? noJobs;
  const nameOf = useJobNames(jobs);
  const picks = jobs.map((job) => ({
    value: job.id,
    label: nameOf.get(job.id) ?? jobTitle(job),
    hint: [job.model, sourceWords(job.records), formatRelative(Date.parse(job.createdAt), now, locale)]
      .filter((words) => words !== "")
      .join(", "),
  }));
  const choose = (side: string, id: string) => {
    const next = new URLSearchParams(params);
    next.set(side, id);
    window.history.replaceState(null, "", `${path}?${next}`);
  };
  const [a, b] = reports.map(({ data }) => data);
  const failed = reports.find(({ error }) => error);
  return (
    <>
      <Toolbar label="Jobs">
        {sides.map((side, place) => (
          <PickOne
            key={side}
            label={place === 0 ? "First job" : "Second job"}
            picks={picks}
            value={asked[place]}
            onPick={(id) => choose(side, id)}
          />
        ))}
      </Toolbar>
      <PageBody>
        {list.error ? (
          <ErrorState
            what="The jobs did not load"
            why={problemOf(list.error).detail}
            onRetry={() => void list.refetch()}
          />
        ) : failed?.error ? (
          <ErrorState
            what="A report did not load"
            why={problemOf(failed.error).detail}
            onRetry={() => void failed.refetch()}
          />
        ) : asked.includes(undefined) ? (
          <EmptyState icon={Columns2} title="Choose two jobs">
            Their reports stand beside each other: what came through, which labels, what it took.
          </EmptyState>
        ) : a && b ? (
          <ComparedReports project={project} jobs={[a, b]} canVerify={canVerify} />
        ) : (
          <SkeletonRows label="Loading the reports" />
        )}
      </PageBody>
    </>
  );
}
