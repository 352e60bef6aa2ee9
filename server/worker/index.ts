import { sampleTraining } from "@/prisma/seed/sample";
import { getDb, getPool } from "@/server/platform/db";
import { getEventListener } from "@/server/platform/events";
import { offerBuiltinModel, startBuiltinModel, withdrawBuiltinModel } from "@/server/platform/llm/builtin";
import { log } from "@/server/platform/log";
import { exposeQueue, startWorker } from "@/server/platform/queue";
import { noteQueue } from "@/server/platform/readiness";
import { handlers } from "./handlers";

/** Tasks of one process at a time; each bounds its own calls and statements. */
const CONCURRENCY = 8;
/** Half of them may be of one kind: large imports, or jobs that wait for a provider, leave places to all else. */
const PER_KIND = 4;
/** Beside them, small jobs and imports that somebody waits for. */
const URGENT = 2;

export type WorkerRole = {
  /** Gives unfinished tasks back, to be taken up by the next worker. */
  stop(): Promise<void>;
};

/** Starts the built-in model and then to take tasks from the queue, some of which call it. */
export async function startWorkerRole(): Promise<WorkerRole> {
  const model = await startBuiltinModel(sampleTraining());
  offerBuiltinModel(model);
  const worker = await startWorker({
    pool: getPool(),
    db: getDb(),
    listener: getEventListener(),
    log: log().child({ role: "worker" }),
    handlers,
    concurrency: CONCURRENCY,
    perKind: PER_KIND,
    urgent: URGENT,
  });
  noteQueue(worker.isWorking);
  exposeQueue(getPool());
  return {
    async stop() {
      await worker.stop();
      withdrawBuiltinModel();
      await model.close();
    },
  };
}
