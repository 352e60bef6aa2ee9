const EVERY = 20;
const MEGABYTE = 1024 * 1024;

/** Looks at this process's memory until it is stopped; whole megabytes. */
export function watchMemory(): { stop(): { peak: number; rise: number } } {
  const start = process.memoryUsage.rss();
  let peak = start;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, EVERY);
  return {
    stop() {
      clearInterval(timer);
      return { peak: Math.round(peak / MEGABYTE), rise: Math.round((peak - start) / MEGABYTE) };
    },
  };
}
