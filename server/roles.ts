import type { Handlers, UpgradeHandler } from "./http-server";
import { getDb, getPool } from "./platform/db";
import { env } from "./platform/env";
import { getEventListener } from "./platform/events";
import { log } from "./platform/log";
import type { Shutdown } from "./platform/shutdown";
import { answerProbes } from "./probes";
import { refuseUpgrade } from "./refuse-upgrade";
import { withMetrics } from "./serve-metrics";

/**
 * Starts what TANDEM_ROLES names, and notes how to end it. The parts are loaded when they are needed: a worker
 * has no use for Next.
 * @param port where this process listens
 */
export async function startRoles(port: number, shutdown: Shutdown): Promise<Handlers> {
  const { roles, production, metricsToken } = env();
  const [worker, web, collab] = await Promise.all([
    roles.includes("worker") ? startWorker() : undefined,
    roles.includes("web") ? startWeb({ dev: !production, port }) : undefined,
    roles.includes("collab") ? startCollab() : undefined,
  ]);
  if (web) shutdown.add("pages", web.close);
  if (worker) shutdown.add("worker", worker.stop);
  if (collab) shutdown.add("live sessions", collab.close);
  const upgrade = web?.handlers.upgrade ?? refuseUpgrade;
  return {
    request: withMetrics(web?.handlers.request ?? answerProbes, metricsToken),
    upgrade: collab ? sortUpgrades(collab.handleUpgrade, upgrade) : upgrade,
  };
}

async function startCollab() {
  const [{ attachCollab }, { authenticateUpgrade }] = await Promise.all([
    import("./collab"),
    import("./auth/authenticate-upgrade"),
  ]);
  return attachCollab({
    db: getDb(),
    pool: getPool(),
    listener: getEventListener(),
    log: log().child({ role: "collab" }),
    identifyUpgrade: (headers) => authenticateUpgrade(getDb(), headers),
  });
}

/** Live sessions are at `/collab/<room>`; every other socket is somebody else's. */
function sortUpgrades(live: UpgradeHandler, other: UpgradeHandler): UpgradeHandler {
  return (request, socket, head) => {
    const handle = /^\/collab(\/|\?|$)/.test(request.url ?? "") ? live : other;
    return handle(request, socket, head);
  };
}

async function startWorker() {
  const { startWorkerRole } = await import("./worker");
  return startWorkerRole();
}

async function startWeb(options: { dev: boolean; port: number }) {
  const { startWeb } = await import("./web");
  return startWeb(options);
}
