export { counter, duration, gauge, metricsRegistry } from "./metrics";
export { addRoutePatterns, routePatternOf } from "./route-patterns";
