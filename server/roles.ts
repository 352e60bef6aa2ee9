import { healthResponse, readyResponse } from "./api/health";
import type { Handlers, RequestHandler } from "./http-server";
import { env } from "./platform/env";
import type { Shutdown } from "./platform/shutdown";
import { refuseUpgrade } from "./refuse-upgrade";

/**
 * Starts what TANDEM_ROLES names, and notes how to end it. The parts are loaded when they are needed: a worker
 * has no use for Next.
 * @param port where this process listens
 */
export async function startRoles(port: number, shutdown: Shutdown): Promise<Handlers> {
  const { roles, production } = env();
  const [worker, web] = await Promise.all([
    roles.includes("worker") ? startWorker() : undefined,
    roles.includes("web") ? startWeb({ dev: !production, port }) : undefined,
  ]);
  if (web) shutdown.add("pages", web.close);
  if (worker) shutdown.add("worker", worker.stop);
  return { request: web?.handlers.request ?? answerProbes, upgrade: web?.handlers.upgrade ?? refuseUpgrade };
}

async function startWorker() {
  const { startWorkerRole } = await import("./worker");
  return startWorkerRole();
}

async function startWeb(options: { dev: boolean; port: number }) {
  const { startWeb } = await import("./web");
  return startWeb(options);
}

const PROBES: Readonly<Record<string, () => Response | Promise<Response>>> = {
  "/api/health": healthResponse,
  "/api/ready": readyResponse,
};

/** What a process without pages answers: whether it lives and can work. */
const answerProbes: RequestHandler = async (request, response) => {
  const probe = PROBES[request.url ?? ""];
  const answer = (await probe?.()) ?? new Response(null, { status: 404 });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
};
