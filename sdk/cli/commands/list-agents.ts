import { defineCommand } from "../command";
import { limitFlag, printList } from "./list";

export const agentsCommand = defineCommand({
  name: "agents",
  summary: "list the agents",
  words: [],
  flags: limitFlag,
  run: (call) =>
    printList(call, call.controller.listAgents({}, { signal: call.signal }), [
      { name: "id", of: ({ id }) => id },
      { name: "name", of: ({ name }) => name },
      { name: "version", of: ({ version }) => version },
      { name: "model", of: ({ model }) => model.model },
      { name: "labels", of: ({ prompt }) => prompt.labels.join(", ") },
      { name: "jobs", of: ({ jobCount }) => jobCount },
      { name: "by", of: ({ createdBy }) => createdBy.name },
    ]),
});
