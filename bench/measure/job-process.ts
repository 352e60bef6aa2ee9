import { once } from "node:events";
import pino from "pino";
import { runJob } from "@/server/modules/jobs";
import { createDb, createPool } from "@/server/platform/db";
import { openEventListener } from "@/server/platform/events";
import { createBatches, createLlm } from "@/server/platform/llm";
import { startWorker } from "@/server/platform/queue";
import { watchKeptHeap } from "./kept-heap";

/**
 * A process that runs jobs, as a worker does, until it reads a byte; then it prints what was left of its heap after
 * full collections, its peak memory, both in megabytes, and the milliseconds of processor time it took. Argument: the
 * database's address.
 */
const [url = ""] = process.argv.slice(2);
const settings = {
  openai: { apiKey: undefined, baseUrl: undefined, organization: undefined },
  allowedHosts: ["127.0.0.1:*"],
  trustedOrigins: [],
};
const [pool, listener] = [createPool(url, 8), openEventListener(url)];
const [llm, batches] = [createLlm(settings), createBatches(settings)];
const kept = watchKeptHeap();
await startWorker({
  pool,
  db: createDb(pool),
  listener,
  log: pino({ level: "warn" }, pino.destination(2)),
  concurrency: 1,
  handlers: {
    "run-job": async () => (payload, context) => runJob(payload, context, { llm, batches, listener }),
  },
});
const before = process.cpuUsage();
process.stdout.write("ready\n");
await once(process.stdin, "data");
const { user, system } = process.cpuUsage(before);
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${kept()} ${Math.round(maxRSS / 1024)} ${Math.round((user + system) / 1000)}\n`);
process.exit(0);
