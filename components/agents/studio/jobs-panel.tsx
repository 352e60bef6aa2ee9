import { Play } from "lucide-react";
import Link from "next/link";
import { JobStatus } from "@/components/jobs/job-status";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Agent } from "@/contracts/agents";

type JobsPanelProps = { project: string; agent: Agent; canRun: boolean };

/** The jobs of all versions of an agent, newest first. */
export function JobsPanel({ project, agent, canRun }: JobsPanelProps) {
  const jobs = agent.jobs ?? [];
  if (jobs.length === 0)
    return (
      <EmptyState
        icon={Play}
        title="No jobs yet"
        action={
          canRun ? <ButtonLink href={`/p/${project}/jobs/new?agent=${agent.id}`}>Run a job</ButtonLink> : null
        }
      >
        A job runs one version of this agent over a subset of the records.
      </EmptyState>
    );
  return (
    <Table label="Jobs of this agent">
      <TableHead>
        <tr>
          <ColumnHead>Job</ColumnHead>
          <ColumnHead>Version</ColumnHead>
          <ColumnHead>State</ColumnHead>
        </tr>
      </TableHead>
      <TableBody>
        {jobs.map((job) => (
          <TableRow key={job.id}>
            <TableCell>
              <Link href={`/p/${project}/jobs/${job.id}`} className="hover:text-accent">
                Started <RelativeTime value={job.createdAt} />
              </Link>
            </TableCell>
            <TableCell className="tabular">v{job.version}</TableCell>
            <TableCell>
              <JobStatus status={job.status} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
