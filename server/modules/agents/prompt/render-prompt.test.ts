import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PromptSettings } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { buildTemplate } from "./build-template";
import { renderPrompt, renderTemplate } from "./render-prompt";
import { validateTemplate } from "./validate-template";
import { longestAnswer } from "./wording";

const sentiment: LabelDefinition = {
  name: "sentiment",
  level: "record",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
    { value: "neu", text: "neutral" },
  ],
};
const topics: LabelDefinition = {
  name: "topics",
  level: "record",
  multi: true,
  description: "what it is about",
  options: [
    { value: "bill", text: "billing", description: "money, refunds" },
    { value: "crew", text: "crew" },
  ],
};
const schema = [sentiment, topics];
const retrieved: PromptSettings["examples"] = {
  mode: "retrieved",
  k: 4,
  from: { verified: true },
  by: "text",
  balanced: true,
};
const one: PromptSettings = { labels: ["sentiment"], answer: "text" };

const userMessage = (settings: PromptSettings, content: string, metadata?: Record<string, unknown>) =>
  renderPrompt(schema, settings, { content, metadata }).messages.at(-1)?.content ?? "";

describe("the built-in wording", () => {
  it("asks for one label in one line, shows the form, then the record", () => {
    expect(userMessage(one, "I love it")).toBe(
      "Label the sentiment of the text as positive, negative or neutral.\n\n" +
        "Answer in exactly this form, with nothing else:\nSentiment: <sentiment>\n\n" +
        "Text:\n'''\nI love it\n'''",
    );
  });

  it("asks for several labels, lists what has descriptions, and shows JSON", () => {
    expect(userMessage({ labels: ["topics", "sentiment"], answer: "json" }, "Hm")).toBe(
      "Label the topics of the text as one or more of billing or crew.\n" +
        "Label the sentiment of the text as positive, negative or neutral.\n\n" +
        "Topics (what it is about):\n- billing: money, refunds\n- crew\n\n" +
        "Answer with one line of valid JSON, braces and double quotes included, in exactly this form, with nothing else:\n" +
        '{"Topics": ["<topics>"], "Sentiment": "<sentiment>"}\n\n' +
        "Text:\n'''\nHm\n'''",
    );
  });

  it("lists the options where an instruction of one's own does not name them", () => {
    const text = userMessage({ ...one, taskInstruction: "Judge the tone." }, "Hm");
    expect(text).toContain("Judge the tone.\n\nSentiment:\n- positive\n- negative\n- neutral\n\n");
  });

  it("puts the system message first, and leaves a blank one out", () => {
    const roles = (system: string) =>
      renderPrompt(schema, { ...one, system }, { content: "x" }).messages.map(({ role }) => role);
    expect(roles("You label tweets.")).toEqual(["system", "user"]);
    expect(roles("  ")).toEqual(["user"]);
  });

  it("shows examples with their answer, but not to the record that is one", () => {
    const examples = [
      { text: "So late", labels: { sentiment: ["neg"] } },
      { text: "Great crew", labels: { sentiment: ["pos"] } },
    ];
    const settings: PromptSettings = { ...one, examples };
    expect(userMessage(settings, "Hm")).toContain(
      "Examples:\n\nText:\n'''\nSo late\n'''\nSentiment: negative\n\nText:\n'''\nGreat crew\n'''\nSentiment: positive\n\n",
    );
    const own = userMessage(settings, "Great crew");
    expect(own).toContain("So late");
    expect(own.split("Great crew")).toHaveLength(2);
    const alone = { ...settings, examples: examples.slice(1) };
    expect(userMessage(alone, "Great crew")).not.toContain("Examples:");
  });

  it("takes an input block of one's own, with quotes that the record can't close", () => {
    const settings = { ...one, inputBlock: "Tweet of {{metadata.airline}}: {{input}} End." };
    expect(userMessage(settings, "bad ''' end", { airline: "Delta" })).toMatch(
      /Tweet of Delta: ''''\nbad ''' end\n'''' End\.$/,
    );
  });

  it("says which metadata a record lacks, and writes what is no text as JSON", () => {
    const settings = {
      ...one,
      taskInstruction: "{{metadata.n}} {{metadata.gone}} {{metadata.list}} {{options}}",
    };
    const rendered = renderPrompt(schema, settings, {
      content: "x",
      metadata: { n: 1.5, list: ["a"], gone: null },
    });
    expect(rendered.missingMetadata).toEqual(["gone"]);
    expect(rendered.messages[0]?.content).toContain('1.5  ["a"] positive');
  });
});

describe("for every record", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          "'''",
          "''''",
          "{{input}}",
          "{{options}}",
          "$1",
          "$&",
          "{",
          "}",
          "\\",
          '"',
          "\n",
          "Text:",
          "é",
          "🙂",
          "\r\n",
          "x",
        ),
        {
          maxLength: 12,
        },
      )
      .map((parts) => parts.join("")),
  );
  const settings: fc.Arbitrary<PromptSettings> = fc.record({
    labels: fc.shuffledSubarray(["sentiment", "topics"], { minLength: 1 }),
    answer: fc.constantFrom("text" as const, "json" as const),
    system: fc.constantFrom(undefined, "Be terse with {{name}}."),
    inputBlock: fc.constantFrom(undefined, "<<{{input}}>>", "''' {{input}} '''", "Go: {{input}}"),
    examples: fc.option(
      fc.array(fc.constant({ text: "an '''example'''", labels: { sentiment: ["pos"], topics: ["crew"] } }), {
        minLength: 1,
        maxLength: 1,
      }),
      { nil: undefined },
    ),
  });

  it("the record stands verbatim, in the last message, once, enclosed by quotes that it does not hold", () => {
    fc.assert(
      fc.property(settings, nasty, (chosen, content) => {
        const rendered = renderPrompt(schema, chosen, { content });
        const last = rendered.messages.length - 1;
        const inputs = rendered.segments.filter(({ kind }) => kind === "input");
        expect(inputs).toHaveLength(content === "" ? 0 : 1);
        const [place] = inputs;
        if (!place) return;
        const user = rendered.messages[last]?.content ?? "";
        expect(place.message).toBe(last);
        expect(user.slice(place.start, place.end)).toBe(content);
        const fence = /'{3,}(?=\s*$)/.exec(user.slice(0, place.start))?.[0] ?? "";
        expect(fence.length).toBeGreaterThanOrEqual(3);
        expect(content).not.toContain(fence);
        expect(user.slice(place.end).trimStart().startsWith(fence)).toBe(true);
      }),
    );
  });

  it("an example can't close its quotes, and stands in them verbatim", () => {
    fc.assert(
      fc.property(nasty, nasty, (text, content) => {
        fc.pre(text !== "" && text !== content);
        const template = buildTemplate(schema, { ...one, examples: retrieved });
        const { messages } = renderTemplate(template, { content }, [
          { text, labels: { sentiment: ["neg"] } },
        ]);
        const user = messages.at(-1)?.content ?? "";
        const block = user.slice(user.indexOf("Examples:\n\nText:\n") + "Examples:\n\nText:\n".length);
        const fence = /^'{3,}/.exec(block)?.[0] ?? "";
        expect(text).not.toContain(fence);
        expect(block.slice(fence.length)).toMatch(/^\n/);
        expect(block.startsWith(`${fence}\n${text}\n${fence}\nSentiment: negative`)).toBe(true);
      }),
      { seed: 46 },
    );
  });

  it("without an example for the record, no heading of examples stands there", () => {
    const template = buildTemplate(schema, { ...one, examples: retrieved });
    expect(template.template).toContain("{{examples}}");
    expect(renderTemplate(template, { content: "x" }).messages[0]?.content).not.toContain("Examples");
  });

  it("segments, joined, are the messages", () => {
    fc.assert(
      fc.property(settings, nasty, (chosen, content) => {
        const { messages, segments } = renderPrompt(schema, chosen, { content });
        messages.forEach((message, index) => {
          const own = segments.filter((segment) => segment.message === index);
          expect(own.map(({ start, end }) => message.content.slice(start, end)).join("")).toBe(
            message.content,
          );
        });
      }),
    );
  });

  it("the template holds the place of the record, and taken as a hand-written one it is accepted", () => {
    fc.assert(
      fc.property(settings, (chosen) => {
        const { template } = buildTemplate(schema, { ...chosen, examples: undefined });
        expect(template.split("{{input}}")).toHaveLength(2);
        expect(validateTemplate(schema, { labels: chosen.labels, answer: chosen.answer, template })).toEqual(
          [],
        );
      }),
    );
  });
});

it("the longest answer has the longest option, or all of several", () => {
  expect(longestAnswer(schema, "text")).toBe("Sentiment: positive\nTopics: billing, crew");
  expect(longestAnswer([sentiment], "json")).toBe('{"Sentiment": "positive"}');
});
