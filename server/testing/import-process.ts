import { runImport } from "@/server/modules/records";
import { createDb, createPool } from "@/server/platform/db";

/** A process that runs one import, for tests that kill it. Arguments: the database's address, the import's id. */
const [url = "", importId = ""] = process.argv.slice(2);
const pool = createPool(url, 4);
const signal = new AbortController().signal;
await runImport({ db: createDb(pool), pool, signal, lastAttempt: false }, importId);
process.stdout.write("done\n");
process.exit(0);
