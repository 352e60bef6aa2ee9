import { labelImport } from "@/server/modules/label-imports";
import { runImport } from "@/server/modules/records";
import { createDb, createPool } from "@/server/platform/db";
import { watchKeptHeap } from "./kept-heap";

/**
 * A process that runs one import, as a worker does, and prints how long that took in milliseconds (without the start of
 * the process, since a worker runs already), its peak memory and what was left of its heap after full collections, both
 * in megabytes. Arguments: the database's address, the import's id.
 */
const [url = "", importId = ""] = process.argv.slice(2);
const pool = createPool(url, 4);
const signal = new AbortController().signal;
const kept = watchKeptHeap();
const started = performance.now();
const db = createDb(pool);
await runImport({ db, pool, signal, lastAttempt: true }, importId, { labels: labelImport(db) });
const milliseconds = Math.round(performance.now() - started);
process.stdout.write(`${milliseconds} ${Math.round(process.resourceUsage().maxRSS / 1024)} ${kept()}\n`);
process.exit(0);
