import type { Job } from "../../../contracts/jobs";
import { defineCommand } from "../command";
import { dollars, partOf } from "../output/numbers";
import { settled } from "../reports/job-report";
import { limitFlag, printList } from "./list";

const statuses = [
  "queued",
  "running",
  "paused",
  "succeeded",
  "failed",
  "cancelled",
] as const satisfies readonly Job["status"][];

export const jobsCommand = defineCommand({
  name: "jobs",
  summary: "list the jobs, newest first",
  words: [],
  flags: { ...limitFlag, status: { type: "string", value: "status", help: `only ${statuses.join(", ")}` } },
  run({ controller, ...call }) {
    const status = call.flags.choice("status", statuses);
    return printList({ controller, ...call }, controller.listJobs({ status }, { signal: call.signal }), [
      { name: "id", of: ({ id }) => id },
      { name: "status", of: ({ status }) => status },
      { name: "agent", of: ({ agentName, agentVersion }) => `${agentName} v${agentVersion}` },
      { name: "records", of: (job) => partOf(settled(job), job.counts.total) },
      { name: "labels", of: ({ labels }) => labels.join(", ") },
      { name: "cost", of: ({ costUsd }) => dollars(costUsd) },
      { name: "by", of: ({ createdBy }) => createdBy.name },
      { name: "started", of: ({ createdAt }) => createdAt },
    ]);
  },
});
