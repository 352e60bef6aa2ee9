import { expect, it } from "vitest";
import type { SortKey } from "@/contracts/query";
import { recordColumns, sortKeys, tableSort } from "./record-columns";

it.each<SortKey>([
  { by: "position", order: "asc" },
  { by: "externalId", order: "desc" },
  { by: "metadata.a: b", order: "asc" },
  { by: "conf", annotator: "018f0000-0000-7000-8000-000000000001", label: "a:b", order: "desc" },
])("the head of a column and the order of the search say the same: $by", (key) => {
  const sort = tableSort([key]);
  expect(sort && sortKeys(sort)).toEqual([key]);
});

it("has a column for each label of each annotator and each metadata name", () => {
  const columns = recordColumns(
    {
      labels: [],
      metadata: [{ name: "price", type: "number", visibility: "team" }],
      annotators: [{ id: "j", kind: "job", name: "gpt-4", labels: ["sentiment", "topic"] }],
      subsets: [],
    },
    3,
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
