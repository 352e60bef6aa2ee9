import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ImportOptions } from "@/contracts/imports";
import { type LabelImportOptions, labelImportOptions } from "@/contracts/label-imports";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations } from "@/server/modules/annotations";
import { putSchema } from "@/server/modules/projects";
import { getImport, runImport } from "@/server/modules/records";
import { queueBytes } from "@/server/modules/records/import/testing/import-bytes";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { labelImport } from ".";

let test: TestDatabase;
let member: ProjectActor;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const options = ["pos", "neg"].map((value) => ({ value, text: value === "pos" ? "Positive" : "Negative" }));
beforeEach(async () => {
  ({ administrator: member } = await createTestProject(test.db));
  await putSchema(test.db, member, {
    labelSchema: [
      { name: "sentiment", level: "record", options },
      { name: "topics", level: "record", multi: true, options },
      { name: "parts", level: "span", options },
    ],
  });
});

type Given = Partial<LabelImportOptions> & Pick<LabelImportOptions, "format">;

async function imported(text: string, labels: Given, more: Partial<ImportOptions> = {}) {
  const complete = {
    kind: "labels",
    format: "jsonl",
    ...more,
    labels: labelImportOptions.parse(labels),
  } as const;
  const id = await queueBytes(test, member, { bytes: new TextEncoder().encode(text), pieces: 7 }, complete);
  const signal = new AbortController().signal;
  await runImport({ db: test.db, pool: test.pool, signal, lastAttempt: true }, id, {
    labels: labelImport(test.db),
  });
  const run = await getImport(test.db, member, { id });
  const { read, imported: made, updated, skipped, refused } = run;
  expect(made + updated + skipped + refused).toBe(read);
  return run;
}
const counts = ({ imported: made, updated, skipped, refused }: Awaited<ReturnType<typeof imported>>) => ({
  made,
  updated,
  skipped,
  refused,
});
const lines = (...items: unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join("");

/** Everybody's labels as they stand: `id by label value place`. */
async function labelsOf(): Promise<string[]> {
  const rows = await test.db.annotation.findMany({
    where: { projectId: member.projectId },
    include: { record: true, annotator: true },
  });
  return rows
    .map(({ record, annotator, labelName, value, start, end }) =>
      [
        record.externalId,
        annotator.name,
        labelName,
        value.join("+"),
        ...(start < 0 ? [] : [start, end]),
      ].join(" "),
    )
    .sort();
}

const doccano = (id: string, text: string, label: unknown, more = {}) => ({ id, text, label, ...more });

describe("labels of a file", () => {
  it("become those of imported annotators, beside everybody else's; the same file again changes nothing", async () => {
    const file = lines(
      doccano("a", "fine 🙂 day", ["pos"], { annotator: "Ann" }),
      doccano("a", "fine 🙂 day", ["neg"], { annotator: "Bob" }),
      doccano("b", "bad", ["Negative"]),
      doccano("c", "none", []),
    );
    const first = await imported(file, { format: "doccano", label: "sentiment" });
    expect(counts(first)).toEqual({ made: 3, updated: 1, skipped: 0, refused: 0 });
    const expected = ["a Ann sentiment pos", "a Bob sentiment neg", "b doccano sentiment neg"];
    expect(await labelsOf()).toEqual(expected);
    expect(first.labelReport).toMatchObject({ changed: 3 });
    expect(first.labelReport?.annotators.map(({ name, labels }) => [name, labels])).toEqual([
      ["Ann", 1],
      ["Bob", 1],
      ["doccano", 1],
    ]);

    const { id: recordId } = await test.db.record.findFirstOrThrow({
      where: { projectId: member.projectId, externalId: "a" },
    });
    await writeAnnotations(test.db, member, {
      items: [{ recordId, labels: [{ name: "sentiment", value: ["pos"] }] }],
    });
    const again = await imported(file, { format: "doccano", label: "sentiment" });
    expect(counts(again)).toEqual({ made: 0, updated: 0, skipped: 4, refused: 0 });
    expect(again.labelReport).toMatchObject({ changed: 0 });
    expect(await labelsOf()).toEqual([...expected, `a ${member.userName} sentiment pos`].sort());
    expect(await test.db.annotator.count({ where: { projectId: member.projectId, kind: "imported" } })).toBe(
      3,
    );
    expect(await test.db.annotationEvent.count({ where: { projectId: member.projectId } })).toBe(4);
  });

  it("replace that annotator's labels of the names given: spans that are gone are gone", async () => {
    const spans = (...label: unknown[]) => lines(doccano("a", "😀 one two", label));
    const asked = { format: "doccano", annotator: "Zoë" } as const;
    await imported(spans([0, 1, "pos"], [2, 5, "neg"], [2, 5, "pos"]), { ...asked, spanLabel: "parts" });
    expect(await labelsOf()).toEqual([]);
    const run = await imported(spans([0, 1, "pos"], [2, 5, "neg"]), { ...asked, spanLabel: "parts" });
    expect(counts(run)).toEqual({ made: 1, updated: 0, skipped: 0, refused: 0 });
    const other = await imported(spans([6, 9, "neg"], [0, 1, "neg"]), asked);
    expect(counts(other)).toEqual({ made: 0, updated: 1, skipped: 0, refused: 0 });
    expect(await labelsOf()).toEqual(["a Zoë parts neg 0 1", "a Zoë parts neg 6 9"]);
    const events = await test.db.annotationEvent.findMany({
      where: { projectId: member.projectId, cleared: true },
    });
    expect(events.map(({ start, end }) => [start, end])).toEqual([[2, 5]]);
  });

  it("are found by their text where they have no id, or when asked", async () => {
    await imported(lines(doccano("r1", "one text", [])), { format: "doccano" });
    const run = await imported(
      lines({ text: "one text", label: ["pos"] }, doccano("99", "one text", ["pos"]), {
        text: "new",
        label: ["neg"],
      }),
      { format: "doccano", label: "sentiment" },
    );
    expect(counts(run)).toEqual({ made: 2, updated: 1, skipped: 0, refused: 0 });
    const byText = await imported(lines(doccano("77", "one text", ["neg"])), {
      format: "doccano",
      label: "sentiment",
      match: "content",
    });
    expect(counts(byText)).toEqual({ made: 0, updated: 1, skipped: 0, refused: 0 });
    const again = await imported(lines({ text: "new", label: ["neg"] }), {
      format: "doccano",
      label: "sentiment",
    });
    expect(counts(again)).toEqual({ made: 0, updated: 0, skipped: 1, refused: 0 });
  });

  it("become gold metadata, which is hidden as gold", async () => {
    const file = lines(doccano("a", "x y", ["pos"]), doccano("b", "z", ["neg"]));
    const run = await imported(file, { format: "doccano", as: "gold", label: "sentiment" });
    expect(counts(run)).toEqual({ made: 2, updated: 0, skipped: 0, refused: 0 });
    expect(run.labelReport?.gold).toEqual([{ name: "gold_sentiment", records: 2 }]);
    await imported(lines(doccano("a", "x y", ["pos", "neg"])), {
      format: "doccano",
      as: "gold",
      label: "topics",
    });
    const spans = await imported(
      lines(
        doccano("a", "x y", [
          [2, 3, "neg"],
          [0, 1, "pos"],
        ]),
      ),
      { format: "doccano", as: "gold", gold: "truth", spanLabel: "parts" },
    );
    expect(counts(spans)).toEqual({ made: 0, updated: 1, skipped: 0, refused: 0 });
    const again = await imported(file, { format: "doccano", as: "gold", label: "sentiment" });
    expect(counts(again)).toEqual({ made: 0, updated: 0, skipped: 2, refused: 0 });
    const [record] = await test.db.record.findMany({
      where: { projectId: member.projectId },
      orderBy: { externalId: "asc" },
    });
    expect(record?.metadata).toEqual({
      gold_sentiment: "pos",
      gold_topics: ["neg", "pos"],
      truth: [
        { start: 0, end: 1, value: "pos" },
        { start: 2, end: 3, value: "neg" },
      ],
    });
    const names = await test.db.metadataName.findMany({
      where: { projectId: member.projectId },
      orderBy: { position: "asc" },
    });
    expect(names.map(({ name, type, visibility }) => [name, type, visibility])).toEqual([
      ["gold_sentiment", "string", "gold"],
      ["gold_topics", "json", "gold"],
      ["truth", "json", "gold"],
    ]);
    expect(await labelsOf()).toEqual([]);
  });

  it("take names and values that are mapped", async () => {
    const task = (choice: string) => ({
      data: { id: "t1", text: "fine" },
      annotations: [
        {
          completed_by: { email: "a@b.test" },
          result: [{ type: "choices", from_name: "mood", to_name: "text", value: { choices: [choice] } }],
        },
      ],
      predictions: [
        {
          model_version: "m1",
          score: 0.75,
          result: [{ type: "choices", from_name: "mood", to_name: "text", value: { choices: ["pos"] } }],
        },
      ],
    });
    const asked = { format: "labelstudio", names: { mood: "sentiment" }, values: { Good: "pos" } } as const;
    const run = await imported(JSON.stringify([task("Good"), task("Great")]), asked, { format: "json" });
    expect(counts(run)).toEqual({ made: 1, updated: 0, skipped: 0, refused: 1 });
    expect(run.errors).toEqual([
      {
        line: 1,
        externalId: "t1",
        code: "unknown_value",
        message: expect.stringMatching(/"Great" is no option of "sentiment", which has: pos, neg/),
      },
    ]);
    expect(await labelsOf()).toEqual(["t1 a@b.test sentiment pos", "t1 m1 sentiment pos"]);
    expect(
      await test.db.annotation.findFirst({ where: { projectId: member.projectId, conf: { not: null } } }),
    ).toMatchObject({ conf: 0.75 });
    const one = await imported(
      JSON.stringify([task("Good")]),
      { ...asked, annotator: "Gold team" },
      { format: "json" },
    );
    expect(one.labelReport?.left).toEqual([{ what: "predictions (from= takes one's)", items: 1 }]);
  });
});

describe("an item is refused with its line", () => {
  it("for each thing that can't be, and the others go in", async () => {
    await imported(lines(doccano("known", "as it is", [])), { format: "doccano" });
    await imported(lines(doccano("gone", "deleted", [])), { format: "doccano" });
    await test.db.record.updateMany({
      where: { projectId: member.projectId, externalId: "gone" },
      data: { deletedAt: new Date() },
    });
    const file =
      lines(
        doccano("1", "fine", ["pos"]),
        doccano("2", "fine", ["great"]),
        doccano("3", "fine", ["pos", "neg"]),
        doccano("4", "fine", [[0, 9, "pos"]]),
        doccano("known", "otherwise", ["pos"]),
        doccano("gone", "deleted", ["pos"]),
        doccano("1", "not so fine", ["pos"]),
        doccano("1", "fine", ["neg"]),
      ) +
      '{"text": \n' +
      lines({ label: ["pos"] }, doccano("5", "\u0000", ["pos"]), 5, doccano("known", "as it is", ["neg"]));
    const run = await imported(file, { format: "doccano", label: "sentiment", annotator: "Ann" });
    expect(run.errors.map(({ line, code }) => `${line} ${code}`)).toEqual([
      "2 unknown_value",
      "3 too_many_values",
      "4 span_outside",
      "5 text_differs",
      "6 unknown_record",
      "7 text_differs",
      "8 conflicting_labels",
      "9 bad_json",
      "10 bad_item",
      "11 bad_character",
      "12 bad_json",
    ]);
    expect(counts(run)).toEqual({ made: 1, updated: 1, skipped: 0, refused: 11 });
    expect(await labelsOf()).toEqual(["1 Ann sentiment pos", "known Ann sentiment neg"]);
  });

  it("when the label is unknown or not said, naming those there are", async () => {
    const run = await imported(lines(doccano("1", "fine", ["pos"]), doccano("2", "fine", [[0, 1, "pos"]])), {
      format: "doccano",
    });
    expect(run.errors.map(({ code, message }) => [code, message])).toEqual([
      ["unknown_label", expect.stringMatching(/label=.*sentiment, topics, parts/)],
    ]);
    const other = await imported(lines(doccano("3", "fine", ["pos"])), { format: "doccano", label: "parts" });
    expect(other.errors.map(({ code }) => code)).toEqual(["wrong_level"]);
  });

  it("when the project doesn't have its text and new ones are not wanted", async () => {
    const run = await imported(lines(doccano("1", "fine", ["pos"])), {
      format: "doccano",
      label: "sentiment",
      unknown: "refuse",
    });
    expect(counts(run)).toEqual({ made: 0, updated: 0, skipped: 0, refused: 1 });
    expect(run.errors).toMatchObject([{ line: 1, code: "unknown_record" }]);
    expect(await test.db.record.count({ where: { projectId: member.projectId } })).toBe(0);
  });

  it("when two people disagree and their labels are to be one's", async () => {
    const task = {
      data: { text: "fine" },
      annotations: ["pos", "neg"].map((choice) => ({
        completed_by: { email: `${choice}@b.test` },
        result: [{ type: "choices", from_name: "sentiment", to_name: "text", value: { choices: [choice] } }],
      })),
    };
    const file = JSON.stringify(task, null, 2);
    const gold = await imported(file, { format: "labelstudio", as: "gold" }, { format: "json" });
    expect(gold.errors).toMatchObject([
      { line: 1, code: "conflicting_labels", message: expect.stringMatching(/from=/) },
    ]);
    const chosen = await imported(
      file,
      { format: "labelstudio", as: "gold", from: "neg@b.test" },
      { format: "json" },
    );
    expect(counts(chosen)).toEqual({ made: 1, updated: 0, skipped: 0, refused: 0 });
  });
});
