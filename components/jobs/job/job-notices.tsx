import { ButtonLink } from "@/components/ui/button";
import { Figure } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Job } from "@/contracts/jobs";
import { isOver, pausedWords } from "../job-words";
import { isVerifiable } from "./is-verifiable";
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
      {job.atProvider ? <AtProvider at={job.atProvider} /> : null}
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
      {isOver(job.status) && job.counts.parsed === 0 && job.counts.invalid > 0 ? (
        <NothingRead project={project} job={job} />
      ) : null}
    </>
  );
}

/** No answer could be read as a whole: whether parts of them could, and what can be done. */
function NothingRead({ project, job }: { project: string; job: Job }) {
  const partly = job.labels.some((label) => isVerifiable(job, label));
  return (
    <Notice
      tone="warn"
      title={partly ? "No answer could be read in full" : "No answer could be read"}
      action={
        <ButtonLink href={`/p/${project}/jobs/${job.id}?tab=unreadable`} className="shrink-0">
          See the answers
        </ButtonLink>
      }
    >
      {partly
        ? "The labels that could be read can be verified. What else an answer means is for people to say."
        : "There is no label to verify. What the answers mean is for people to say."}
    </Notice>
  );
}

/** What waits there, and for how long it has. */
function AtProvider({ at: { since, batches, requests, done } }: { at: NonNullable<Job["atProvider"]> }) {
  return (
    <Notice title={batches === 1 ? "A batch is at the provider" : `${batches} batches are at the provider`}>
      <p>
        Handed in <RelativeTime value={since} />: <Figure value={done} /> of <Figure value={requests} /> done.
        It answers within a day; this page need not stay open.
      </p>
    </Notice>
  );
}
