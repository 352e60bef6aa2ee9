import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { parseAnswer } from "../answers/parse-answer";
import { readSpans } from "./read-spans";

const entities: LabelDefinition = {
  name: "entities",
  level: "span",
  options: [
    { value: "per", text: "person" },
    { value: "loc", text: "place" },
  ],
};
const roles: LabelDefinition = { ...entities, name: "roles", multi: true };
const sentiment: LabelDefinition = {
  name: "sentiment",
  level: "record",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ],
};
const TEXT = "Ann met Bob in Paris, and Ann liked Paris 🙂 with Bob.";

function read(raw: string, labels = [entities], text = TEXT) {
  const { spans = [], reason } = readSpans(raw, labels, text)[labels[0]?.name ?? ""] ?? {};
  const shown = spans.map(
    ({ start, end, value }) => `${[...text].slice(start, end).join("")}@${start}=${value.join("+")}`,
  );
  return [...shown, ...(reason ? [`(${reason})`] : [])].join(" ");
}

describe("spans in an answer", () => {
  it.each([
    ['{"Entities": [{"text": "met Bob", "label": "person"}]}', "met Bob@4=per"],
    ['{"entities": [{"text": "Ann", "label": "Person", "occurrence": 2}]}', "Ann@26=per"],
    ['{"entities": [{"quote": "Paris", "type": "loc", "start": 36}]}', "Paris@36=loc"],
    ['```json\n[{"text": "in Paris", "label": "place"}]\n```', "in Paris@12=loc"],
    ['Entities: [{"text": "in Paris", "label": "place"}]', "in Paris@12=loc"],
    ["{'entities': [{'text': 'in Paris', 'label': 'place',},]}", "in Paris@12=loc"],
    ['{"entities": {"place": ["in Paris"], "person": ["met Bob"]}}', "met Bob@4=per in Paris@12=loc"],
    ['{"entities": []}', ""],
    ["Entities: []", ""],
    [
      '{"entities": [{"text": "met Bob in", "label": "person"}, {"text": "Bob in Paris", "label": "place"}]}',
      "met Bob in@4=per Bob in Paris@8=loc",
    ],
    [
      '{"entities": [{"text": "met Bob", "label": "person"}, {"text": "met bob", "label": "person"}]}',
      "met Bob@4=per",
    ],
    [
      '{"entities": [{"text": "met Bob", "label": "person"}, {"text": "met Bob", "label": "place"}]}',
      "(two_options)",
    ],
    [
      '{"entities": [{"text": "Ann", "label": "person"}, {"text": "met Bob", "label": "person"}]}',
      "met Bob@4=per (ambiguous_quote)",
    ],
    [
      '{"entities": [{"text": "met Bob", "label": "animal"}, {"text": "in Paris", "label": "place"}]}',
      "in Paris@12=loc (unreadable_span)",
    ],
    ['{"entities": [{"text": "Rome", "label": "place"}]}', "(quote_not_found)"],
    ['{"entities": [{"start": 0, "end": 3, "label": "person"}]}', "(unreadable_span)"],
    ['{"entities": "met Bob"}', "(not_a_list)"],
    ['{"entities": [{"text": "met Bob", "label": "person"}, {"te', "(not_a_list)"],
    ["Entities: none", "(not_a_list)"],
    ["I found nobody.", "(no_field)"],
    ["", "(no_field)"],
    ['{"topics": [{"text": "met Bob", "label": "person"}]}', "(no_field)"],
    ['{"entities": []}\n{"entities": [{"text": "met Bob", "label": "person"}]}', "(conflicting_fields)"],
  ])("%j: %s", (raw, expected) => expect(read(raw)).toBe(expected));

  it("of a label that takes several options are put together", () => {
    const raw =
      '{"roles": [{"text": "met Bob", "label": "place"}, {"text": "met Bob", "label": ["person"]}]}';
    expect(read(raw, [roles])).toBe("met Bob@4=per+loc");
  });

  it.each([
    '{"sentiment": "negative", "entities": [{"text": "in Paris", "label": "place"}], "roles": []}',
    'Sentiment: negative\nEntities: [{"text": "in Paris", "label": "place"}]\nRoles: []',
    'Roles: []\nEntities: [\n {"text": "in Paris", "label": "place"}\n]\n\n**Sentiment:** negative',
  ])("stand beside labels of the record and of other spans: %j", (raw) => {
    const labels = [entities, roles, sentiment];
    expect(read(raw, labels)).toBe("in Paris@12=loc");
    expect(readSpans(raw, labels, TEXT).roles).toEqual({ spans: [], reason: null });
    expect(parseAnswer(raw, labels)).toMatchObject({ sentiment: { ok: true, value: ["neg"] } });
  });

  // The test's time-out is the bound: what takes time by the square of a million never ends.
  it.each([
    "Entities: ",
    "Entities: /* ",
    'Entities: [{"text": "',
    "{} Entities: [",
    '[{"text":',
    '{"entities": [',
    "[[",
  ])("%j a million characters long is read in one go", (part) => {
    const raw = part.repeat(Math.ceil(1_000_000 / part.length));
    expect(readSpans(raw, [entities, sentiment], TEXT).entities?.spans).toEqual([]);
    expect(readSpans(raw, [entities], TEXT).entities?.spans).toEqual([]);
  });

  it("never lend their words to a label of the record", () => {
    const tagged: LabelDefinition = { ...sentiment, name: "label" };
    const raw = '{"entities": [{"text": "liked Paris", "label": "positive"}]}';
    expect(parseAnswer(raw, [entities, tagged])).toMatchObject({ label: { ok: false } });
  });
});
