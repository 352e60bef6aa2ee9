import { defineCommand } from "../command";
import { readQuery } from "../flags";
import { cut } from "../output/terminal";
import { limitFlag, printList } from "./list";

/** Characters of a text that are shown of a record. */
const SHOWN = 80;

export const searchCommand = defineCommand({
  name: "search",
  summary: "show the records that a query finds",
  words: ["[query]"],
  flags: limitFlag,
  notes: ['The query is a JSON object, as in \'{"keyword": "late"}\'; without one every record is found.'],
  run(call) {
    const [text] = call.words;
    const query = text === undefined ? undefined : readQuery(text, "The query");
    const records = call.service.search({ query }).value({ signal: call.signal });
    return printList(call, records, [
      { name: "id", of: ({ externalId }) => externalId },
      { name: "text", of: ({ content }) => (call.terminal.isOutTty ? cut(content, SHOWN) : content) },
    ]);
  },
});
