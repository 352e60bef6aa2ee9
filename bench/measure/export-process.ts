import { exportInput } from "@/contracts/exports";
import { openExport } from "@/server/modules/exports";
import { createDb, createPool } from "@/server/platform/db";
import { watchKeptHeap } from "./kept-heap";

/**
 * A process that reads one export to its end, as fast as it comes, and throws it away. It prints the milliseconds until
 * the first byte and the last, the bytes, its peak memory and what was left of its heap after full collections, in
 * megabytes. Arguments: the database's address, the member who asks and what for, both as JSON.
 */
const [url = "", member = "", asked = ""] = process.argv.slice(2);
const pool = createPool(url, 4);
const encoder = new TextEncoder();
const databases = { db: createDb(pool), pool };
await databases.db.$queryRaw`select 1`;
const kept = watchKeptHeap();
const started = performance.now();
const { signal } = new AbortController();
const file = await openExport(databases, JSON.parse(member), exportInput.parse(JSON.parse(asked)), {
  signal,
});
let firstByte = 0;
let bytes = 0;
for await (const chunk of file.chunks) {
  firstByte ||= performance.now() - started;
  bytes += (typeof chunk === "string" ? encoder.encode(chunk) : chunk).byteLength;
}
const milliseconds = performance.now() - started;
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${Math.round(firstByte)} ${Math.round(milliseconds)} ${bytes} ${peak} ${kept()}\n`);
process.exit(0);
