import pino from "pino";
import { createDb, createPool } from "@/server/platform/db";
import { openEventListener } from "@/server/platform/events";
import { startWorker } from "@/server/platform/queue";
import { handlers } from "@/server/worker/handlers";

/** A process with a worker that does everything, for tests that kill it. Argument: the database's address. */
const [url = ""] = process.argv.slice(2);
const pool = createPool(url, 4);
await startWorker({
  pool,
  db: createDb(pool),
  listener: openEventListener(url),
  log: pino({ level: "silent" }),
  concurrency: 1,
  handlers,
});
