import { checkReadiness, type Readiness } from "@/server/platform/readiness";

const HEADERS = { "cache-control": "no-store" };

/** The process lives and answers, whatever its database does. */
export function healthResponse(): Response {
  return Response.json({ status: "ok" }, { headers: HEADERS });
}

/** 200 when the process can do its work: database, migrations, queue. Otherwise 503 with what is missing. */
export async function readyResponse(): Promise<Response> {
  const { ready, ...parts } = await checkReadiness();
  return ready ? Response.json({ status: "ready", ...parts }, { headers: HEADERS }) : notReady(parts);
}

/** The same while the process begins, before its database can be asked. */
export function startingResponse(): Response {
  return notReady({ database: false, migrations: false, queue: false });
}

function notReady(parts: Omit<Readiness, "ready">): Response {
  const lacking = Object.entries(parts).flatMap(([part, works]) => (works ? [] : [part]));
  const detail =
    lacking.length === 0
      ? "This process is beginning or ending."
      : `This process can't work yet: it lacks ${lacking.join(", ")}.`;
  const problem = { type: "about:blank", title: "not_ready", status: 503, code: "not_ready", detail };
  const headers = { ...HEADERS, "content-type": "application/problem+json" };
  return Response.json({ ...problem, ...parts }, { status: 503, headers });
}
