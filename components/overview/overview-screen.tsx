"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { OwnAssignments } from "@/components/assignments/own-assignments";
import { Badge } from "@/components/ui/badge";
import { Figure } from "@/components/ui/figure";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat";
import type { Overview } from "@/contracts/overview";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { useTRPC } from "@/trpc/client";
import { ActivityList } from "./activity-list";
import { AgentsGlance } from "./agents-glance";
import { LabelSharesView } from "./label-shares-view";
import { NextSteps } from "./next-steps";
import { OwnWork } from "./own-work";
import { isFirstVisit, SampleStart } from "./sample-start";

const REFRESH = 10_000;

type OverviewScreenProps = { project: Project; overview: Overview };

/** What to do next, how far the project is, who and what is at work in it. */
export function OverviewScreen({ project: shown, overview: first }: OverviewScreenProps) {
  const trpc = useTRPC();
  const { slug } = shown;
  const refresh = { refetchInterval: REFRESH, placeholderData: keepPreviousData };
  const project = useQuery(
    trpc.projects.get.queryOptions({ project: slug }, { ...refresh, initialData: shown }),
  ).data;
  const overview = useQuery(
    trpc.projects.overview.queryOptions({ project: slug }, { ...refresh, initialData: first }),
  ).data;
  const seesAll = roleAllows(project.role, "jobs:read");
  return (
    <>
      <PageHeader
        title={project.name}
        meta={project.archived ? <Badge>Archived</Badge> : <Badge>{project.role}</Badge>}
      />
      <PageBody>
        {seesAll ? (
          <>
            {isFirstVisit(project, overview) ? (
              <SampleStart project={project.slug} overview={overview} />
            ) : null}
            <NextSteps project={project} steps={overview.steps} quiet={isFirstVisit(project, overview)} />
            <OwnAssignments project={slug} leads={false} />
          </>
        ) : (
          <>
            <OwnAssignments project={slug} leads />
            <OwnWork project={slug} />
          </>
        )}
        <Progress project={project} seesAll={seesAll} openFlags={overview.openFlags} />
        {seesAll ? (
          <>
            <LabelSharesView project={slug} />
            <AgentsGlance project={slug} agents={overview.agents} />
            <ActivityList project={slug} activity={overview.activity} />
          </>
        ) : null}
      </PageBody>
    </>
  );
}

type ProgressProps = { project: Project; seesAll: boolean; openFlags: number };

/** Who sees only what is opened to them is told of that, and of their own work. */
function Progress({ project, seesAll, openFlags }: ProgressProps) {
  const { records, labelled, verified, members, jobs } = project.counts;
  return (
    <Section title={seesAll ? "Progress" : "Your progress"}>
      <ProgressBar
        label="Records labelled and verified"
        total={records}
        parts={[
          { value: verified, tone: "good", name: "verified" },
          { value: Math.max(labelled - verified, 0), tone: "muted", name: "labelled, not verified" },
        ]}
        className="mb-4"
      />
      <StatRow>
        <Stat label="Records" {...(seesAll ? {} : { note: "opened to you" })}>
          <Figure value={records} />
        </Stat>
        <Stat label="Labelled" note={seesAll ? "by anybody" : "by you"}>
          <Figure value={labelled} />
        </Stat>
        <Stat label="Verified" note={seesAll ? "by a person" : "by you"}>
          <Figure value={verified} />
        </Stat>
        {seesAll ? (
          <>
            <Stat label="Members">
              <Figure value={members} />
            </Stat>
            <Stat label="Jobs">
              <Figure value={jobs} />
            </Stat>
            {openFlags > 0 ? (
              <Stat label="Open flags">
                <Link href={`/p/${project.slug}/inbox?tab=flags`} className="hover:underline">
                  <Figure value={openFlags} />
                </Link>
              </Stat>
            ) : null}
          </>
        ) : null}
      </StatRow>
    </Section>
  );
}
