import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { isOwnOrigin } from "@/server/auth/own-origin";
import { AppError } from "@/server/platform/errors";
import { browserContext } from "./browser-context";
import { problemResponse } from "./rest/problem-response";
import { readText } from "./rest/read-json-body";
import { appRouter } from "./root";

const ENDPOINT = "/api/trpc";
/** A page asks some ten things at once; each is a call of its own, and may be a long one. */
const MAX_CALLS = 50;

/**
 * The procedures for the browser: batches by POST, subscriptions as server-sent events by GET. A cookie says
 * who calls, so a call that may change something must come from a page of ours, as JSON.
 */
export async function handleBrowserCall(request: Request): Promise<Response> {
  try {
    const req = request.method === "POST" ? await checkedPost(request) : request;
    return await fetchRequestHandler({
      endpoint: ENDPOINT,
      req,
      router: appRouter,
      allowMethodOverride: true,
      maxBatchSize: MAX_CALLS,
      createContext: () => browserContext(request.headers),
      responseMeta: ({ ctx }) => {
        const headers = new Headers(ctx?.responseHeaders);
        headers.set("cache-control", "no-store");
        return { headers };
      },
    });
  } catch (error) {
    return problemResponse(error);
  }
}

async function checkedPost(request: Request): Promise<Request> {
  const { headers, signal } = request;
  if (!isOwnOrigin(headers))
    throw new AppError("forbidden", "This call did not come from a page of this server.");
  if (!/^application\/json\b/i.test(headers.get("content-type") ?? ""))
    throw new AppError("unsupported_media_type", "Send the body as Content-Type: application/json.");
  const body = await readText(request);
  return new Request(request.url, { method: "POST", headers, body, signal });
}
