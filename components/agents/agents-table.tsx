import Link from "next/link";
import { JobStatus } from "@/components/jobs/job-status";
import { PersonName } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AgentFigures } from "@/contracts/agent-figures";
import type { Agent } from "@/contracts/agents";
import { placeOf, providerOf } from "./wording";

type AgentsTableProps = {
  project: string;
  agents: readonly Agent[];
  /** How each has done; undefined while that is not known. */
  figures: readonly AgentFigures[] | undefined;
};

/** Agents with their newest version; the name leads to the studio, the last job to its report. */
export function AgentsTable({ project, agents, figures }: AgentsTableProps) {
  const base = `/p/${project}`;
  const figuresOf = new Map(figures?.map((one) => [one.agentId, one]));
  return (
    <Table wide label="Agents">
      <TableHead>
        <tr>
          <ColumnHead>Agent</ColumnHead>
          <ColumnHead>Version</ColumnHead>
          <ColumnHead>Model</ColumnHead>
          <ColumnHead>Provider</ColumnHead>
          <ColumnHead>Labels</ColumnHead>
          <ColumnHead title="Of the first label, against what people confirmed or corrected">
            Accuracy
          </ColumnHead>
          <ColumnHead numeric title="What ended jobs of the newest version paid">
            Cost per 1,000
          </ColumnHead>
          <ColumnHead numeric>Jobs</ColumnHead>
          <ColumnHead>Last job</ColumnHead>
          <ColumnHead>Made by</ColumnHead>
          <ColumnHead>Changed</ColumnHead>
        </tr>
      </TableHead>
      <TableBody>
        {agents.map((agent) => (
          <TableRow key={agent.id}>
            <TableCell className="max-w-64">
              <Link
                href={`${base}/agents/${agent.id}`}
                className="block truncate font-medium hover:text-accent"
              >
                {agent.name}
              </Link>
            </TableCell>
            <TableCell className="tabular">v{agent.version}</TableCell>
            <TableCell className="whitespace-nowrap">
              <span className="font-mono text-xs">{agent.model.model}</span>{" "}
              {agent.baseUrl === "builtin" ? <Badge>built-in, not an LLM</Badge> : null}
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted" title={placeOf(agent)}>
              {providerOf(agent)}
            </TableCell>
            <TableCell className="max-w-48 truncate">{agent.prompt.labels.join(", ")}</TableCell>
            <Done figures={figuresOf.get(agent.id)} />
            <TableCell numeric>
              {agent.jobCount > 0 ? (
                <Link href={`${base}/jobs?agent=${agent.id}`} className="hover:text-accent">
                  <Figure value={agent.jobCount} />
                </Link>
              ) : (
                <Figure value={0} className="text-faint" />
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <LastJob base={base} agent={agent} />
            </TableCell>
            <TableCell className="max-w-40">
              <PersonName person={agent.createdBy} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted">
              <RelativeTime value={agent.versions[0]?.createdAt ?? agent.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Accuracy with its interval, and cost. */
function Done({ figures }: { figures: AgentFigures | undefined }) {
  const { accuracy = null, interval = null, n = 0, costPer1000Usd = null } = figures ?? {};
  return (
    <>
      <TableCell className="whitespace-nowrap">
        <Interval
          plain
          n={n}
          method="95% Wilson interval"
          reason="No label of whole records of this version has been verified"
          value={
            accuracy === null || interval === null
              ? null
              : { point: accuracy, low: interval[0], high: interval[1] }
          }
        />
      </TableCell>
      <TableCell numeric>
        <Figure
          value={costPer1000Usd}
          as="cost"
          reason="No job has ended, or the price of the model is not known"
        />
      </TableCell>
    </>
  );
}

function LastJob({ base, agent }: { base: string; agent: Agent }) {
  const job = agent.jobs?.[0];
  if (!job) return <span className="text-faint">–</span>;
  return (
    <Link href={`${base}/jobs/${job.id}`} className="inline-flex items-center gap-2 hover:text-accent">
      <JobStatus status={job.status} />
      <span className="tabular text-faint">v{job.version}</span>
    </Link>
  );
}
