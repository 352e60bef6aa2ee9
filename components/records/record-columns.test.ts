import { expect, it } from "vitest";
import { goldColumns, recordColumns } from "./record-columns";

it("has a column for each label of each annotator and each metadata name", () => {
  const columns = recordColumns(
    {
      labels: [],
      metadata: [{ name: "price", type: "number", visibility: "team" }],
      annotators: [
        {
          id: "j",
          kind: "job",
          name: "gpt-4",
          labels: ["sentiment", "topic"],
          createdAt: "2026-03-01T09:00:00Z",
        },
      ],
      subsets: [],
      people: [],
    },
    new Map([["j", "gpt-4 · 1 Mar, 09:00"]]),
    false,
  );
  expect(columns.map(({ header }) => header)).toEqual([
    "Id",
    "Text",
    "sentiment, gpt-4 · 1 Mar, 09:00",
    "topic, gpt-4 · 1 Mar, 09:00",
    "price",
    "Imported",
    "Order of import",
  ]);
});

it("has the columns of gold that are off from the start", () => {
  const metadata = (name: string, visibility: "gold" | "team") =>
    ({ name, type: "string", visibility }) as const;
  const vocabulary = { labels: [], annotators: [], subsets: [], people: [] };
  expect(
    goldColumns({ ...vocabulary, metadata: [metadata("truth", "gold"), metadata("source", "team")] }),
  ).toEqual(["metadata:truth"]);
});
