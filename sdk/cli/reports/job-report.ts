import type { Job, JobSummary, PausedReason } from "../../../contracts/jobs";
import { dollars, partOf } from "../output/numbers";
import { printFacts } from "../output/table";
import { plain, type Terminal } from "../output/terminal";

/** One line on how far a job is. */
export function progressOf(job: Job): string {
  const { counts, costUsd } = job;
  const told = [`${partOf(settled(job), counts.total)} records`];
  if (counts.invalid > 0) told.push(`${counts.invalid} unreadable`);
  if (counts.callFailed > 0) told.push(`${counts.callFailed} failed`);
  if (costUsd !== null && costUsd > 0) told.push(dollars(costUsd));
  const why = job.status === "paused" ? `. ${pauses[job.pausedReason ?? "person"]}` : "";
  return plain(`${job.agentName} v${job.agentVersion} ${job.status}: ${told.join(", ")}${why}`);
}

/** Records that nothing more is asked about. */
export const settled = ({ counts }: Pick<JobSummary, "counts">): number =>
  counts.parsed + counts.invalid + counts.callFailed + counts.promptInvalid;

export async function printJobReport(terminal: Terminal, job: Job): Promise<void> {
  const { counts, tokens } = job;
  await printFacts(terminal, [
    ["job", job.id],
    ["status", job.status],
    ["agent", `${job.agentName} v${job.agentVersion}`],
    ["model", job.model],
    ["records", counts.total],
    ["labelled", counts.parsed],
    ["unreadable", counts.invalid],
    ["calls failed", counts.callFailed],
    ["without a prompt", counts.promptInvalid],
    ["tokens", `${tokens.prompt + tokens.completion}${tokens.estimated ? " (estimated)" : ""}`],
    ["cost", dollars(job.costUsd)],
    ...Object.entries(job.distribution).map(([label, values]) => [label, sharesOf(values)] as const),
    ...job.errors.map(({ kind, count, sample }) => [`error ${kind}`, `${count} times: ${sample}`] as const),
  ]);
}

const sharesOf = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([value, count]) => `${value} ${count}`)
    .join(", ");

/** Why a job waits for a person, and what that person can do. */
export const pausedAdvice = ({ pausedReason }: Job, page: string): string =>
  `${plain(pauses[pausedReason ?? "person"])} Its page: ${page}`;

const pauses: Record<PausedReason, string> = {
  person: "Somebody paused the job: resume it to go on where it stopped.",
  auth: "The provider refused the key: resume with another one.",
  provider_outage: "The provider does not answer: the job goes on by itself when it is back.",
  spend_cap: "The spend cap is reached: resume with a higher one, or cancel the job.",
  model_refused:
    "The provider refused the model: check its name in the agent, then resume or start another job.",
  out_of_credit: "The account has no credit left: add some at the provider, or resume with another key.",
  error_policy: "A call failed in a way that was to stop the job: see what the provider said, then resume.",
  batch_refused: "The provider did not take the batch: resume to hand it in again, or start a live job.",
};
