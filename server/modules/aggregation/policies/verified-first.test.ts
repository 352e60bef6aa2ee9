import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { majority } from "./majority";
import { type Verdict, verifiedFirst } from "./verified-first";

const votes = [
  { annotatorId: "job-1", value: "x" },
  { annotatorId: "job-2", value: "x" },
  { annotatorId: "job-3", value: "y" },
];

const verdict = (id: string, minute: number, rest: Omit<Verdict, "id" | "createdAt">): Verdict => ({
  id,
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
  ...rest,
});

describe("verifiedFirst", () => {
  it("takes the latest verdict over any number of jobs", () => {
    const verdicts = [
      verdict("v2", 2, { verifierId: "bo", status: "CORRECTS", value: "z" }),
      verdict("v1", 1, { verifierId: "ann", status: "CONFIRMS", value: "x" }),
    ];
    expect(verifiedFirst({ verdicts, votes })).toEqual({
      value: "z",
      confidence: 0.5,
      entropy: 1,
      provenance: { source: "verdict", verdictId: "v2", verifierId: "bo", status: "CORRECTS" },
    });
  });

  it("never takes can't-tell for a value: an earlier decision stands", () => {
    const verdicts = [
      verdict("v1", 1, { verifierId: "ann", status: "CORRECTS", value: "y" }),
      verdict("v2", 2, { verifierId: "bo", status: "UNSURE", value: "[]" }),
    ];
    expect(verifiedFirst({ verdicts, votes })).toMatchObject({
      value: "y",
      confidence: 1,
      entropy: 0,
      provenance: { verdictId: "v1" },
    });
  });

  it("falls back to the majority, ties included, when nobody decided", () => {
    const verdicts = [verdict("v1", 1, { verifierId: "ann", status: "UNSURE", value: "[]" })];
    expect(verifiedFirst({ verdicts, votes })).toEqual(majority(votes));
    expect(verifiedFirst({ verdicts, votes: votes.slice(1) })).toMatchObject({
      value: null,
      tie: ["x", "y"],
    });
    expect(verifiedFirst({ verdicts: [], votes: [] })).toMatchObject({ value: null, reason: "no_votes" });
  });

  it("takes an accepted label before the majority, and after a verdict", () => {
    const accepted = { acceptanceId: "acc", annotatorId: "job-3", value: "y" };
    expect(verifiedFirst({ verdicts: [], accepted, votes })).toEqual({
      value: "y",
      confidence: 1 / 3,
      entropy: majority(votes).entropy,
      provenance: { source: "accepted", acceptanceId: "acc", annotatorIds: ["job-3"], votes: 3 },
    });
    const verdicts = [verdict("v1", 1, { verifierId: "ann", status: "CORRECTS", value: "z" })];
    expect(verifiedFirst({ verdicts, accepted, votes })).toMatchObject({ value: "z" });
  });

  it("counts each person once, with the latest verdict on any job's label", () => {
    const verdicts = [
      verdict("v1", 1, { verifierId: "ann", status: "CORRECTS", value: "y" }),
      verdict("v2", 2, { verifierId: "ann", status: "CONFIRMS", value: "x" }),
      verdict("v3", 3, { verifierId: "bo", status: "CONFIRMS", value: "x" }),
    ];
    expect(verifiedFirst({ verdicts, votes })).toMatchObject({ value: "x", confidence: 1, entropy: 0 });
  });

  it("within one moment goes by id, whatever the order of the rows", () => {
    const verdicts = [
      verdict("v1", 1, { verifierId: "ann", status: "CORRECTS", value: "y" }),
      verdict("v2", 1, { verifierId: "bo", status: "CORRECTS", value: "z" }),
    ];
    expect(verifiedFirst({ verdicts, votes })).toMatchObject({ value: "z" });
    expect(verifiedFirst({ verdicts: verdicts.toReversed(), votes })).toMatchObject({ value: "z" });
  });

  it("is the value of the newest deciding verdict, for any history", () => {
    const anyVerdict = fc.record({
      verifierId: fc.constantFrom("ann", "bo", "cy"),
      status: fc.constantFrom("CONFIRMS" as const, "CORRECTS" as const, "UNSURE" as const),
      value: fc.constantFrom("x", "y", "z"),
    });
    fc.assert(
      fc.property(fc.array(anyVerdict, { maxLength: 10 }), (rows) => {
        const verdicts = rows.map((row, i) => verdict(`v${i}`, i, row));
        const newest = verdicts.findLast(({ status }) => status !== "UNSURE");
        const outcome = verifiedFirst({ verdicts, votes });
        if (newest === undefined) {
          expect(outcome).toEqual(majority(votes));
          return;
        }
        expect(outcome).toMatchObject({ value: newest.value, provenance: { verdictId: newest.id } });
        expect(outcome.confidence).toBeGreaterThan(0);
        expect(outcome.confidence).toBeLessThanOrEqual(1);
        expect(verifiedFirst({ verdicts: verdicts.toReversed(), votes })).toMatchObject({
          value: newest.value,
        });
      }),
    );
  });
});
