"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Figure } from "@/components/ui/figure";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { JobRecords } from "../job-records";
import { JobStatus } from "../job-status";
import { jobTitle, modeWords } from "../job-words";
import { TriagePanel } from "../triage/triage-panel";
import { ItemsPanel } from "./items-panel";
import { JobActions } from "./job-actions";
import { JobFunnel } from "./job-funnel";
import { JobNotices } from "./job-notices";
import { JobReport } from "./job-report";
import { useLiveJob } from "./use-live-job";

type JobScreenProps = {
  project: string;
  initialJob: Job;
  /** Of the schema version that the job froze. */
  labels: readonly LabelDefinition[];
  canRun: boolean;
  canVerify: boolean;
  /** The reader may label, and so say what an unreadable answer means. */
  canResolve: boolean;
};

/** One job: how far it is, what came out, and every prompt and answer behind it. */
export function JobScreen({ project, initialJob, labels, canRun, canVerify, canResolve }: JobScreenProps) {
  const { job, connected } = useLiveJob(project, initialJob);
  const path = usePathname();
  const tab = useSearchParams().get("tab");
  const shown = tab === "items" || tab === "unreadable" ? tab : "report";
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Jobs", href: `/p/${project}/jobs` }]}
        title={jobTitle(job)}
        meta={<JobStatus status={job.status} />}
        actions={
          <JobActions project={project} job={job} labels={labels} canRun={canRun} canVerify={canVerify} />
        }
      />
      <div className="flex shrink-0 flex-col gap-3 px-4 pt-3">
        <JobNotices project={project} job={job} connected={connected} canRun={canRun} />
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
          <span>
            {job.model}, {modeWords[job.mode]}
          </span>
          <span>{job.labels.join(", ")}</span>
          <JobRecords project={project} job={job} />
          <span>schema v{job.schemaVersion}</span>
          <span>
            {job.createdBy.name}, <RelativeTime value={job.createdAt} />
          </span>
        </p>
        <JobFunnel counts={job.counts} />
        <NavTabs
          label="Parts of the job"
          className="-mx-4 px-4"
          items={[
            { href: path, label: "Report", current: shown === "report" },
            {
              href: `${path}?tab=items`,
              label: "Items",
              count: <Figure value={job.counts.total} />,
              current: shown === "items",
            },
            {
              href: `${path}?tab=unreadable`,
              label: "Unreadable",
              count: <Figure value={job.counts.invalid} />,
              current: shown === "unreadable",
            },
          ]}
        />
      </div>
      {shown === "unreadable" ? (
        // Where list and answer do not fit beside each other the page scrolls as a whole.
        <PageBody layout="fill" className="max-lg:flex-none">
          <TriagePanel project={project} job={job} labels={labels} canResolve={canResolve} />
        </PageBody>
      ) : shown === "items" ? (
        <PageBody layout="fill">
          <ItemsPanel project={project} job={job} labels={labels} />
        </PageBody>
      ) : (
        <PageBody>
          <JobReport project={project} job={job} labels={labels} canVerify={canVerify} />
        </PageBody>
      )}
    </>
  );
}
