import { expect, it } from "vitest";
import type { SessionItem } from "@/contracts/sessions";
import { choosing, clearing, doubting } from "./current-verdict";
import { jobsDiffer, ofWholeRecord, oneEach } from "./same-record";

const label = (
  annotationId: string,
  value: string[] | undefined,
  others: [string, string[]][],
): SessionItem => ({
  annotationId,
  recordId: "record",
  externalId: "one",
  content: "A text",
  metadata: {},
  jobId: `job of ${annotationId}`,
  level: "record",
  start: null,
  end: null,
  blind: value === undefined,
  ...(value === undefined ? {} : { value, conf: null, confReason: null, probabilities: null }),
  position: 0,
  inclusion: 1,
  room: "room",
  others: others.map(([id, given]) => ({
    annotationId: id,
    jobId: `job of ${id}`,
    value: given,
    start: null,
    end: null,
    conf: null,
  })),
  sameRecord: others.map(([id]) => ({ annotationId: id, room: `room of ${id}` })),
  holder: null,
  verdict: null,
  verdicts: [],
  enough: false,
});

it("says what holds for the record of every job's label, without judging what it didn't look up", () => {
  const item = label("a", ["pos"], [["b", ["neg"]]]);
  const place = { annotationId: "b", room: "room of b" };
  expect(ofWholeRecord(item, { ...choosing(item, ["pos"]), ms: 900 })).toEqual([
    { ...place, value: ["pos"] },
  ]);
  expect(ofWholeRecord(item, doubting(item, "Two languages"))).toEqual([
    { ...place, status: "UNSURE", value: [], reason: "Two languages" },
  ]);
  expect(ofWholeRecord(item, clearing(item))).toEqual([{ ...place, status: null, value: [] }]);
  expect(ofWholeRecord(label("a", ["pos"], []), choosing(item, ["pos"]))).toEqual([]);
});

it("tells records on which jobs differ, or may: what is hidden is not known to be the same", () => {
  expect(jobsDiffer(label("a", ["x", "y"], [["b", ["y", "x"]]]))).toBe(false);
  expect(
    jobsDiffer(
      label(
        "a",
        ["x"],
        [
          ["b", ["x"]],
          ["c", ["y"]],
        ],
      ),
    ),
  ).toBe(true);
  expect(jobsDiffer({ ...label("a", ["x"], [["b", ["x"]]]), others: [] })).toBe(true);
  expect(jobsDiffer(label("a", undefined, []))).toBe(false);
});

it("keeps of several decisions about one label the last", () => {
  const item = label("a", ["x"], []);
  expect(oneEach([choosing(item, ["x"]), choosing(item, ["y"])])).toEqual([choosing(item, ["y"])]);
});
