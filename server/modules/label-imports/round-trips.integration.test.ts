import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExportInput, exportInput } from "@/contracts/exports";
import type { ImportOptions } from "@/contracts/imports";
import { type LabelImportOptions, labelImportOptions } from "@/contracts/label-imports";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations, writeJobLabels } from "@/server/modules/annotations";
import { openExport } from "@/server/modules/exports";
import { putSchema } from "@/server/modules/projects";
import { getImport, runImport } from "@/server/modules/records";
import { queueBytes } from "@/server/modules/records/import/testing/import-bytes";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { labelImport } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const options = ["pos", "neg", "[odd, one"].map((value) => ({ value, text: value }));
const labels: LabelDefinition[] = [
  { name: "sentiment", level: "record", options },
  { name: "topics", level: "record", multi: true, options },
  { name: "parts", level: "span", options },
];

const texts = {
  a: "Fine 🙂 day,\nsays “Zoë” שלום",
  b: "=1+1, e\u0301 👨‍👩‍👧 and\tmore",
  c: "nobody labelled this",
};

/** Three texts, two people who label all of them, spans that touch emoji and combining marks. */
let world: LabelledProject;
let ids: Map<string, string>;
beforeEach(async () => {
  world = await createLabelledProject(test.db, { labels });
  ids = await addRecords(
    world,
    Object.entries(texts).map(([externalId, content]) => ({
      externalId,
      content,
      metadata: { source: "x", n: 1, text: "kept" },
    })),
  );
  const [a = "", b = ""] = ids.values();
  const second = await createMember(test.db, { project: world.project, role: "reviewer", name: "Zoë 王" });
  await writeAnnotations(test.db, world.member, {
    items: [
      {
        recordId: a,
        labels: [
          { name: "sentiment", value: ["pos"] },
          { name: "topics", value: ["neg", "[odd, one"] },
          { name: "parts", value: ["pos"], start: 5, end: 6 },
          { name: "parts", value: ["neg"], start: 19, end: 22 },
        ],
      },
      {
        recordId: b,
        labels: [
          { name: "sentiment", value: ["[odd, one"] },
          { name: "parts", value: ["pos"], start: 6, end: 8 },
        ],
      },
    ],
  });
  await writeAnnotations(test.db, second, {
    items: [
      {
        recordId: a,
        labels: [
          { name: "sentiment", value: ["neg"] },
          { name: "parts", value: ["neg"], start: 0, end: 4 },
        ],
      },
    ],
  });
});

type Asked = Partial<Omit<ExportInput, "bom">> & Pick<ExportInput, "kind" | "format">;

const exported = async (member: ProjectActor, asked: Asked): Promise<string> =>
  (await exportedBytes(member, asked)).toString();

async function exportedBytes(member: ProjectActor, asked: Asked): Promise<Buffer> {
  const { chunks } = await openExport(test, member, exportInput.parse(asked), {
    signal: new AbortController().signal,
  });
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  return Buffer.concat(parts);
}

/** Imports a file into a project of its own with the same schema. */
async function importedAnew(
  file: string | Buffer,
  given: Partial<LabelImportOptions> & Pick<LabelImportOptions, "format">,
  more: Partial<ImportOptions>,
) {
  const { administrator: member } = await createTestProject(test.db);
  await putSchema(test.db, member, { labelSchema: labels });
  const run = await imported(member, file, given, more);
  return { member, run };
}

async function imported(
  member: ProjectActor,
  file: string | Buffer,
  given: Partial<LabelImportOptions> & Pick<LabelImportOptions, "format">,
  more: Partial<ImportOptions>,
) {
  const complete = {
    kind: "labels",
    format: "json",
    ...more,
    labels: labelImportOptions.parse(given),
  } as const;
  const id = await queueBytes(test, member, { bytes: Buffer.from(file) }, complete);
  const signal = new AbortController().signal;
  await runImport({ db: test.db, pool: test.pool, signal, lastAttempt: true }, id, {
    labels: labelImport(test.db),
  });
  const run = await getImport(test.db, member, { id });
  expect({ status: run.status, refused: run.errors, error: run.error }).toEqual({
    status: "succeeded",
    refused: [],
    error: null,
  });
  expect(run.imported + run.updated + run.skipped).toBe(run.read);
  return run;
}

describe("what is exported for another tool, imported, and exported again is the same file", () => {
  it.each([
    ["labelstudio", undefined, { format: "json" }],
    ["doccano", "sentiment", { format: "jsonl" }],
    ["doccano", "topics", { format: "jsonl" }],
    ["doccano", "parts", { format: "jsonl" }],
    ["spacy", "topics", { format: "json" }],
    ["spacy", "parts", { format: "json" }],
    ["conll", "parts", { format: "conll" }],
  ] as const)("%s, label %s", async (format, label, more) => {
    const asked = { kind: "annotations", format, ...(label ? { label } : {}) } as const;
    const file = await exported(world.member, asked);
    const named = label === undefined ? {} : label === "parts" ? { spanLabel: label } : { label };
    const { member, run } = await importedAnew(file, { format, ...named }, more);
    expect(run.imported).toBe(label === "topics" ? 1 : 2);
    const again = await exported(member, asked);
    expect(again).toBe(file);
    const second = await imported(member, file, { format, ...named }, more);
    expect(second).toMatchObject({ imported: 0, updated: 0, labelReport: { changed: 0 } });
  });

  it("argilla, but for people's names, which its ids of accounts stand for", async () => {
    const file = await exported(world.member, { kind: "annotations", format: "argilla" });
    const { member } = await importedAnew(file, { format: "argilla" }, { format: "json" });
    const accounts = await test.db.annotator.findMany({ where: { projectId: member.projectId } });
    const again = await exported(member, { kind: "annotations", format: "argilla" });
    const named = accounts.reduce((text, { id, name }) => text.replaceAll(id, name), again);
    expect(JSON.parse(named)).toEqual(JSON.parse(file));
  });

  it("openai-evals, as gold and as labels", async () => {
    const asked = { kind: "annotations", format: "openai-evals", label: "topics" } as const;
    const file = await exported(world.member, asked);
    const { member } = await importedAnew(
      file,
      { format: "openai-evals", label: "topics" },
      { format: "jsonl" },
    );
    expect(await exported(member, asked)).toBe(file);
    await imported(
      member,
      file,
      { format: "openai-evals", label: "topics", as: "gold" },
      { format: "jsonl" },
    );
    const record = await test.db.record.findFirstOrThrow({
      where: { projectId: member.projectId, externalId: "a" },
    });
    expect(record.metadata).toMatchObject({ gold_topics: ["[odd, one", "neg"] });
  });
});

describe("Tandem's own annotations", () => {
  /** Columns that an import can give back: ids, kinds and times are those of the new project. */
  const KEPT = [
    "externalId",
    "content",
    "annotatorName",
    "label",
    "level",
    "value",
    "start",
    "end",
    "conf",
    "confMethod",
    "metadata",
  ];
  const rowsOf = async (member: ProjectActor) =>
    (await exported(member, { kind: "annotations", format: "jsonl" }))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      .map((row) => JSON.stringify(KEPT.map((key) => row[key])))
      .sort();

  it.each([
    ["csv", { unescapeFormulas: true }],
    ["jsonl", {}],
    ["parquet", {}],
  ] as const)("come back equal from %s, jobs of one name apart", async (format, more) => {
    const [a = "", b = ""] = ids.values();
    for (const [value, conf] of [
      ["pos", 0.1],
      ["neg", 0.30000000000000004],
    ] as const) {
      const jobId = await addJob(world, "Judge");
      const row = {
        label: "sentiment",
        level: "record",
        value: [value],
        conf,
        confMethod: "verbalised",
        confReason: null,
        probabilities: null,
      } as const;
      await writeJobLabels(test.db, {
        projectId: world.project.id,
        jobId,
        schemaVersion: 1,
        rows: [a, b].map((recordId) => ({ recordId, ...row, metadata: { why: 'a "reason", =1' } })),
      });
    }
    const before = await rowsOf(world.member);
    expect(before).toHaveLength(12);
    const file = await exportedBytes(world.member, { kind: "annotations", format });
    const { member } = await importedAnew(file, { format: "tandem" }, { format, ...more });
    const after = await rowsOf(member);
    expect(after.map((row) => row.replace("Judge (2)", "Judge")).sort()).toEqual(before);
    const second = await imported(member, file, { format: "tandem" }, { format, ...more });
    expect(second).toMatchObject({ imported: 0, updated: 0, labelReport: { changed: 0 } });
    expect(await rowsOf(member)).toEqual(after);
  });
});
