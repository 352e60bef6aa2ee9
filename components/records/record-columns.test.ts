import { expect, it } from "vitest";
import { recordColumns } from "./record-columns";

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
