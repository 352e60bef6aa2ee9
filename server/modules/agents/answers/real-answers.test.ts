import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import { realInput } from "@/server/testing/real-inputs";
import { parseAnswer } from "./parse-answer";

const folder = realInput("llm-outputs");

const label = (name: string, options: [value: string, text: string][]): LabelDefinition => ({
  name,
  level: "record",
  options: options.map(([value, text]) => ({ value, text })),
});
const LABELS = {
  stance: label("stance", [
    ["A", "Against"],
    ["B", "Favor"],
    ["C", "None"],
  ]),
  "politeness-raw": label("politeness", [
    ["A", "Polite"],
    ["B", "Neutral"],
    ["C", "Impolite"],
  ]),
  /** One option's text is the end of the other's. */
  politeness: label("politeness", [
    ["1", "polite"],
    ["0", "impolite"],
  ]),
};

type Answer = { file: string; at: number; raw: string; label: LabelDefinition };

/** Raw answers of a model, one a line behind number and gold, as `<n>\t<gold>\t<answer>`; an answer may hold newlines. */
function rawAnswers(task: "stance" | "politeness-raw", model: string): Answer[] {
  const file = `${task}/answer-${model}`;
  return readFileSync(path.join(folder.path, file), "utf8")
    .split(/^\d+\t[^\t\n]*\t/m)
    .slice(1)
    .map((answer, at) => ({ file, at, raw: answer.replace(/\n$/, ""), label: LABELS[task] }));
}

/** The word that a model gave for each text. */
function givenWords(): Answer[] {
  const file = "politeness_dataset.csv";
  const rows: Record<string, string>[] = parse(readFileSync(path.join(folder.path, file)), { columns: true });
  return rows.map((row, at) => ({ file, at, raw: row["Prediction_gpt-4o"] ?? "", label: LABELS.politeness }));
}

const MODELS = ["chatgpt", "flan-ul2", "text-davinci-003"];
const SOURCES: [string, () => Answer[]][] = [
  ...(["stance", "politeness-raw"] as const).flatMap((task) =>
    MODELS.map((model): [string, () => Answer[]] => [
      `${task}/answer-${model}`,
      () => rawAnswers(task, model),
    ]),
  ),
  ["politeness_dataset.csv", givenWords],
];

/**
 * The option that is all there is in an answer, or all there is in its field, else null. Knows nothing of the
 * parser: what is not a letter or a digit is thrown away, and what is left must be one option.
 */
function onlyOption({ raw, label: { name, options } }: Answer): string | null {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const said = words(raw);
  const inField = said[0] === name && /^\W*\w+\W*[:=]/u.test(raw) ? said.slice(1) : said;
  const found = options.filter(({ value, text }) =>
    [value, text].some((option) => words(option).join(" ") === inField.join(" ")),
  );
  return found.length === 1 ? (found[0]?.value ?? null) : null;
}

const readBy = ({ raw, label: definition }: Answer): string | null => {
  const answer = parseAnswer(raw, [definition])[definition.name];
  return answer?.ok ? answer.value.join("+") : null;
};

const hashOf = ({ file, at, raw }: Answer) =>
  createHash("sha256")
    .update(JSON.stringify([file, at, raw]))
    .digest("hex")
    .slice(0, 16);

describe.skipIf(folder.missing)(folder.missing ? folder.reason : "answers that models really gave", () => {
  it.each(SOURCES)("%s: what holds one option is read, and nothing else", (file, load) => {
    const all = load();
    expect(all.length).toBeGreaterThan(400);
    const one = all.filter((answer) => onlyOption(answer) !== null);
    const readable = one.filter((answer) => readBy(answer) === onlyOption(answer));
    const wrong = all.filter((answer) => readBy(answer) !== null && readBy(answer) !== onlyOption(answer));
    const invalid = all.filter((answer) => readBy(answer) === null);
    console.info(
      `${file}: ${all.length} answers, ${one.length} with one option, ${readable.length} of them read, ` +
        `${wrong.length} wrong, ${((100 * invalid.length) / all.length).toFixed(2)} % left invalid`,
    );
    expect(wrong.map(({ raw }) => raw)).toEqual([]);
    expect(readable.length / one.length).toBeGreaterThanOrEqual(0.98);
  });

  it("200 that were checked by hand say what they were seen to say", () => {
    const checked = z
      .array(z.object({ answer: z.string(), says: z.string().nullable() }))
      .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, "checked-answers.json"), "utf8")));
    expect(checked.length).toBe(200);
    const byHash = new Map(SOURCES.flatMap(([, load]) => load()).map((answer) => [hashOf(answer), answer]));
    for (const { answer: hash, says } of checked) {
      const answer = byHash.get(hash);
      if (!answer) throw new Error(`The answer ${hash} that was checked is no longer there.`);
      expect(onlyOption(answer), answer.raw).toBe(says);
      expect(readBy(answer), answer.raw).toBe(says);
    }
  });

  it("a file whose answers are other letters has none that is read as one", () => {
    const grades = label("grade", [["D", "D"]]);
    for (const [, load] of SOURCES)
      for (const answer of load()) expect(readBy({ ...answer, label: grades })).toBeNull();
  });
});
