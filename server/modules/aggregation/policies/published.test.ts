import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { realInput } from "@/server/testing/real-inputs";
import { fitDawidSkene } from "./dawid-skene";
import { fitMace } from "./mace";
import { accuracyOf, finish, tableOf } from "./testing/tables";
import { weightedMajority } from "./weighted-majority";

const rte = realInput("crowd/rte.standardized.tsv");

/** 800 pairs of texts, 8,000 judgements of 164 workers: does the second text follow from the first? */
function readJudgements() {
  const [, ...lines] = readFileSync(rte.path, "utf8").trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split("\t"));
  return {
    table: tableOf(rows.map(([, annotator = "", record = "", value = ""]) => ({ annotator, record, value }))),
    gold: new Map(rows.map(([, , record = "", , value = ""]) => [record, value])),
  };
}

// R. Snow, B. O'Connor, D. Jurafsky and A. Y. Ng, "Cheap and fast – but is it good?", EMNLP 2008: the task RTE.
describe.skipIf(rte.missing)(`published judgements${rte.missing ? ` (${rte.reason})` : ""}`, () => {
  it("are settled as published by a majority, by Dawid and Skene, and as well by MACE", () => {
    const { table, gold } = readJudgements();
    expect([table.records.length, table.annotators.length]).toEqual([800, 164]);
    expect(accuracyOf(gold, table, weightedMajority(table))).toBeCloseTo(0.8969, 4);
    const { fit } = finish(fitDawidSkene(table));
    expect(fit.logLikelihood).toBeCloseTo(-3679.629, 3);
    expect(accuracyOf(gold, table, fit)).toBe(0.9275);
    expect(fit.converged).toBe(true);
    // Ended early, to save time: at its end it has 0.9275 as well.
    expect(accuracyOf(gold, table, finish(fitMace(table, { mostSteps: 100 })).fit)).toBeGreaterThan(0.925);
  });
});
