import { defineCommand } from "../command";
import { followToEnd } from "../reports/follow-to-end";

export const watchCommand = defineCommand({
  name: "watch",
  summary: "show a job while it runs, then its report",
  words: ["<job>"],
  flags: {},
  notes: [
    "Exits with 0 when the job succeeded, 1 when it failed or was cancelled, 2 when it waits for a person.",
    "With --json: the whole job, a line for each change. Ctrl-C stops watching; the job goes on.",
  ],
  run(call) {
    const [id = ""] = call.words;
    return followToEnd(call, call.controller.followJob(id, { signal: call.signal }));
  },
});
