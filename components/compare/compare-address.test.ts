import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Labeller } from "@/contracts/compare";
import {
  type CompareAddress,
  chooseDefaults,
  type GoldChoice,
  printCompareAddress,
  readCompareAddress,
} from "./compare-address";

const nothing: CompareAddress = {
  label: null,
  gold: null,
  annotators: null,
  subsetId: null,
  detail: null,
  agreement: "chosen",
  ordered: false,
  errors: "0.02",
  risk: "0.05",
};

describe("the address of a comparison", () => {
  it("says again what it was given", () => {
    const id = fc.uuid({ version: 7 });
    const gold = fc.oneof(
      fc.record({ kind: fc.constant("metadata" as const), name: fc.string({ minLength: 1 }) }),
      fc.record({ kind: fc.constantFrom("annotator" as const, "final" as const), id }),
      fc.record({ kind: fc.constantFrom("verified" as const, "none" as const) }),
    );
    const address: fc.Arbitrary<CompareAddress> = fc.record({
      label: fc.option(fc.string()),
      gold: fc.option<GoldChoice>(gold),
      annotators: fc.option(fc.uniqueArray(id, { maxLength: 20 })),
      subsetId: fc.option(id),
      detail: fc.option(id),
      agreement: fc.constantFrom("chosen", "everybody", "shown"),
      ordered: fc.boolean(),
      errors: fc.constantFrom("0.01", "0.02", "0.05", "0.1"),
      risk: fc.constantFrom("0.1", "0.05", "0.01"),
    });
    fc.assert(
      fc.property(address, (given) => {
        expect(readCompareAddress(new URLSearchParams(printCompareAddress(given)))).toEqual(given);
      }),
    );
  });

  it("leaves out what makes no sense", () => {
    const params = new URLSearchParams(
      "gold=metadata:&who=me,you&subset=1&detail=x&agreement=some&ordered=1&errors=0.5&risk=none",
    );
    expect(readCompareAddress(params)).toEqual({ ...nothing, annotators: [] });
    expect(printCompareAddress(nothing)).toBe("");
  });
});

describe("what is compared at first", () => {
  const labeller = (id: string): Labeller => ({
    id,
    kind: "job",
    name: id,
    records: 1,
    agent: null,
    createdAt: "2026-01-01T00:00:00.000Z",
  });
  const labellers = ["c", "b", "a"].map(labeller);
  const column = (name: string, visibility: "gold" | "team") => ({
    name,
    visibility,
    type: "string" as const,
  });

  it("is the newest two against gold", () => {
    const metadata = [column("channel", "team"), column("truth", "gold")];
    expect(chooseDefaults(nothing, { metadata, labellers })).toEqual({
      gold: { kind: "metadata", name: "truth" },
      annotators: ["c", "b"],
    });
  });

  it("is verified labels where no metadata is gold, and what the address says", () => {
    const given = { ...nothing, annotators: ["a"] };
    expect(chooseDefaults(given, { metadata: [column("channel", "team")], labellers })).toEqual({
      gold: { kind: "verified" },
      annotators: ["a"],
    });
  });
});
