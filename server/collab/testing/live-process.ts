import { createDb, createPool } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { startLiveNode } from "./live-world";

/**
 * A process with a live server, for tests that kill it: says its address on stdout. Arguments: the address of the
 * database, and of Redis if there is one.
 */
const [url = "", redisUrl] = process.argv.slice(2);
// The channel of events is named after the secret.
completeEnv({ redisUrl, authSecret: "a secret that the processes of a test share", logLevel: "silent" });
const node = await startLiveNode({ db: createDb(createPool(url)), url, eventsUrl: redisUrl });
process.stdout.write(`${node.url}\n`);
