import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { sampleMessages } from "@/prisma/seed/sample";
import { csvOf, readRows, type SourceRow } from "./figures";

const tweets = path.resolve(import.meta.dirname, "../../../shared/data/airline/tweets.csv");
const tweetRows = 1001;

export const columns = { id: "id", content: "content", gold: "pseudo_label" };

export type Scenario = {
  /** The file that is imported, a later row of a known id included. */
  csv: string;
  /** Data rows of the file. */
  read: number;
  /** What becomes records, in the order of the file. */
  rows: SourceRow[];
  keyword: string;
  /** Rows whose text holds the keyword, in the order of the file. */
  found: SourceRow[];
  /** The last 30 by external id. */
  heldOut: SourceRow[];
};

/** The walkthrough's input: the airline tweets where they lie beside the repository, else the sample's messages. */
export function loadScenario(): Scenario {
  const real = existsSync(tweets);
  const [csv, keyword] = real
    ? [firstRows(readFileSync(tweets, "utf8"), tweetRows), "good"]
    : [csvOf(sampleRows(), columns), "not"];
  const { read, rows } = readRows(csv, Number.POSITIVE_INFINITY, columns);
  const byId = [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
  return {
    csv,
    read,
    rows,
    keyword,
    found: rows.filter((row) => row.content.toLowerCase().includes(keyword)),
    heldOut: byId.slice(-30),
  };
}

/** The header and the first rows of a CSV as they stand in the file; a quoted newline belongs to its row. */
function firstRows(text: string, count: number): string {
  let quoted = false;
  let rows = -1;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === "\n" && !quoted) {
      rows++;
      if (rows === count) return text.slice(0, i + 1);
    }
  }
  return text;
}

/** The sample with one row twice, as the tweets have it. */
function sampleRows(): SourceRow[] {
  const rows = sampleMessages().map(({ id, content, sentiment }) => ({ id, content, gold: sentiment }));
  return [...rows, ...rows.slice(0, 1)];
}

export const labelSchema = [
  {
    name: "sentiment",
    level: "record",
    options: [
      { value: "pos", text: "positive" },
      { value: "neg", text: "negative" },
      { value: "neu", text: "neutral" },
    ],
  },
];

/** Option texts as the prompt names them, and the values they stand for. */
export const valueOfText: Record<string, string> = { positive: "pos", negative: "neg", neutral: "neu" };
export const doubleSettings = {
  fields: [{ field: "Sentiment", options: Object.keys(valueOfText) }],
  seed: 20,
};
