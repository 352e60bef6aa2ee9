import { counter, duration, gauge } from "@/server/platform/metrics";

export const liveSockets = gauge({
  name: "tandem_live_sockets",
  help: "Sockets of live sessions that are open in this process.",
});

export const commitSeconds = duration({
  name: "tandem_live_commit_duration_seconds",
  help: "Group commits of live rooms, from what was taken in to what is durable.",
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});

export const commitFailures = counter({
  name: "tandem_live_commit_failures_total",
  help: "Commits and readings of live rooms that failed, after which the room closes its sockets.",
});
