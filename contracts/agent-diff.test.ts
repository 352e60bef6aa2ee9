import { describe, expect, it } from "vitest";
import { diffVersions, type VersionContent } from "./agent-diff";

const base: VersionContent = {
  provider: "openai:chat",
  baseUrl: null,
  model: { model: "gpt-4o", temperature: 0, extra: { top_k: 1, bias: { a: 1, b: 2 } } },
  prompt: { labels: ["sentiment"], answer: "text", taskInstruction: "Label.\nBe brief." },
};

describe("the difference of two versions", () => {
  it("is none for the same content, whatever the order of keys, blanks and absent texts", () => {
    const same: VersionContent = {
      ...base,
      model: { extra: { bias: { b: 2, a: 1 }, top_k: 1 }, temperature: 0, model: "gpt-4o", top_p: undefined },
      prompt: { ...base.prompt, system: " \n", examples: [] },
    };
    expect(diffVersions(base, same)).toEqual({ changed: false, fields: [], sections: [] });
  });

  it("names each changed parameter, a missing one as null", () => {
    const after: VersionContent = {
      ...base,
      baseUrl: "builtin",
      model: { model: "tandem-tiny", seed: 7, extra: { top_k: 2, bias: { a: 1, b: 2 } } },
      prompt: { ...base.prompt, labels: ["sentiment", "topic"], answer: "json" },
    };
    expect(diffVersions(base, after).fields).toEqual([
      { path: "baseUrl", before: null, after: "builtin" },
      { path: "prompt.labels", before: ["sentiment"], after: ["sentiment", "topic"] },
      { path: "prompt.answer", before: "text", after: "json" },
      { path: "model.model", before: "gpt-4o", after: "tandem-tiny" },
      { path: "model.temperature", before: 0, after: null },
      { path: "model.extra.top_k", before: 1, after: 2 },
      { path: "model.seed", before: null, after: 7 },
    ]);
  });

  it("shows changed texts line by line, examples too", () => {
    const after: VersionContent = {
      ...base,
      prompt: {
        ...base.prompt,
        taskInstruction: "Label.\nSarcasm is negative.",
        examples: [{ text: "So late", labels: { sentiment: ["neg"] } }],
      },
    };
    const { sections } = diffVersions(base, after);
    expect(
      sections.map(({ section, lines }) => [section, lines.map(({ kind, text }) => `${kind} ${text}`)]),
    ).toEqual([
      ["taskInstruction", ["same Label.", "removed Be brief.", "added Sarcasm is negative."]],
      ["examples", ["added So late", 'added → {"sentiment":["neg"]}']],
    ]);
  });

  it("shows what an instruction of one's own replaces: the default wording", () => {
    const byDefault = { ...base, prompt: { ...base.prompt, taskInstruction: undefined } };
    expect(diffVersions(byDefault, base).sections).toMatchObject([
      {
        section: "taskInstruction",
        lines: [{ kind: "removed", text: "Label the {{name}} of the text as {{options}}." }, {}, {}],
      },
    ]);
    const blank = { ...base, prompt: { ...base.prompt, taskInstruction: " " } };
    expect(diffVersions(byDefault, blank).changed).toBe(false);
  });

  it("a message written by hand takes the place of the built sections", () => {
    const byHand = {
      ...base,
      prompt: { ...base.prompt, taskInstruction: undefined, template: "{{options}} {{input}}" },
    };
    const { sections } = diffVersions(base, byHand);
    expect(sections.map(({ section }) => section)).toEqual([
      "taskInstruction",
      "formatInstruction",
      "inputBlock",
      "template",
    ]);
  });
});
