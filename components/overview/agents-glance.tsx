"use client";

import Link from "next/link";
import { JobStatus } from "@/components/jobs/job-status";
import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Overview } from "@/contracts/overview";

type AgentsGlanceProps = { project: string; agents: Overview["agents"] };

/** The newest agents and how often people confirmed what they said; nothing before the first. */
export function AgentsGlance({ project, agents }: AgentsGlanceProps) {
  if (agents.length === 0) return null;
  return (
    <Section title="Agents">
      <Table label="Agents">
        <TableHead>
          <TableRow>
            <ColumnHead>Agent</ColumnHead>
            <ColumnHead>Model</ColumnHead>
            <ColumnHead numeric>Jobs</ColumnHead>
            <ColumnHead>Last job</ColumnHead>
            <ColumnHead>Confirmed by people</ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {agents.map(({ id, name, version, model, jobs, lastJob, confirmed }) => (
            <TableRow key={id}>
              <TableCell>
                <Link href={`/p/${project}/agents/${id}`} className="font-medium hover:underline">
                  {name}
                </Link>
                <span className="ml-2 text-faint text-xs">version {version}</span>
              </TableCell>
              <TableCell className="text-muted">{model}</TableCell>
              <TableCell numeric>
                <Figure value={jobs} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {lastJob ? (
                  <Link
                    href={`/p/${project}/jobs/${lastJob.id}`}
                    className="inline-flex gap-2 hover:underline"
                  >
                    <JobStatus status={lastJob.status} />
                    <RelativeTime value={lastJob.createdAt} />
                  </Link>
                ) : (
                  <span className="text-faint">none yet</span>
                )}
              </TableCell>
              <TableCell>
                <Interval
                  value={confirmed}
                  n={confirmed?.n ?? 0}
                  method="95% Wilson"
                  reason="Nobody has confirmed or corrected a label yet"
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
