import { expect, it } from "vitest";
import { recordColumns } from "./record-columns";

it("has a column for each label of each annotator and each metadata name", () => {
  const columns = recordColumns(
    {
      labels: [],
      metadata: [{ name: "price", type: "number", visibility: "team" }],
      annotators: [{ id: "j", kind: "job", name: "gpt-4", labels: ["sentiment", "topic"] }],
      subsets: [],
      people: [],
    },
    false,
  );
  expect(columns.map(({ header }) => header)).toEqual([
    "Id",
    "Text",
    "sentiment, gpt-4",
    "topic, gpt-4",
    "price",
    "Imported",
    "Order of import",
  ]);
});
