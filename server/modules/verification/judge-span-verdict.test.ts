import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { judgeVerdict } from "./judge-verdict";

const places: LabelDefinition = {
  name: "places",
  level: "span",
  options: ["city", "land"].map((value) => ({ value, text: value })),
};
const LENGTH = 12;
const rome = { value: ["city"], start: 3, end: 7, length: LENGTH };
const nothing = { value: [], start: -2, end: -2, length: LENGTH };
const judge = (given: Parameters<typeof judgeVerdict>[2], job: Parameters<typeof judgeVerdict>[1] = rome) =>
  judgeVerdict(places, job, given);
const stands = (status: string | null, value: string[], start: number | null = null, end = start) => ({
  ok: true,
  status,
  value,
  start,
  end,
});

describe("a verdict on a job's span", () => {
  it("confirms if and only if option and borders are the job's, and keeps only borders that differ", () => {
    const option = fc.constantFrom("city", "land");
    const place = fc.tuple(fc.nat(LENGTH - 1), fc.integer({ min: 1, max: LENGTH })).filter(([a, b]) => a < b);
    fc.assert(
      fc.property(option, place, option, fc.option(place), (jobOption, [start, end], given, moved) => {
        const job = { value: [jobOption], start, end, length: LENGTH };
        const borders = moved ? { start: moved[0], end: moved[1] } : {};
        const differs = moved !== null && (moved[0] !== start || moved[1] !== end);
        const judged = judge({ value: [given], ...borders }, job);
        expect(judged).toEqual(
          stands(
            !differs && given === jobOption ? "CONFIRMS" : "CORRECTS",
            [given],
            differs ? moved[0] : null,
            differs ? moved[1] : null,
          ),
        );
      }),
    );
  });

  it.each([
    ["no borders that end", { value: ["city"], start: 3 }],
    ["borders that end before they begin", { value: ["city"], start: 5, end: 5 }],
    ["a border before the text", { value: ["city"], start: -1, end: 5 }],
    ["a border behind the text", { value: ["city"], start: 3, end: LENGTH + 1 }],
    ["two options", { value: ["city", "land"] }],
    ["an unknown option", { value: ["sea"] }],
    ["no option, but borders", { value: [], start: 3, end: 7 }],
    ["borders of who can't tell", { value: [], status: "UNSURE" as const, start: 3, end: 7 }],
  ])("with %s can't stand", (_, given) => {
    expect(judge(given)).toMatchObject({ ok: false, code: "invalid_value" });
  });

  it("with no option says that it is no span", () => {
    expect(judge({ value: [] })).toEqual(stands("CORRECTS", []));
    expect(judge({ value: [], status: "CONFIRMS" })).toMatchObject({ code: "wrong_status" });
  });

  it("can't call other borders a confirmation", () => {
    expect(judge({ value: ["city"], start: 3, end: 8, status: "CONFIRMS" })).toMatchObject({
      code: "wrong_status",
    });
    expect(judge({ value: ["city"], start: 3, end: 7, status: "CONFIRMS" })).toEqual(
      stands("CONFIRMS", ["city"]),
    );
  });

  it("that can't tell, or is taken back, has neither value nor borders", () => {
    expect(judge({ value: [], status: "UNSURE" })).toEqual(stands("UNSURE", []));
    expect(judge({ value: ["city"], start: 1, end: 2, status: null })).toEqual(stands(null, []));
  });
});

describe("a verdict where the job found no span", () => {
  it("confirms that, or says that there is something", () => {
    expect(judge({ value: [] }, nothing)).toEqual(stands("CONFIRMS", []));
    expect(judge({ value: [], status: "CORRECTS" }, nothing)).toEqual(stands("CORRECTS", []));
    expect(judge({ value: [], status: "UNSURE" }, nothing)).toEqual(stands("UNSURE", []));
  });

  it("holds no span itself", () => {
    expect(judge({ value: ["city"], start: 0, end: 4 }, nothing)).toMatchObject({ code: "invalid_value" });
    expect(judge({ value: ["city"] }, nothing)).toMatchObject({ code: "invalid_value" });
  });
});
