import { createDb, createPool } from "@/server/platform/db";
import { startLiveNode } from "./live-world";

/** A process with a live server, for tests that kill it: says its address on stdout. Argument: the database's. */
const [url = ""] = process.argv.slice(2);
const node = await startLiveNode({ db: createDb(createPool(url)), url });
process.stdout.write(`${node.url}\n`);
