const LOOK_MS = 500;

/**
 * npm puts a shell between itself and a script. A signal to npm alone (from a service manager, not from a
 * terminal) ends both and leaves the script an orphan: then this process tells itself to stop, as was meant.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_MS);
  watch.unref();
}
