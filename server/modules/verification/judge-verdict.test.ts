import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { judgeVerdict } from "./judge-verdict";

const label = (multi: boolean): LabelDefinition => ({
  name: "sentiment",
  level: "record",
  multi,
  options: ["pos", "neg", "neu"].map((value) => ({ value, text: value })),
});

const of = (value: string[]) => ({ value, start: -1, end: -1, length: 20 });
const own = { start: null, end: null };

describe("a verdict", () => {
  it("confirms if and only if its options are the job's", () => {
    const options = fc.uniqueArray(fc.constantFrom("pos", "neg", "neu"));
    fc.assert(
      fc.property(options, options, (job, given) => {
        const judged = judgeVerdict(label(true), of(job), { value: given });
        const same = job.length === given.length && job.every((value) => given.includes(value));
        expect(judged).toEqual({
          ok: true,
          status: same ? "CONFIRMS" : "CORRECTS",
          value: [...given].sort(),
          ...own,
        });
      }),
    );
  });

  it.each([
    ["an unknown option", { value: ["nope"] }, "invalid_value"],
    ["no option where one is needed", { value: [] }, "invalid_value"],
    ["two options where one is needed", { value: ["pos", "neg"] }, "invalid_value"],
    ["a value of who can't tell", { value: ["pos"], status: "UNSURE" as const }, "invalid_value"],
    ["a confirmation of something else", { value: ["neg"], status: "CONFIRMS" as const }, "wrong_status"],
    ["borders", { value: ["neg"], start: 0, end: 4 }, "invalid_value"],
    ["a correction to the same", { value: ["pos"], status: "CORRECTS" as const }, "wrong_status"],
  ])("with %s can't stand", (_, given, code) => {
    expect(judgeVerdict(label(false), of(["pos"]), given)).toMatchObject({ ok: false, code });
  });

  it("that can't tell, or is taken back, has no value", () => {
    expect(judgeVerdict(label(false), of(["pos"]), { value: [], status: "UNSURE" })).toEqual({
      ok: true,
      status: "UNSURE",
      value: [],
      ...own,
    });
    expect(judgeVerdict(label(false), of(["pos"]), { value: ["pos"], status: null })).toEqual({
      ok: true,
      status: null,
      value: [],
      ...own,
    });
  });

  it("of an option that only the job knows can't stand", () => {
    expect(judgeVerdict(label(false), of(["gone"]), { value: ["gone"] })).toMatchObject({
      code: "invalid_value",
    });
  });
});
