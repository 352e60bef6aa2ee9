import { expect, it } from "vitest";
import { allOf, queryOf } from "./search-options";

it("is every record where nothing is said", () => {
  expect(queryOf({})).toBeUndefined();
  expect(queryOf({ limit: 3, skip: 2 })).toBeUndefined();
});

it("says each thing as the query language does, and that all must hold", () => {
  expect(queryOf({ keyword: "good" })).toEqual({ keyword: "good" });
  expect(
    queryOf({
      query: { or: [{ keyword: "a" }, { keyword: "b" }] },
      uuidList: ["1"],
      keyword: "Good",
      caseSensitive: true,
      regex: "^a",
      recordMetadataCondition: { name: "likes", operator: ">=", value: 3 },
    }),
  ).toEqual({
    and: [
      { or: [{ keyword: "a" }, { keyword: "b" }] },
      { ids: ["1"] },
      { keyword: "Good", caseSensitive: true },
      { regex: "^a" },
      { metadata: { name: "likes", op: ">=", value: 3 } },
    ],
  });
});

it("asks of labels what must hold on one annotation side by side, of the same annotators", () => {
  expect(
    queryOf({
      query: { and: [{ keyword: "late" }] },
      annotatorList: ["j"],
      labelCondition: { name: "sentiment", operator: "==", value: ["neg"] },
      labelMetadataCondition: { labelName: "sentiment", name: "conf", operator: "<", value: 0.99 },
      verificationCondition: { labelName: "sentiment", searchMode: "UNVERIFIED" },
    }),
  ).toEqual({
    and: [
      { keyword: "late" },
      { label: { name: "sentiment", op: "==", value: ["neg"], annotators: ["j"] } },
      { labelMetadata: { label: "sentiment", name: "conf", op: "<", value: 0.99, annotators: ["j"] } },
      { verification: { label: "sentiment", mode: "UNVERIFIED", jobIds: ["j"] } },
    ],
  });
});

it("finds what somebody labelled at all, and conflicts between two", () => {
  expect(queryOf({ annotatorList: ["j"] })).toEqual({ annotator: ["j"] });
  expect(
    queryOf({ annotatorList: ["j", "k"], labelCondition: { name: "topic", operator: "conflicts" } }),
  ).toEqual({ label: { name: "topic", op: "conflicts", annotators: ["j", "k"] } });
});

it("needs no `and` around one part", () => {
  expect(allOf([])).toBeUndefined();
  expect(allOf([{ keyword: "a" }])).toEqual({ keyword: "a" });
  expect(allOf([{ and: [{ keyword: "a" }] }, { keyword: "b" }])).toEqual({
    and: [{ keyword: "a" }, { keyword: "b" }],
  });
});
