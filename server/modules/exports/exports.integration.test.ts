import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import { type ExportInput, exportInput } from "@/contracts/exports";
import { importQuery } from "@/contracts/imports";
import type { ProjectActor } from "@/server/modules/access";
import { createAggregation } from "@/server/modules/aggregation";
import { reconcile } from "@/server/modules/reconciliation";
import { importText } from "@/server/modules/records/import/testing/import-bytes";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import {
  addJob,
  addLabels,
  addRecords,
  addVerdict,
  createLabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import { openExport } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

type Asked = Partial<Omit<ExportInput, "bom">> & Pick<ExportInput, "kind"> & { bom?: string };

const open = (member: ProjectActor, asked: Asked, signal = new AbortController().signal) =>
  openExport(test, member, exportInput.parse(asked), { signal });

/** The whole file and its headers. */
async function exported(member: ProjectActor, asked: Asked) {
  const { headers, chunks } = await open(member, asked);
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return { headers, text };
}

const jsonLines = async (member: ProjectActor, asked: Asked): Promise<unknown[]> =>
  (await exported(member, { ...asked, format: "jsonl" })).text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** Two records, two jobs and a reviewer's verdict. */
async function smallWorld() {
  const world = await createLabelledProject(test.db, {
    labels: [
      {
        name: "tone",
        level: "record",
        multi: true,
        options: ["[x", "calm", "warm"].map((value) => ({ value, text: value })),
      },
      {
        name: "sentiment",
        level: "record",
        options: ["pos", "neg"].map((value) => ({ value, text: value })),
      },
    ],
  });
  const ids = await addRecords(world, [
    { externalId: "t2", content: 'says "hi", twice\nand more' },
    { externalId: "t1", content: "=SUM(A1)" },
  ]);
  const [quoted = "", formula = ""] = ids.values();
  const [first, second] = [await addJob(world, "First, the"), await addJob(world, "Second")];
  await addLabels(
    world,
    first,
    [
      [quoted, ["pos"]],
      [formula, ["neg"]],
    ],
    { conf: 0.1 + 0.2 },
  );
  await addLabels(world, second, [
    [quoted, ["pos"]],
    [formula, ["pos"]],
  ]);
  await addLabels(
    world,
    first,
    [
      [quoted, ["warm", "calm"]],
      [formula, ["[x"]],
    ],
    { label: "tone" },
  );
  const bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  const verdict = { jobId: first, verifier: bo, label: "sentiment" } as const;
  await addVerdict(world, { ...verdict, recordId: formula, status: "CORRECTS", value: ["pos"] });
  await addVerdict(world, {
    ...verdict,
    recordId: quoted,
    status: "CONFIRMS",
    value: ["pos"],
    current: false,
  });
  return { world, member: world.member, quoted, formula, first, second, bo };
}

describe("an export", () => {
  it("of annotations has each annotator apart, labels in the order of the schema", async () => {
    const { member, quoted, formula, first, second } = await smallWorld();
    const { text, headers } = await exported(member, { kind: "annotations" });
    expect(headers).toEqual({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${member.projectSlug}-annotations.csv"`,
    });
    const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
    const a = `${quoted},t2,"says ""hi"", twice\nand more"`;
    const b = `${formula},t1,'=SUM(A1)`;
    expect(text.replaceAll(time, "<time>").split("\r\n")).toEqual([
      "record_id,external_id,content,annotator_id,annotator_kind,annotator_name,label,level,value,start,end,conf,conf_method,metadata,created_at",
      `${a},${first},job,"First, the",tone,record,"[""calm"",""warm""]",,,,,,<time>`,
      `${a},${first},job,"First, the",sentiment,record,pos,,,0.30000000000000004,option-probability,,<time>`,
      `${a},${second},job,Second,sentiment,record,pos,,,,,,<time>`,
      `${b},${first},job,"First, the",tone,record,"[""[x""]",,,,,,<time>`,
      `${b},${first},job,"First, the",sentiment,record,neg,,,0.30000000000000004,option-probability,,<time>`,
      `${b},${second},job,Second,sentiment,record,pos,,,,,,<time>`,
      "",
    ]);
    const lines = await jsonLines(member, { kind: "annotations", label: "tone" });
    expect(lines).toEqual([
      {
        recordId: quoted,
        externalId: "t2",
        content: 'says "hi", twice\nand more',
        annotatorId: first,
        annotatorKind: "job",
        annotatorName: "First, the",
        label: "tone",
        level: "record",
        value: ["calm", "warm"],
        start: null,
        end: null,
        conf: null,
        confMethod: null,
        metadata: {},
        createdAt: expect.stringMatching(time),
      },
      expect.objectContaining({ recordId: formula, content: "=SUM(A1)", value: ["[x"] }),
    ]);
  });

  it("of verifications has current verdicts, narrowed by status, job, verifier and query", async () => {
    const { member, formula, first, second, bo } = await smallWorld();
    const { text } = await exported(member, { kind: "verifications" });
    const [head, row, ...rest] = text.split("\r\n");
    expect(head).toBe(
      "record_id,external_id,job_id,label,job_value,value,status,verifier_id,verifier_name,created_at",
    );
    expect(row).toMatch(`${formula},t1,${first},sentiment,neg,pos,CORRECTS,${bo.userId},Bo,20`);
    expect(rest).toEqual([""]);
    const count = async (narrowed: Partial<Asked>) =>
      (await jsonLines(member, { kind: "verifications", ...narrowed })).length;
    expect(await count({ status: "CORRECTS", jobId: first, verifierId: bo.userId })).toBe(1);
    expect(await count({ status: "CONFIRMS" })).toBe(0);
    expect(await count({ jobId: second })).toBe(0);
    expect(await count({ label: "tone" })).toBe(0);
    expect(await count({ query: JSON.stringify({ externalIds: ["t2"] }) })).toBe(0);
  });

  it("of final labels has their provenance, of the snapshot asked for or each label's newest", async () => {
    const { member, quoted, formula, first, second, bo } = await smallWorld();
    expect(await errorCode(open(member, { kind: "final" }))).toBe("no_snapshot");
    const old = await createAggregation(test.db, member, { label: "sentiment", policy: "majority" });
    const snapshot = await createAggregation(test.db, member, {
      label: "sentiment",
      policy: "verified-first",
    });
    const tones = await createAggregation(test.db, member, { label: "tone", policy: "majority" });
    const { text, headers } = await exported(member, { kind: "final", label: "sentiment" });
    expect(headers["x-tandem-snapshot"]).toBe(snapshot.id);
    const [head, ...lines] = text.split("\r\n");
    expect(head).toBe(
      "record_id,external_id,content,label,value,policy,confidence,verifier,verdict,job_id,agent_id,agent_version,schema_version,snapshot_id,decided_by,verifier_name,acceptance_id,tie",
    );
    expect(lines[1]).toMatch(
      new RegExp(
        `^${formula},t1,'=SUM\\(A1\\),sentiment,pos,verified-first,1,${bo.userId},CORRECTS,${first},[0-9a-f-]{36},1,1,${snapshot.id},verdict,Bo,,$`,
      ),
    );
    expect(await jsonLines(member, { kind: "final", snapshot: old.id })).toMatchObject([
      {
        recordId: quoted,
        value: ["pos"],
        confidence: 1,
        jobId: [first, second].sort(),
        agentVersion: [1, 1],
        verifier: null,
        decidedBy: "votes",
        verifierName: null,
        tie: null,
      },
      {
        ...{ recordId: formula, value: null, confidence: null, policy: "majority", snapshotId: old.id },
        ...{ decidedBy: "tie", tie: ["neg", "pos"] },
      },
    ]);
    const estimated = await createAggregation(test.db, member, { label: "sentiment", policy: "mace" });
    expect((await jsonLines(member, { kind: "final", snapshot: estimated.id }))[0]).toMatchObject({
      ...{ recordId: quoted, value: ["pos"], policy: "mace", jobId: [first, second].sort() },
      ...{ verifier: null, decidedBy: "model" },
    });
    const items = [{ recordId: formula, value: ["neg"], base: null }];
    await reconcile(test.db, member, { label: "sentiment", items });
    const { id: last } = await createAggregation(test.db, member, {
      label: "sentiment",
      policy: "verified-first",
    });
    expect((await jsonLines(member, { kind: "final", snapshot: last }))[1]).toMatchObject({
      ...{ value: ["neg"], verdict: null, jobId: null, decidedBy: "reconciliation" },
      ...{ verifier: member.userId, verifierName: member.userName, tie: null },
    });
    const all = await exported(member, { kind: "final", format: "jsonl" });
    expect(all.headers["x-tandem-snapshot"]).toBe(`${tones.id},${last}`);
    const labels = all.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).label);
    expect(labels).toEqual(["tone", "sentiment", "tone", "sentiment"]);
    expect(await errorCode(open(member, { kind: "final", snapshot: newId() }))).toBe("no_snapshot");
    expect(await errorCode(open(member, { kind: "final", snapshot: old.id, label: "tone" }))).toBe(
      "no_snapshot",
    );
  });

  it("guards formulas unless asked not to, and starts with a BOM when asked to", async () => {
    const { member } = await smallWorld();
    expect((await exported(member, { kind: "records", formulas: "raw" })).text).toContain("t1,=SUM(A1)\r\n");
    expect((await exported(member, { kind: "records", bom: "1" })).text).toMatch(/^\uFEFFid,content\r\n/);
    const none = { kind: "records", query: JSON.stringify({ ids: [] }) } as const;
    expect((await exported(member, none)).text).toBe("id,content\r\n");
    expect((await exported(member, { ...none, format: "jsonl" })).text).toBe("");
  });

  it.each(["csv", "jsonl"] as const)(
    "of records makes the same records, and the same file, when it is imported again: %s",
    async (format) => {
      const text = fc.oneof(
        fc.string({ unit: "binary" }).filter((one) => !one.includes("\0")),
        fc.constantFrom(
          "=1+1",
          "'=x",
          "-5",
          "+5",
          "\t",
          " =1",
          "007",
          "1e5",
          "true",
          'a "b", c',
          "a\r\nb",
          "\n",
          "ü🙂",
          "'",
        ),
      );
      const value = fc.oneof(
        text,
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.boolean(),
        fc.array(text, { maxLength: 2 }),
      );
      const names = ["note", "=name", "a,b", "größe", "mixed"];
      const metadata = fc.record(
        { note: text, "=name": fc.integer(), "a,b": fc.boolean(), größe: text, mixed: value },
        { requiredKeys: [] },
      );
      const records = fc.sample(fc.tuple(text, metadata), { numRuns: 150, seed: 7 });
      const world = await createLabelledProject(test.db);
      const made = records.map(([content, fields], index) => ({
        externalId: `=${index}`,
        content: `${content}.`,
        metadata: withoutEmpty(fields),
      }));
      await addRecords(world, made);
      const file = await exported(world.member, { kind: "records", format });

      const copy = await createLabelledProject(test.db);
      const { types } = importQuery.parse({ types: file.headers["x-tandem-types"] ?? [] });
      const run = await importText(test, copy.member, file.text, {
        format,
        id: "id",
        content: "content",
        metadata: ["*"],
        ...(format === "csv" ? { types, unescapeFormulas: true } : {}),
      });
      expect(run).toMatchObject({ status: "succeeded", imported: made.length, refused: 0 });
      const rows = await test.db.record.findMany({
        where: { projectId: copy.project.id },
        orderBy: { position: "asc" },
      });
      expect(rows.map(({ externalId, content, metadata }) => ({ externalId, content, metadata }))).toEqual(
        made,
      );
      if (format === "csv")
        expect(types).toEqual({
          note: "string",
          "=name": "number",
          "a,b": "boolean",
          größe: "string",
          mixed: "json",
        });
      const again = await exported(copy.member, { kind: "records", format });
      expect(again.text).toBe(file.text);
      expect(again.headers["x-tandem-types"]).toBe(file.headers["x-tandem-types"]);
      expect(new Set(names)).toEqual(new Set(made.flatMap((record) => Object.keys(record.metadata))));
    },
  );

  it("is read piece by piece and lets go of its connection when its reader leaves", async () => {
    const world = await createLabelledProject(test.db);
    await addRecords(
      world,
      Array.from({ length: 3000 }, (_, index) => ({ externalId: `${index}` })),
    );
    const abort = new AbortController();
    const { chunks } = await open(world.member, { kind: "records" }, abort.signal);
    const first = await chunks.next();
    // A header, a first small batch, and the end of its last line.
    expect(String(first.value).split("\r\n")).toHaveLength(52);
    // It may be reading the next batch already.
    const inTransaction = `select 1 from pg_stat_activity where xact_start is not null and pid <> pg_backend_pid()
      and backend_type = 'client backend' and datname = current_database()`;
    expect((await test.pool.query(inTransaction)).rowCount).toBe(1);
    abort.abort();
    await chunks.return(undefined);
    await waitFor(
      "the transaction to end",
      async () => (await test.pool.query(inTransaction)).rowCount === 0,
    );
  });

  it("stays within its project and its team, and is told in the audit log", async () => {
    const { world, member, bo } = await smallWorld();
    const other = await createLabelledProject(test.db);
    for (const kind of ["records", "annotations", "verifications"] as const)
      expect(await jsonLines(other.member, { kind })).toEqual([]);
    expect(await errorCode(open(other.member, { kind: "final" }))).toBe("no_snapshot");
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    expect(await errorCode(open(annotator, { kind: "records" }))).toBe("forbidden");
    expect(await jsonLines(bo, { kind: "records" })).toHaveLength(2);
    expect(await errorCode(open(member, { kind: "records", query: "{" }))).toBe("invalid_query");
    expect(await errorCode(open(member, { kind: "records", query: '{"nonsense":1}' }))).toBe("invalid_query");
    const audit = await test.db.auditEvent.findMany({
      where: { projectId: world.project.id, action: "export.started" },
    });
    expect(audit).toMatchObject([{ actorId: bo.userId, target: "records", details: { format: "jsonl" } }]);
  });
});

/** Empty text is absent in a table. */
const withoutEmpty = (fields: Record<string, JsonValue | undefined>): Record<string, JsonValue> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined || value === "" ? [] : [[name, value]],
    ),
  );
