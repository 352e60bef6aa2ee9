import type { Job, JobRun } from "../..";
import { CliError } from "../cli-error";
import type { Call } from "../command";
import { type ExitCode, exitCode } from "../exit-codes";
import { progressLine } from "../output/progress-line";
import { printJson } from "../output/terminal";
import { pausedAdvice, printJobReport, progressOf } from "./job-report";

/**
 * Shows a job until it has ended, or waits for a person; then its report. As JSON: a line for each change.
 * @returns `waiting` after it was told what the person can do
 */
export async function followToEnd(call: Call, run: JobRun): Promise<ExitCode> {
  const { terminal, flags, signal } = call;
  const line = progressLine(terminal);
  let latest: Job | undefined;
  try {
    for await (const job of run) {
      // Without a line that changes, nobody would see why nothing moves.
      const hasStopped = job.pausedReason === "provider_outage" && latest?.status !== "paused";
      if (hasStopped && !terminal.isErrTty) terminal.err(`${progressOf(job)}\n`);
      latest = job;
      if (flags.has("json")) await printJson(terminal, job);
      else line.show(progressOf(job));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    throw stopped(latest);
  } finally {
    line.clear();
  }
  const job = await run;
  if (!flags.has("json")) await printJobReport(terminal, job);
  if (job.status === "succeeded") return exitCode.done;
  if (job.status !== "paused") return exitCode.failed;
  terminal.err(`${pausedAdvice(job, pageOf(call, job))}\n`);
  return exitCode.waiting;
}

const pageOf = ({ url, service }: Call, { id }: Job): string =>
  `${url}/p/${encodeURIComponent(service.project)}/jobs/${id}`;

const stopped = (job: Job | undefined): CliError =>
  new CliError(
    job
      ? `Stopped watching. The job goes on: tandem watch ${job.id}`
      : "Stopped watching. A job that began goes on.",
    exitCode.interrupted,
  );
