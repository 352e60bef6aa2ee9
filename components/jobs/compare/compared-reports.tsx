"use client";

import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { Job } from "@/contracts/jobs";
import { useTRPC } from "@/trpc/client";
import { ConfidenceHistogram } from "../job/confidence-histogram";
import { jobTitle } from "../job-words";
import { useJobNames } from "../use-job-names";
import { AgreementSection } from "./agreement-section";
import { DistributionTable } from "./distribution-table";
import { errorRows, funnelRows, tookRows } from "./report-rows";
import { SideBySide } from "./side-by-side";

type ComparedReportsProps = { project: string; jobs: readonly [Job, Job]; canVerify: boolean };

/** Two reports, part by part. */
export function ComparedReports({ project, jobs, canVerify }: ComparedReportsProps) {
  const [a, b] = jobs;
  const nameOf = useJobNames(jobs);
  const names = [nameOf.get(a.id) ?? jobTitle(a), nameOf.get(b.id) ?? jobTitle(b)] as const;
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const errors = errorRows(jobs);
  const trpc = useTRPC();
  const schema = useQuery(trpc.projects.activeSchema.queryOptions({ project })).data?.labelSchema;
  // Spans are not compared record by record.
  const comparable = shared.filter((label) => schema?.find(({ name }) => name === label)?.level === "record");
  return (
    <>
      {a.id === b.id ? (
        <Notice tone="warn" className="mb-4">
          These are the same job. Choose another one to compare it with.
        </Notice>
      ) : null}
      {a.schemaVersion === b.schemaVersion ? null : (
        <Notice className="mb-4">
          They ran under different versions of the label schema, v{a.schemaVersion} and v{b.schemaVersion}.
        </Notice>
      )}
      <Section title="What came through">
        <SideBySide label="Funnel" names={names} rows={funnelRows(jobs)} project={project} jobs={jobs} />
      </Section>
      {a.id === b.id
        ? null
        : comparable.map((label) => (
            <AgreementSection
              key={label}
              project={project}
              label={label}
              jobs={jobs}
              names={names}
              canVerify={canVerify}
            />
          ))}
      {shared.map((label) => (
        <Section key={label} title={`Labels: ${label}`}>
          <DistributionTable
            label={label}
            definition={schema?.find(({ name }) => name === label)}
            jobs={jobs}
            names={names}
          />
        </Section>
      ))}
      <Section title="Confidence" description="Probability of the chosen option among the label's options.">
        <div className="grid gap-6 lg:grid-cols-2">
          {jobs.map((job, place) => (
            <div key={place === 0 ? "a" : "b"}>
              <h3 className="mb-2 text-muted text-xs">{names[place]}</h3>
              <ConfidenceHistogram confidence={job.confidence} asked={job.labelMetadata.includes("conf")} />
            </div>
          ))}
        </div>
      </Section>
      <Section title="What it took">
        <SideBySide label="What it took" names={names} rows={tookRows(jobs)} project={project} jobs={jobs} />
      </Section>
      {errors.length > 0 ? (
        <Section title="Errors">
          <SideBySide label="Errors by kind" names={names} rows={errors} project={project} jobs={jobs} />
        </Section>
      ) : null}
    </>
  );
}
