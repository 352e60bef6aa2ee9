import { Notice } from "@/components/ui/notice";
import type { Job } from "@/contracts/jobs";
import { pausedWords } from "../job-words";
import { ResumeButton } from "./resume-button";

type JobNoticesProps = { project: string; job: Job; connected: boolean; canRun: boolean };

/** What has to be known about the job's state: why it stands still and what to do. */
export function JobNotices({ project, job, connected, canRun }: JobNoticesProps) {
  const [cause] = job.errors;
  return (
    <>
      {connected ? null : (
        <Notice tone="warn">
          The connection to the server is lost; the figures may be old. Trying again.
        </Notice>
      )}
      {job.pausedReason ? (
        <Notice
          tone="warn"
          title={pausedWords[job.pausedReason].title}
          action={canRun ? <ResumeButton project={project} job={job} reason={job.pausedReason} /> : null}
        >
          <p>{pausedWords[job.pausedReason].advice}</p>
          {job.pausedReason !== "person" && cause ? <p className="text-muted">{cause.sample}</p> : null}
        </Notice>
      ) : null}
      {job.status === "failed" ? (
        <Notice tone="bad" title="This job could not be run">
          {cause?.sample ?? "The reason is in the server's log."}
        </Notice>
      ) : null}
    </>
  );
}
