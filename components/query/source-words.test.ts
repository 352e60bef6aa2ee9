import { expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import { sourceWords } from "./source-words";

const subset = { id: "018f0000-0000-7000-8000-000000000001", name: "held-out" };
const jobId = "018f0000-0000-7000-8000-000000000002";

it("says on which records something was made: by the subset, by the query, by both", () => {
  expect(sourceWords({ subset: null, query: null })).toBe("");
  expect(sourceWords({ subset, query: null })).toBe("held-out");
  expect(sourceWords({ subset, query: { keyword: "good" } })).toBe("held-out, good");
});

it("calls subsets and jobs in a query by their names", () => {
  const query: Record<string, JsonValue> = { and: [{ subset: subset.id }, { not: { annotator: [jobId] } }] };
  const names = { annotators: [{ id: jobId, name: "GPT 3.5 v1" }], subsets: [subset] };
  const words = sourceWords({ subset: null, query }, names);
  expect(words).toContain("held-out");
  expect(words).toContain("GPT 3.5 v1");
});
