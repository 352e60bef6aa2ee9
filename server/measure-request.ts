import type { IncomingMessage, ServerResponse } from "node:http";
import { addRoutePatterns, duration, routePatternOf } from "./platform/metrics";
import { ROUTE_PATTERNS } from "./route-patterns";

const seconds = duration({
  name: "tandem_http_request_duration_seconds",
  help: "Requests from their head to the end of the answer, streams of events left out.",
  labels: ["method", "route", "status"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
});

addRoutePatterns(ROUTE_PATTERNS);

/** Has a request counted when its answer has gone, or its client. */
export function measureRequest(request: IncomingMessage, response: ServerResponse): void {
  const { method = "", url = "" } = request;
  const startedAt = performance.now();
  response.once("close", () => {
    if (isEventStream(response)) return;
    const status = response.headersSent ? String(response.statusCode) : "none";
    const route = routePatternOf(pathOf(url));
    seconds().observe({ method, route, status }, (performance.now() - startedAt) / 1000);
  });
}

/** An address without its query. */
export const pathOf = (url: string): string => url.split("?", 1)[0] ?? "";

/** An answer that lasts for as long as somebody listens. */
export const isEventStream = (response: ServerResponse): boolean =>
  String(response.getHeader("content-type")).startsWith("text/event-stream");
