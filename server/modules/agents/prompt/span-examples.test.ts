import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PromptSettings, promptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ExampleSpan, PromptExample } from "@/contracts/prompt-examples";
import { parseAnswer } from "../answers/parse-answer";
import { readSpans } from "../spans/read-spans";
import { buildTemplate } from "./build-template";
import { renderPrompt, renderTemplate } from "./render-prompt";
import { validateTemplate } from "./validate-template";
import { exampleAnswer } from "./wording";

const sentiment: LabelDefinition = {
  name: "sentiment",
  level: "record",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ],
};
const entities: LabelDefinition = {
  name: "entities",
  level: "span",
  options: [
    { value: "per", text: "person" },
    { value: "loc", text: 'a "place"' },
  ],
};
const roles: LabelDefinition = { ...entities, name: "roles", multi: true };
const schema = [sentiment, entities, roles];
const TEXT = "Ann met Bob in Paris 🙂, and Ann liked Paris.";
const ann: ExampleSpan = { start: 28, end: 31, value: ["per"] };
const paris: ExampleSpan = { start: 15, end: 20, value: ["loc"] };

const prompt = (settings: Partial<PromptSettings>): PromptSettings =>
  promptSettings.parse({ labels: ["entities"], ...settings });
const forms = ["text", "json"] as const;
const found = (raw: string, labels: readonly LabelDefinition[], text: string, name: string) => {
  const { spans = [], reason } = readSpans(raw, labels, text)[name] ?? {};
  return { spans: spans.map(({ start, end, value }) => ({ start, end, value })), reason };
};

describe("the answer to an example with spans", () => {
  it("quotes them as the prompt asks to, and counts words that stand more than once", () => {
    const example = { text: TEXT, labels: { entities: [paris, ann] } };
    expect(exampleAnswer(example, [entities], "json")).toBe(
      '{"Entities": [{"text": "Paris", "label": "a \\"place\\"", "occurrence": 1}, {"text": "Ann", "label": "person", "occurrence": 2}]}',
    );
    expect(exampleAnswer({ text: TEXT, labels: { entities: [] } }, [entities], "text")).toBe("Entities: []");
  });

  it.each(forms)("is read as the very spans, beside a label of the whole record: %s", (form) => {
    const labels = [sentiment, entities, roles];
    const role: ExampleSpan = { start: 8, end: 11, value: ["per", "loc"] };
    const example: PromptExample = {
      text: TEXT,
      labels: { sentiment: ["pos"], entities: [paris, ann], roles: [role] },
    };
    const raw = exampleAnswer(example, labels, form) ?? "";
    expect(found(raw, labels, TEXT, "entities")).toEqual({ spans: [paris, ann], reason: null });
    expect(found(raw, labels, TEXT, "roles")).toEqual({ spans: [role], reason: null });
    expect(parseAnswer(raw, labels).sentiment).toMatchObject({ value: ["pos"] });
  });

  it("is read as the very spans, or is none, whatever the text", () => {
    const unit = fc.constantFrom(
      "a",
      "A",
      "Ann",
      " ",
      "\n",
      '"',
      "\\",
      "'",
      "🙂",
      "é",
      "e\u0301",
      "{",
      "]",
      ",",
      "1",
    );
    const cases = fc
      .array(unit, { minLength: 1, maxLength: 25 })
      .map((units) => units.join(""))
      .chain((text) => {
        const length = [...text].length;
        const span = fc
          .tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 6 }), fc.constantFrom("per", "loc"))
          .map(([start, long, value]) => ({ start, end: Math.min(length, start + long), value: [value] }));
        const spans = fc.uniqueArray(span, { maxLength: 4, selector: ({ start, end }) => `${start} ${end}` });
        return fc.record({ text: fc.constant(text), spans, form: fc.constantFrom(...forms) });
      });
    let read = 0;
    fc.assert(
      fc.property(cases, ({ text, spans, form }) => {
        const raw = exampleAnswer({ text, labels: { entities: spans } }, [entities], form);
        if (raw === null) return;
        read += spans.length;
        const sorted = spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
        expect(found(raw, [entities], text, "entities")).toEqual({ spans: sorted, reason: null });
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(300);
  });
});

describe("a prompt with examples of spans", () => {
  it("shows them before the record, and never the record's own", () => {
    const settings = prompt({ examples: [{ text: TEXT, labels: { entities: [ann] } }] });
    expect(validateTemplate(schema, settings)).toEqual([]);
    const shown = (content: string) => renderPrompt(schema, settings, { content }).messages.at(-1)?.content;
    expect(shown("Bob slept.")).toContain(
      `'''\n${TEXT}\n'''\nEntities: [{"text": "Ann", "label": "person", "occurrence": 2}]`,
    );
    expect(shown(TEXT)).not.toContain('occurrence": 2}]');
  });

  it("leaves out a record whose text has changed, and keeps no text of it", () => {
    const recordId = crypto.randomUUID();
    const settings = prompt({
      examples: { mode: "fixed", items: [{ recordId, labels: { entities: [ann] } }] },
    });
    const message = (text: string) =>
      renderTemplate(buildTemplate(schema, settings, new Map([[recordId, text]])), {
        content: "x",
      }).messages.at(-1)?.content;
    expect(message(TEXT)).toContain('"text": "Ann"');
    expect(message("Ann left.")).not.toContain("Ann left.");
    expect(buildTemplate(schema, settings).template).toContain(`{{record ${recordId}}}`);
  });

  it.each<[string, PromptExample["labels"], string]>([
    ["no list", {}, "examples.0.labels.entities"],
    ["values without a place", { entities: ["per"] }, "examples.0.labels.entities"],
    ["a place outside", { entities: [{ ...ann, end: 99 }] }, "examples.0.labels.entities.0"],
    [
      "half of a character",
      { entities: [{ start: 3, end: 4, value: ["per"] }] },
      "examples.0.labels.entities.0",
    ],
    ["an unknown option", { entities: [{ ...ann, value: ["org"] }] }, "examples.0.labels.entities.0.value"],
    ["two options", { entities: [{ ...ann, value: ["per", "loc"] }] }, "examples.0.labels.entities.0.value"],
    ["a place twice", { entities: [ann, { ...ann, value: ["loc"] }] }, "examples.0.labels.entities.1"],
  ])("names %s", (_what, labels, path) => {
    const problems = validateTemplate(schema, prompt({ examples: [{ text: TEXT, labels }] }));
    expect(problems.map((problem) => problem.path)).toEqual([path]);
  });

  it("takes no spans for a label of records", () => {
    const examples = [{ text: TEXT, labels: { sentiment: [ann] } }];
    const problems = validateTemplate(schema, prompt({ labels: ["sentiment"], examples }));
    expect(problems.map(({ path }) => path)).toEqual(["examples.0.labels.sentiment"]);
  });

  it("shows those that were found for a record as it shows fixed ones, also one without spans", () => {
    const chosen: PromptExample[] = [
      { text: "It rained.", labels: { entities: [] } },
      { text: "Changed since", labels: { entities: [ann] } },
      { text: TEXT, labels: { entities: [paris, ann] } },
    ];
    const looked = promptSettings.parse({ labels: ["entities"], examples: { mode: "retrieved" } });
    expect(validateTemplate(schema, looked)).toEqual([]);
    const record = { content: "Bob slept." };
    const shown = renderTemplate(buildTemplate(schema, looked), record, chosen).messages;
    const fixed = prompt({ examples: chosen.filter(({ text }) => text !== "Changed since") });
    expect(shown).toEqual(renderPrompt(schema, fixed, record).messages);
    expect(shown.at(-1)?.content).toContain("'''\nIt rained.\n'''\nEntities: []\n\nText:\n'''\nAnn met");
  });
});
