import { openHttpServer } from "./http-server";
import { openDatabase } from "./open-database";
import { completeEnvWithPort, env } from "./platform/env";
import { isAppError } from "./platform/errors";
import { log } from "./platform/log";
import { noteServing } from "./platform/readiness";
import { createShutdown, listenForSignals } from "./platform/shutdown";
import { prepareInstance } from "./prepare-instance";
import { probeWhileStarting } from "./probes";
import { startRoles } from "./roles";

const shutdown = createShutdown();
const stopping = new AbortController();

async function start(): Promise<void> {
  const { host, port } = env();
  const server = await openHttpServer(host, port, probeWhileStarting);
  completeEnvWithPort(server.port);
  await openDatabase(shutdown, failWith);
  stopping.signal.throwIfAborted();
  const welcome = await prepareInstance();
  const handlers = await startRoles(server.port, shutdown);
  shutdown.add("requests", server.drain);
  shutdown.add("listening", server.stopListening);
  stopping.signal.throwIfAborted();
  server.serve(handlers);
  noteServing(true);
  process.stdout.write(`${welcome.join("\n")}\n`);
}

/** Ends the process in order. What is still beginning is waited for: only what has begun can be ended. */
async function end(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  noteServing(false);
  await Promise.allSettled([starting]);
  await shutdown.stop();
  process.exit(exitCode);
}

/** Somebody does not want to wait any longer. */
function endAtOnce(): void {
  shutdown.abandon();
  process.exit(130);
}

/** One line for what is wrong outside the program; a defect gets its stack in the log. */
function failWith(error: unknown): void {
  if (stopping.signal.aborted) return;
  if (isAppError(error)) process.stderr.write(`${error.message}\n`);
  else log().fatal({ err: error }, "an error that nothing caught ends the process");
  end(1);
}

const starting = start();
starting.catch(failWith);
listenForSignals({ onFirst: () => end(0), onSecond: endAtOnce });
process.on("uncaughtException", failWith);
// A page's forgotten promise must not end everybody's session.
process.on("unhandledRejection", (error) => log().error({ err: error }, "a promise was rejected unheard"));
