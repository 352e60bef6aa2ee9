import type { Job } from "../../contracts/jobs";

/**
 * A job that runs: awaited, it gives its report; walked along, it gives the job as it is now and after each change.
 * Whoever looks away in between is told what holds then.
 */
export type JobRun = Promise<Job> &
  AsyncIterable<Job> & {
    /** The job as it was taken on, with its id. */
    readonly started: Promise<Job>;
  };

/**
 * @param start takes the job on
 * @param watch the job now and after each change; ends when there is nothing to wait for
 */
export function followJob(start: () => Promise<Job>, watch: (id: string) => AsyncIterable<Job>): JobRun {
  let latest: Job | undefined;
  let version = 0;
  let waiting: (() => void)[] = [];
  const tell = (job: Job) => {
    latest = job;
    version++;
    for (const wake of waiting) wake();
    waiting = [];
  };

  const started = start();
  const report = (async () => {
    const job = await started;
    tell(job);
    for await (const now of watch(job.id)) tell(now);
    return latest ?? job;
  })();

  async function* progress(): AsyncGenerator<Job, void> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    const over = report.then(end, end);
    for (let seen = 0; ; ) {
      if (version > seen && latest) {
        seen = version;
        yield latest;
      } else if (isOver) {
        // What went wrong is thrown to whoever walks along, too.
        await report;
        return;
      } else await Promise.race([over, new Promise<void>((resolve) => waiting.push(resolve))]);
    }
  }
  // It is the report's failure as well, and told there.
  started.catch(() => undefined);
  return Object.assign(report, { started, [Symbol.asyncIterator]: progress });
}
