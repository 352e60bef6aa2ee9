import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";

const MEGABYTE = 1024 * 1024;

const isFull = (entry: PerformanceEntry): boolean =>
  "detail" in entry && (entry.detail as { kind: number }).kind === constants.NODE_PERFORMANCE_GC_MAJOR;

/**
 * What of this process's heap is left after each full collection: what it really needs. The most memory that it holds
 * says when V8 collects, which is seldom where there is room.
 * @returns a function that gives the most that was left so far, in whole megabytes
 */
export function watchKeptHeap(): () => number {
  let kept = 0;
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isFull)) kept = Math.max(kept, process.memoryUsage().heapUsed);
  });
  observer.observe({ entryTypes: ["gc"] });
  return () => Math.round(kept / MEGABYTE);
}
