import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";

/**
 * A process with a built-in PostgreSQL, for tests that kill it: says `<server's process id> <address>` on
 * stdout when it is ready, stops on SIGTERM. Argument: the data directory.
 */
const [dataDir = ""] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({
    dataDir,
    onLost: (error) => process.stderr.write(String(error)),
  });
  process.stdout.write(`${server.pid()} ${server.url}\n`);
  const keepAlive = setInterval(() => undefined, 60_000);
  process.once("SIGTERM", () => server.stop().finally(() => clearInterval(keepAlive)));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
