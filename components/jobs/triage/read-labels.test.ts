import { expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Annotation } from "@/contracts/records";
import { openLabels, readSpans } from "./read-labels";

const options = [{ value: "a", text: "A" }];
const topic: LabelDefinition = { name: "topic", level: "record", options };
const tone: LabelDefinition = { name: "tone", level: "record", options };
const names: LabelDefinition = { name: "names", level: "span", options };
const labels = [topic, tone, names];

function given(by: string, label: LabelDefinition, place: { start?: number; end?: number } = {}): Annotation {
  return {
    id: "id",
    recordId: "record",
    annotator: { id: by, kind: "job", name: by },
    label: label.name,
    level: label.level,
    value: place.start === undefined && label.level === "span" ? [] : ["a"],
    ...place,
    conf: null,
    confMethod: null,
    confReason: null,
    probabilities: null,
    metadata: {},
    schemaVersion: 1,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
  };
}

it("leaves open what the job asked for and did not read, and every label of spans", () => {
  const annotations = [given("job", topic), given("job", names, { start: 0, end: 3 }), given("other", tone)];
  const open = (asked: string[]) =>
    openLabels({ id: "job", labels: asked }, labels, { annotations }).map(({ name }) => name);
  expect(open(["topic", "tone", "names"])).toEqual(["tone", "names"]);
  expect(open(["topic"])).toEqual([]);
  expect(openLabels({ id: "job", labels: ["topic"] }, labels, {})).toEqual([topic]);
});

it("takes the spans that the job read, and not that it found none", () => {
  const annotations = [
    given("job", names, { start: 4, end: 7 }),
    given("job", names),
    given("other", names, { start: 0, end: 3 }),
  ];
  expect(readSpans({ annotations }, "job", "names")).toEqual([{ start: 4, end: 7, value: ["a"] }]);
  expect(readSpans({}, "job", "names")).toEqual([]);
});
