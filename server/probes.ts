import type { ServerResponse } from "node:http";
import { healthResponse, readyResponse, startingResponse } from "./api/health";
import type { RequestHandler } from "./http-server";

type Probes = Readonly<Record<string, () => Response | Promise<Response>>>;

const WORKING: Probes = { "/api/health": healthResponse, "/api/ready": readyResponse };
const STARTING: Probes = { "/api/health": healthResponse, "/api/ready": startingResponse };

/** What a process without pages answers: whether it lives and can work. */
export const answerProbes: RequestHandler = async ({ url = "" }, response) => {
  await send(response, (await WORKING[url]?.()) ?? new Response(null, { status: 404 }));
};

/** The same while the process begins; all else waits. */
export const probeWhileStarting = (url: string): RequestHandler | null => {
  const probe = STARTING[url];
  return probe ? async (_, response) => send(response, await probe()) : null;
};

async function send(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}
