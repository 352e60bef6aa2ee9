import { Figure } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { Stat, StatRow } from "@/components/ui/stat";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { policyLines } from "../error-policy-words";
import { ConfidenceHistogram } from "./confidence-histogram";
import { EstimateSection } from "./estimate/estimate-section";
import { isVerifiable } from "./is-verifiable";
import { LabelShares } from "./label-shares";

type JobReportProps = {
  project: string;
  job: Job;
  labels: readonly LabelDefinition[];
  canVerify: boolean;
};

/** The report that stays: what came out, how sure the agent was, what could not be read, what it took. */
export function JobReport({ project, job, labels, canVerify }: JobReportProps) {
  const labelled = labels.filter(({ name }) => job.labels.includes(name));
  return (
    <>
      <Section title="What it took">
        <Took job={job} />
      </Section>
      {labelled.map((label) => (
        <Section
          key={label.name}
          title={`Labels: ${label.name}`}
          {...(label.level === "span" ? { description: "How many spans have each option." } : {})}
        >
          <LabelShares label={label} counts={job.distribution[label.name] ?? {}} />
        </Section>
      ))}
      {labelled.map((label) =>
        label.level === "record" && isVerifiable(job, label.name) ? (
          <EstimateSection
            key={label.name}
            project={project}
            job={job}
            label={label}
            named={job.labels.length > 1}
            canVerify={canVerify}
          />
        ) : null,
      )}
      <Section title="Confidence" description="Probability of the chosen option among the label's options.">
        <ConfidenceHistogram confidence={job.confidence} asked={job.labelMetadata.includes("conf")} />
      </Section>
      <Section title="Answers that could not be read" description="Kept as they are, never guessed.">
        {job.invalidAnswers.length === 0 ? (
          <p className="text-muted">None: every answer so far could be read.</p>
        ) : (
          <CountTable
            label="Unreadable answers"
            what="Answer"
            rows={job.invalidAnswers.map(({ text, count }) => ({
              key: text,
              text: text || "(empty)",
              count,
            }))}
          />
        )}
      </Section>
      {job.errors.length > 0 ? (
        <Section title="Errors">
          <CountTable
            label="Errors by kind"
            what="Error"
            rows={job.errors.map(({ kind, count, sample }) => ({
              key: kind,
              text: `${kind.replaceAll("_", " ")}: ${sample}`,
              count,
            }))}
          />
        </Section>
      ) : null}
      <Section title="When a call fails" description="As the job was started.">
        <dl className="flex flex-col gap-2">
          {policyLines(job).map(({ action, kinds }) => (
            <div key={action}>
              <dt className="font-medium">{action}</dt>
              <dd className="text-muted">{kinds}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {job.servedModels.length > 0 ? (
        <Section
          title="Models that answered"
          description={`The provider names another model than the one asked for, ${job.model}.`}
        >
          <CountTable
            label="Models that answered"
            what="Model"
            rows={job.servedModels.map(({ name, count }) => ({ key: name, text: name, count }))}
          />
        </Section>
      ) : null}
    </>
  );
}

function Took({ job }: { job: Job }) {
  const { tokens, latencyMs, counts } = job;
  const ran = job.startedAt && job.finishedAt ? Date.parse(job.finishedAt) - Date.parse(job.startedAt) : null;
  const counted = tokens.estimated ? "partly estimated" : "as the provider counted";
  return (
    <StatRow>
      <Stat label="Prompt tokens" note={counted}>
        <Figure value={tokens.prompt} />
      </Stat>
      <Stat label="Answer tokens" note={counted}>
        <Figure value={tokens.completion} />
      </Stat>
      <Stat label="Cost" note={<Cap job={job} />}>
        <Figure value={job.costUsd} as="cost" reason={`The price of ${job.model} is not known`} />
      </Stat>
      <Stat
        label="Time"
        note={
          job.mode === "batch" ? (
            "asked in batches"
          ) : (
            <>
              a call <Figure value={latencyMs.p50} as="duration" />, 95% within{" "}
              <Figure value={latencyMs.p95} as="duration" />
            </>
          )
        }
      >
        <Figure value={ran} as="duration" reason="The job has not ended yet" />
      </Stat>
      <Stat
        label="Answered before"
        note={
          counts.uncertain > 0 ? (
            <>
              <Figure value={counts.uncertain} /> {counts.uncertain === 1 ? "call was" : "calls were"} cut off
              and asked again
            </>
          ) : (
            "and not paid again"
          )
        }
      >
        <Figure value={counts.cached} />
      </Stat>
    </StatRow>
  );
}

function Cap({ job }: { job: Job }) {
  if (job.spendCapUsd === null) return "no cap";
  return (
    <>
      of at most <Figure value={job.spendCapUsd} as="cost" />
    </>
  );
}

type CountTableProps = {
  label: string;
  what: string;
  rows: readonly { key: string; text: string; count: number }[];
};

function CountTable({ label, what, rows }: CountTableProps) {
  return (
    <Table label={label}>
      <TableHead>
        <TableRow>
          <ColumnHead>{what}</ColumnHead>
          <ColumnHead numeric>Count</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ key, text, count }) => (
          <TableRow key={key}>
            <TableCell className="max-w-xl whitespace-pre-wrap break-words">{text}</TableCell>
            <TableCell numeric>
              <Figure value={count} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
