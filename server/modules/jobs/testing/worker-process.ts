import { once } from "node:events";
import pino from "pino";
import { createDb, createPool } from "@/server/platform/db";
import { openEventListener } from "@/server/platform/events";
import { createBatches, createLlm } from "@/server/platform/llm";
import { startWorker } from "@/server/platform/queue";
import { runJob } from "..";
import { fastPace, llmSettings } from "./scenario";

/**
 * A process that runs jobs, for tests that kill it. Argument: the database's address. Says `ready` on stdout when all
 * is loaded, and begins at the first byte on stdin.
 */
const [url = ""] = process.argv.slice(2);
const pool = createPool(url, 8);
const listener = openEventListener(url);
const llm = createLlm(llmSettings);
const batches = createBatches(llmSettings);
process.stdout.write("ready\n");
await once(process.stdin, "data");
await startWorker({
  pool,
  db: createDb(pool),
  listener,
  log: pino({ level: "silent" }),
  concurrency: 2,
  handlers: {
    "run-job": async () => (payload, context) =>
      runJob(payload, context, { llm, batches, pace: fastPace, listener }),
  },
});
