import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { realInput } from "@/server/testing/real-inputs";
import { parseAnswer } from "./parse-answer";

const folder = realInput("llm-outputs");

/** Raw answers of a model, one a line behind number and gold, as `<n>\t<gold>\t<answer>`; an answer may hold newlines. */
function answers(name: string): string[] {
  const text = readFileSync(realInput(`llm-outputs/${name}`).path, "utf8");
  return text
    .split(/^\d+\t[^\t\n]*\t/m)
    .slice(1)
    .map((answer) => answer.replace(/\n$/, ""));
}

const choice: LabelDefinition = {
  name: "choice",
  level: "record",
  options: ["A", "B", "C"].map((letter) => ({ value: letter, text: letter })),
};

const models = ["chatgpt", "flan-ul2", "text-davinci-003"];
const files = ["stance", "politeness-raw"].flatMap((task) =>
  models.map((model) => `${task}/answer-${model}`),
);

describe.skipIf(folder.missing)(folder.missing ? folder.reason : "answers that models really gave", () => {
  it.each(files)("%s: every letter is read, whatever punctuation stands around it", (file) => {
    const all = answers(file);
    expect(all.length).toBeGreaterThan(400);
    for (const raw of all) {
      // One of the models put out runs of ampersands.
      const letter = /^[\s&]*([ABC])[.):]?\s*$/.exec(raw)?.[1];
      const read = parseAnswer(raw, [choice]).choice;
      if (letter) expect(read, raw).toMatchObject({ ok: true, value: [letter] });
      else expect(read, raw).toMatchObject({ ok: false });
    }
  });

  it("a file whose answers are not letters has none that is read as one", () => {
    const grades: LabelDefinition = { ...choice, options: [{ value: "D", text: "D" }] };
    for (const file of files)
      for (const raw of answers(file)) expect(parseAnswer(raw, [grades]).choice).toMatchObject({ ok: false });
  });
});
