import { defineCommand } from "../command";
import { limitFlag, printList } from "./list";

export const subsetsCommand = defineCommand({
  name: "subsets",
  summary: "list the subsets that are kept",
  words: [],
  flags: limitFlag,
  run: (call) =>
    printList(call, call.service.listSubsets({ signal: call.signal }), [
      { name: "id", of: ({ id }) => id },
      { name: "name", of: ({ name }) => name },
      { name: "kind", of: ({ kind, sample }) => (sample ? "sample" : kind) },
      { name: "records", of: ({ count }) => count },
      { name: "by", of: ({ createdBy }) => createdBy.name },
      { name: "made", of: ({ createdAt }) => createdAt },
    ]),
});
