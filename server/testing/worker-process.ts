import pino from "pino";
import { createDb, createPool } from "@/server/platform/db";
import { openEventListener } from "@/server/platform/events";
import { startWorker } from "@/server/platform/queue";

/**
 * A process with a worker, for tests that kill it: says `running <payload>` on stdout when it begins a task of
 * the kind `hang`, and never ends it. Argument: the database's address.
 */
const [url = ""] = process.argv.slice(2);
const pool = createPool(url, 4);
await startWorker({
  pool,
  db: createDb(pool),
  listener: openEventListener(url),
  log: pino({ level: "silent" }),
  concurrency: 1,
  handlers: {
    hang: async () => async (payload) => {
      process.stdout.write(`running ${JSON.stringify(payload)}\n`);
      await new Promise(() => undefined);
    },
  },
});
