import { checkReadiness } from "@/server/platform/readiness";

const HEADERS = { "cache-control": "no-store" };

/** The process lives and answers, whatever its database does. */
export function healthResponse(): Response {
  return Response.json({ status: "ok" }, { headers: HEADERS });
}

/** 200 when the process can do its work: database, migrations, queue. Otherwise 503 with what is missing. */
export async function readyResponse(): Promise<Response> {
  const { ready, ...parts } = await checkReadiness();
  const body = { status: ready ? "ready" : "not ready", ...parts };
  return Response.json(body, { status: ready ? 200 : 503, headers: HEADERS });
}
