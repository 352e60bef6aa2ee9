import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { parseAnswer } from "./parse-answer";

const NAME = "kind of mail";

const kind = (texts: readonly string[], more: Partial<LabelDefinition> = {}): LabelDefinition => ({
  name: NAME,
  level: "record",
  options: texts.map((text, at) => ({ value: `v${at}`, text })),
  ...more,
});

const read = (raw: string, labels: readonly LabelDefinition[]) => {
  const answer = parseAnswer(raw, labels)[NAME];
  return answer?.ok ? answer.value.join("+") : `(${answer?.reason})`;
};

type Wrap = (text: string) => string;
const quoteMarks = ['""', "''", "“”", "„“", "«»", "‹›", "「」", "『』", "``", "‘’"];

/** What may stand around a value anywhere. */
const decorations: Wrap[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => `${text[0]?.toUpperCase()}${text.slice(1)}`,
  (text) => `${text}.`,
  (text) => `${text}!`,
  (text) => `  ${text}\t`,
  (text) => `**${text}**`,
  (text) => `_${text}_`,
  (text) => `<${text}>`,
  (text) => `[${text}]`,
  (text) => `(${text})`,
  (text) => `{${text}}`,
  (text) => `- ${text}`,
  ...quoteMarks.map(
    ([open, close]): Wrap =>
      (text) =>
        `${open}${text}${close}`,
  ),
];
/** Forms in which a whole answer gives its one field. */
const forms: Wrap[] = [
  (text) => text,
  (text) => `Kind of mail: ${text}`,
  (text) => `kind of mail = ${text}`,
  (text) => `**Kind of mail**: ${text}`,
  (text) => `**Kind of mail:** ${text}`,
  (text) => `- "Kind of mail": ${text}`,
  (text) => `1. KIND OF MAIL → ${text}`,
  (text) => `### Kind of mail:\n\n${text}`,
  (text) => `Answer: ${text}`,
  (text) => `| Kind of mail | ${text} |`,
  (text) => `| Text | Kind of mail |\n|---|---|\n| … | ${text} |`,
];
/** Forms whose value is a string of its own. */
const closedForms: Wrap[] = [
  (text) => JSON.stringify({ [NAME]: text }),
  (text) => JSON.stringify({ why: "because", "Kind of mail": [text] }, null, 2),
  (text) => `{'kind of mail': ${JSON.stringify(text)},}`,
  (text) => `{${JSON.stringify(NAME)}: ${JSON.stringify(text)} // sure\n}`,
  (text) => JSON.stringify({ result: { "Kind of mail": text } }),
  (text) => `<kind_of_mail>${text}</kind_of_mail>`,
  (text) => `<answer>\n${text}\n</answer>`,
];
/** What may stand around an answer. */
const surroundings: Wrap[] = [
  (text) => text,
  (text) => `<think>Kind of mail: either will do.</think>\n\n${text}`,
  (text) => `Let me think.</thinking>${text}`,
  (text) => `${text}\n\n`,
  (text) => `${text}<|im_end|>`,
];
/** Only where a field is named: prose around a bare option makes it a sentence. */
const proseAround: Wrap[] = [
  (text) => `They ask for help, politely.\n\n${text}`,
  (text) => `\`\`\`json\n${text}\n\`\`\``,
  (text) => `${text}\n\nI hope that this helps you.`,
];

const word = fc.stringMatching(/^[b-z][a-z]{2,8}( [a-z]{3,5})?$/);
const optionTexts = fc
  .uniqueArray(word, { minLength: 2, maxLength: 6 })
  .filter((texts) => !texts.some((text) => ["kind", "answer", "text"].some((part) => text.includes(part))));
const anyOf = (wraps: readonly Wrap[]) => fc.constantFrom(...wraps);
/** A decoration in a decoration; a bullet is only one at the start. */
const decorated = fc
  .tuple(anyOf(decorations.filter((wrap) => !wrap("x").startsWith("-"))), anyOf(decorations))
  .map(
    ([inner, outer]): Wrap =>
      (text) =>
        outer(inner(text)),
  );
const answer = fc.oneof(
  fc.tuple(decorated, anyOf(forms), anyOf(surroundings)),
  fc.tuple(decorated, anyOf(closedForms), anyOf([...surroundings, ...proseAround])),
  fc.tuple(decorated, anyOf(forms.slice(1)), anyOf(surroundings)),
);

describe("the tolerated wrappings, and any two of them", () => {
  it("give back the option, by its text or by its value", () => {
    fc.assert(
      fc.property(optionTexts, fc.nat(), fc.boolean(), answer, (texts, pick, byValue, wraps) => {
        const schema = kind(texts);
        const option = schema.options[pick % texts.length];
        const raw = wraps.reduce(
          (text, wrap) => wrap(text),
          byValue ? `${option?.value}` : `${option?.text}`,
        );
        expect(read(raw, [schema]), raw).toBe(option?.value);
      }),
      { numRuns: 4000, seed: 41 },
    );
  });

  it("give back no option for the name's first letters", () => {
    fc.assert(
      fc.property(optionTexts, answer, (texts, wraps) => {
        const cut = `${texts[0]?.slice(0, -1)}`;
        fc.pre(!texts.includes(cut) && cut.trim() === cut && !/^v\d$/.test(cut));
        expect(
          read(
            wraps.reduce((text, wrap) => wrap(text), cut),
            [kind(texts)],
          ),
        ).toMatch(/^\(/);
      }),
      { numRuns: 2000, seed: 42 },
    );
  });

  it.each(["not", "not a", "isn't", "neither", "never", "nicht", "hardly", "no longer"])(
    "%s: give back no option that is denied",
    (denial) => {
      fc.assert(
        fc.property(optionTexts, answer, (texts, wraps) => {
          fc.pre(!texts.some((text) => text.startsWith("not ")));
          const raw = wraps.reduce((text, wrap) => wrap(text), `${denial} ${texts[0]}`);
          expect(read(raw, [kind(texts)]), raw).toMatch(/^\(/);
        }),
        { numRuns: 300, seed: 43 },
      );
    },
  );

  it("give back nothing where another label was answered", () => {
    fc.assert(
      fc.property(optionTexts, decorated, fc.nat(), (texts, wrap, pick) => {
        const raws = (text: string) => [
          `Topic: ${text}`,
          JSON.stringify({ topic: text }),
          `<topic>${text}</topic>`,
          `| Topic | ${text} |`,
        ];
        const text = wrap(texts[pick % texts.length] ?? "");
        for (const raw of raws(text)) expect(read(raw, [kind(texts)]), raw).toMatch(/^\(/);
      }),
      { numRuns: 500, seed: 44 },
    );
  });
});

describe("two options in one answer", () => {
  const joints = [
    " or ",
    ", ",
    "/",
    " and ",
    "\n",
    " (",
    "; not ",
    " -> ",
    ". Or: ",
    " | ",
    ": ",
    "; but also ",
  ];

  it("never yield one of them by luck", () => {
    fc.assert(
      fc.property(optionTexts, fc.constantFrom(...joints), answer, (texts, joint, wraps) => {
        const [one = "", other = ""] = texts;
        fc.pre(!texts.includes(`${one} ${other}`));
        const raw = wraps.reduce((text, wrap) => wrap(text), `${one}${joint}${other}`);
        expect(read(raw, [kind(texts)]), raw).toMatch(/^\(/);
      }),
      { numRuns: 3000, seed: 45 },
    );
  });

  it("are a conflict in two fields, whatever their forms", () => {
    const named = [...forms.slice(1), ...closedForms];
    fc.assert(
      fc.property(optionTexts, anyOf(named), anyOf(named), (texts, first, second) => {
        const raw = `${first(texts[0] ?? "")}\n\n${second(texts[1] ?? "")}`;
        expect(read(raw, [kind(texts)]), raw).toMatch(/^\(/);
      }),
      { numRuns: 1500, seed: 46 },
    );
  });

  it("are the set where the label takes several", () => {
    const lists: ((texts: string[]) => string)[] = [
      (texts) => JSON.stringify({ [NAME]: texts }),
      (texts) => `{'kind of mail': [${texts.map((text) => `'${text}'`).join(", ")},]}`,
      (texts) => `Kind of mail: ${texts.join(", ")}`,
      (texts) => `Kind of mail: ${texts.map((text) => `**${text}**`).join("; ")}.`,
      (texts) => `**Kind of mail:**\n${texts.map((text) => `- ${text}`).join("\n")}`,
      (texts) => `<kind_of_mail>${texts.join(" | ")}</kind_of_mail>`,
    ];
    fc.assert(
      fc.property(optionTexts, fc.constantFrom(...lists), fc.nat(), (texts, list, pick) => {
        const chosen = texts.slice(0, 1 + (pick % texts.length));
        const expected = chosen.map((_, at) => `v${at}`).join("+");
        const raw = list([...chosen].reverse());
        expect(read(raw, [kind(texts, { multi: true })]), raw).toBe(expected);
        const withOther = list([...chosen, "zzz zzz"]);
        expect(read(withOther, [kind(texts, { multi: true })]), withOther).toMatch(/^\(/);
      }),
      { numRuns: 800, seed: 47 },
    );
  });
});
