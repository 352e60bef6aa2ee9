import { afterAll, afterEach, beforeAll } from "vitest";
import { type Job, type JobItem, pausedReason } from "@/contracts/jobs";
import type { Worker } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { waitFor } from "@/server/testing/wait-for";
import { getJob, hasEnded, listJobItems, type Pace } from "..";
import { createScenario, type Scenario, type ScenarioOptions, startJobWorker } from "./scenario";

const LONGEST_WAIT = 60_000;

/** What the tests of jobs share: one database a file, and workers and doubles that end with their test. */
export function jobTests() {
  let test: TestDatabase | undefined;
  const scenarios: Scenario[] = [];
  const workers: Worker[] = [];

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    for (const { double, listener } of scenarios.splice(0)) {
      await listener.close();
      await double.close();
    }
    await test?.pool.query(`delete from "Task"`);
  });
  afterAll(() => test?.drop());

  const getDatabase = (): TestDatabase => {
    if (!test) throw new Error("The database of the test is not there yet.");
    return test;
  };

  return {
    getDatabase,
    async scenario(options: ScenarioOptions): Promise<Scenario> {
      const made = await createScenario(getDatabase(), options);
      scenarios.push(made);
      return made;
    },
    async work(made: Scenario, pace?: Pace): Promise<Worker> {
      const worker = await startJobWorker(made, pace);
      workers.push(worker);
      return worker;
    },
    /** The job once its state is as `condition` wants; by default once it has ended. */
    async until(
      made: Scenario,
      id: string,
      condition: (state: Pick<Job, "status" | "pausedReason">) => boolean = hasEnded,
    ): Promise<Job> {
      await waitFor(
        "the job",
        async () => {
          const select = { status: true, pausedReason: true };
          const { status, pausedReason: reason } = await made.db.job.findUniqueOrThrow({
            where: { id },
            select,
          });
          return condition({ status, pausedReason: reason === null ? null : pausedReason.parse(reason) });
        },
        LONGEST_WAIT,
      );
      return getJob(made.db, made.actor, { id });
    },
    async items(made: Scenario, id: string): Promise<JobItem[]> {
      const list = await listJobItems(made.db, made.actor, { project: "", id, limit: 1000 });
      return list.items;
    },
  };
}
