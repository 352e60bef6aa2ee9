import Link from "next/link";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { JobSummary } from "@/contracts/jobs";
import { JobProgress } from "../job-progress";
import { JobRecords } from "../job-records";
import { JobStatus } from "../job-status";
import { doneCount, failedCount, jobTitle, pausedWords } from "../job-words";

/** One line a job: what runs, how far, what came out, what it cost. */
export function JobsTable({ project, jobs }: { project: string; jobs: readonly JobSummary[] }) {
  return (
    <Table wide label="Jobs">
      <TableHead>
        <TableRow>
          <ColumnHead>Agent</ColumnHead>
          <ColumnHead>Labels</ColumnHead>
          <ColumnHead>Records</ColumnHead>
          <ColumnHead>State</ColumnHead>
          <ColumnHead>Done</ColumnHead>
          <ColumnHead numeric>Labelled</ColumnHead>
          <ColumnHead numeric>Unreadable</ColumnHead>
          <ColumnHead numeric>Failed</ColumnHead>
          <ColumnHead numeric>Cost</ColumnHead>
          <ColumnHead>Started</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {jobs.map((job) => (
          <JobRow key={job.id} project={project} job={job} />
        ))}
      </TableBody>
    </Table>
  );
}

function JobRow({ project, job }: { project: string; job: JobSummary }) {
  const { counts } = job;
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap">
        <Link href={`/p/${project}/jobs/${job.id}`} className="font-medium hover:underline">
          {jobTitle(job)}
        </Link>
        <span className="ml-2 text-faint">{job.model}</span>
      </TableCell>
      <TableCell>{job.labels.join(", ")}</TableCell>
      <TableCell className="whitespace-nowrap">
        <JobRecords project={project} job={job} />
      </TableCell>
      <TableCell>
        <JobStatus status={job.status} />
        {job.pausedReason && job.pausedReason !== "person" ? (
          <span className="ml-2 text-muted">{pausedWords[job.pausedReason].title}</span>
        ) : null}
      </TableCell>
      <TableCell>
        <span className="flex items-center gap-3">
          <JobProgress counts={counts} className="w-20" />
          <span className="tabular whitespace-nowrap text-muted">
            <Figure value={doneCount(counts)} /> / <Figure value={counts.total} />
            {counts.examples > 0 ? (
              <span className="block text-faint text-xs">
                <Figure value={counts.examples} /> left out as examples
              </span>
            ) : null}
          </span>
        </span>
      </TableCell>
      <TableCell numeric>
        <Figure value={counts.parsed} />
      </TableCell>
      <TableCell numeric>
        <Figure value={counts.invalid} />
      </TableCell>
      <TableCell numeric>
        <Figure value={failedCount(counts)} />
      </TableCell>
      <TableCell numeric>
        <Figure value={job.costUsd} as="cost" reason={`The price of ${job.model} is not known`} />
      </TableCell>
      <TableCell>
        <span className="whitespace-nowrap text-muted">
          {job.createdBy.name}, <RelativeTime value={job.createdAt} />
        </span>
      </TableCell>
    </TableRow>
  );
}
