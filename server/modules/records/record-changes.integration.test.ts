import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { patchRecordInput } from "@/contracts/record-changes";
import type { ProjectActor } from "@/server/modules/access";
import { ensureAnnotator, writeAnnotations, writeJobLabels } from "@/server/modules/annotations";
import { getRecord } from "@/server/modules/search";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addRecords,
  addVerdict,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { deleteRecord, eraseRecord, listExcludedRecords, patchRecord, restoreRecord } from ".";

let test: TestDatabase;
let made: LabelledProject;
let actor: ProjectActor;
let ids: string[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  made = await createLabelledProject(test.db);
  actor = made.member;
  const records = await addRecords(
    made,
    ["a", "b", "c"].map((externalId) => ({ externalId, metadata: { kept: 1, gone: "x" } })),
  );
  ids = [...records.values()];
});

const first = () => ids[0] ?? "";
const refusal = (doing: Promise<unknown>) =>
  doing.then(
    () => [],
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : [String(error)]),
  );
const stranger = async () => (await createLabelledProject(test.db)).member;

describe("patchRecord", () => {
  it("merges metadata, where null takes a name away, and makes new names known", async () => {
    const patched = await patchRecord(test.db, actor, {
      id: first(),
      metadata: { gone: null, price: 2.5, tags: ["a"], never: null },
    });
    expect(patched.metadata).toEqual({ kept: 1, price: 2.5, tags: ["a"] });
    expect(
      await test.db.metadataName.findMany({
        where: { projectId: actor.projectId },
        select: { name: true, type: true },
        orderBy: { position: "asc" },
      }),
    ).toEqual([
      { name: "price", type: "number" },
      { name: "tags", type: "json" },
    ]);
  });

  it("replaces the text and drops its vectors, until there is a label", async () => {
    const { projectId } = actor;
    await test.db.vectorSpace.create({ data: { projectId, name: "v", dimensions: 1, source: "given" } });
    await addVector(projectId, first());
    expect(await patchRecord(test.db, actor, { id: first(), content: "Another text" })).toMatchObject({
      content: "Another text",
      metadata: { kept: 1 },
    });
    expect(await test.db.recordVector.count({ where: { projectId } })).toBe(0);
    await writeAnnotations(test.db, actor, {
      items: [{ recordId: first(), labels: [{ name: "sentiment", value: ["pos"] }] }],
    });
    const patch = { id: first(), content: "A third text", metadata: { kept: 2 } };
    expect(await refusal(patchRecord(test.db, actor, patch))).toEqual(["has_labels", "content"]);
    expect(await getRecord(test.db, actor, { id: first() })).toMatchObject({
      content: "Another text",
      metadata: { kept: 1 },
    });
    // The same text is no change.
    await patchRecord(test.db, actor, { ...patch, content: "Another text" });
    expect((await getRecord(test.db, actor, { id: first() })).metadata).toMatchObject({ kept: 2 });
  });

  it("refuses what is too long, empty, deleted or of another project", async () => {
    const patch = (input: { metadata?: Record<string, string>; content?: string }) =>
      refusal(patchRecord(test.db, actor, { id: first(), ...input }));
    expect(await patch({ metadata: { a: "x".repeat(10_001) } })).toEqual(["too_long", "metadata.a"]);
    expect(await patch({ content: "🙂".repeat(100_001) })).toEqual(["too_long", "content"]);
    expect(await patch({ content: "🙂".repeat(100_000) })).toEqual([]);
    const names = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`n${n}`, 1]));
    for (const wrong of [{}, { content: "" }, { metadata: { "": 1 } }, { metadata: names }])
      expect(patchRecordInput.safeParse({ project: "p", id: first(), ...wrong }).success).toBe(false);
    const input = { id: first(), metadata: { a: 1 } };
    expect(await refusal(patchRecord(test.db, await stranger(), input))).toEqual(["not_found", undefined]);
    await deleteRecord(test.db, actor, { id: first() });
    expect(await refusal(patchRecord(test.db, actor, input))).toEqual(["not_found", undefined]);
  });
});

describe("excluded records", () => {
  it("are listed newest first, page by page, with who excluded them", async () => {
    for (const id of ids) await deleteRecord(test.db, actor, { id });
    const pages = [];
    let cursor: string | undefined;
    do {
      const page = await listExcludedRecords(test.db, actor, { limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page).toMatchObject({ total: 3, totalExact: true });
      pages.push(page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(pages.map((page) => page.length)).toEqual([2, 1]);
    const listed = pages.flat();
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(ids));
    expect(listed.map(({ excludedAt }) => excludedAt)).toEqual(
      listed
        .map(({ excludedAt }) => excludedAt)
        .sort()
        .reverse(),
    );
    expect(listed.find(({ externalId }) => externalId === "c")).toMatchObject({
      excerpt: "Text of c",
      excludedBy: { id: actor.userId },
      erased: false,
    });
    expect(await refusal(listExcludedRecords(test.db, actor, { limit: 2, cursor: "made up" }))).toEqual([
      "invalid_cursor",
      undefined,
    ]);
    expect((await listExcludedRecords(test.db, await stranger(), { limit: 2 })).total).toBe(0);
  });

  it("come back with their labels, once, and never into another project", async () => {
    await writeAnnotations(test.db, actor, {
      items: [{ recordId: first(), labels: [{ name: "sentiment", value: ["pos"] }] }],
    });
    const before = await getRecord(test.db, actor, { id: first() });
    await deleteRecord(test.db, actor, { id: first() });
    expect(await refusal(restoreRecord(test.db, await stranger(), { id: first() }))).toEqual([
      "not_found",
      undefined,
    ]);
    expect(await restoreRecord(test.db, actor, { id: first() })).toEqual(before);
    expect(await restoreRecord(test.db, actor, { id: first() })).toEqual(before);
    const actions = await test.db.auditEvent.findMany({
      where: { projectId: actor.projectId, target: first() },
      select: { action: true },
      orderBy: { id: "asc" },
    });
    expect(actions.map(({ action }) => action)).toEqual(["record.deleted", "record.restored"]);
  });
});

describe("eraseRecord", () => {
  it("blanks the words and keeps values, counts and costs", async () => {
    const { projectId } = actor;
    const jobId = await fillWithWords(first());
    const other = ids[1] ?? "";
    await test.db.jobItem.create({
      data: { projectId, jobId, recordId: other, ordinal: 1, status: "parsed", rawAnswer: "kept" },
    });
    const answer = { callerId: actor.userId, route: `POST /projects/p/records/${first()}/restore`, key: "k" };
    const body = { id: first(), content: "words", metadata: {} };
    await test.db.idempotencyKey.create({ data: { ...answer, bodyHash: "", status: 200, body } });
    await eraseRecord(test.db, actor, { id: first(), confirm: "a" });

    expect(await test.db.idempotencyKey.count({ where: answer })).toBe(0);
    for (const table of await wordyColumns()) expect(await wordsLeft(table, first())).toEqual([]);
    expect(await test.db.answerCache.count({ where: { projectId } })).toBe(0);
    expect(await test.db.record.findUniqueOrThrow({ where: { id: first() } })).toMatchObject({
      externalId: "a",
      content: "",
      metadata: {},
      deletedById: actor.userId,
    });
    expect(await test.db.jobItem.findMany({ where: { jobId }, orderBy: { ordinal: "asc" } })).toMatchObject([
      { status: "parsed", promptHash: "erased", promptTokens: 12, costMicroUsd: 340n, rawAnswer: null },
      { rawAnswer: "kept" },
    ]);
    expect(await test.db.annotation.findMany({ where: { recordId: first() } })).toMatchObject([
      { value: ["pos"], conf: 0.9 },
    ]);
    expect(await test.db.verification.findMany({ where: { recordId: first() } })).toMatchObject([
      { value: ["neg"], status: "CORRECTS", current: true },
    ]);
    expect((await listExcludedRecords(test.db, actor, { limit: 5 })).items).toMatchObject([
      { id: first(), excerpt: "", erased: true },
    ]);
    expect(await refusal(restoreRecord(test.db, actor, { id: first() }))).toEqual(["erased", undefined]);
    expect(await refusal(getRecord(test.db, actor, { id: first() }))).toEqual(["not_found", undefined]);
  });

  it("wants the record's id typed, and waits for answers that are under way", async () => {
    const erase = (confirm: string, by = actor) =>
      refusal(eraseRecord(test.db, by, { id: first(), confirm }));
    expect(await erase("A")).toEqual(["invalid", "confirm"]);
    expect(await erase("a", await stranger())).toEqual(["not_found", undefined]);
    const jobId = await addJob(made);
    const item = { projectId: actor.projectId, jobId, recordId: first(), ordinal: 0 };
    await test.db.jobItem.create({ data: { ...item, status: "running" } });
    expect(await erase("a")).toEqual(["record_busy", undefined]);
    await test.db.jobItem.updateMany({ where: { jobId }, data: { status: "callFailed" } });
    expect(await erase("a")).toEqual([]);
    expect(await erase("a")).toEqual([]);
  });

  it("knows every column of the database that could hold words about a record", async () => {
    const columns = (await wordyColumns()).flatMap(({ table, names }) =>
      names.map((name) => `${table}.${name}`),
    );
    expect(columns.sort()).toEqual([...blanked, ...kept].sort());
  });
});

/** Columns that erasing empties, or whose rows it deletes. */
const blanked = [
  "Record.content",
  "Record.metadata",
  "JobItem.rawAnswer",
  "JobItem.answerTokens",
  "JobItem.errorMessage",
  "JobItem.promptHash",
  "JobSample.rawAnswer",
  "JobSample.requestHash",
  "JobAttempt.requestHash",
  "Annotation.confReason",
  "Annotation.metadata",
  "AnnotationEvent.metadata",
  "AnnotationResponse.reason",
  "Verification.reason",
  "Reconciliation.note",
  "Comment.body",
  "RecordFlag.note",
  "RecordFlag.resolution",
  "RecordVector.values",
  "RecordVector.signature",
  "RecordVector.name",
];
/** Columns that hold names, options of the schema, codes and figures. */
const kept = [
  "Record.externalId",
  "JobItem.reason",
  "JobItem.errorKind",
  "JobItem.finishReason",
  "JobItem.servedModel",
  "JobSample.finishReason",
  "JobSample.servedModel",
  "JobExample.labels",
  "JobAttempt.outcome",
  "JobAttempt.errorKind",
  "Annotation.labelName",
  "Annotation.level",
  "Annotation.value",
  "Annotation.confMethod",
  "Annotation.probabilities",
  "AnnotationEvent.labelName",
  "AnnotationEvent.value",
  "AnnotationResponse.labelName",
  "Verification.labelName",
  "Comment.labelName",
  "RecordFlag.labelName",
  "Verification.value",
  "AnnotationEvent.origin",
  "Reconciliation.labelName",
  "Reconciliation.value",
  "Reconciliation.votesVersion",
  "FinalLabel.value",
  "FinalLabel.tie",
  "FinalLabel.provenance",
  "FinalLabel.spans",
];

/** Columns that can hold words, of the tables whose rows are about one record. */
async function wordyColumns(): Promise<{ table: string; names: string[] }[]> {
  const { rows } = await test.pool.query(
    `select c.table_name as "table", array_agg(c.column_name::text) as "names" from information_schema.columns c
     where c.table_schema = 'public'
       and (c.data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'bit')
         or (c.data_type = 'ARRAY' and c.udt_name <> '_uuid'))
       and (c.table_name = 'Record' or exists (select from information_schema.columns r
         where r.table_schema = 'public' and r.table_name = c.table_name and r.column_name = 'recordId'))
     group by 1 order by 1`,
  );
  return rows;
}

/** What the columns of {@link blanked} of one table still hold about a record. */
async function wordsLeft(
  { table, names }: { table: string; names: string[] },
  recordId: string,
): Promise<unknown[]> {
  const erased = names.filter((name) => blanked.includes(`${table}.${name}`) && name !== "promptHash");
  if (erased.length === 0) return [];
  const holds = erased.map((name) => `coalesce(nullif("${name}"::text, '{}'), '') <> ''`).join(" or ");
  const key = table === "Record" ? "id" : "recordId";
  const { rows } = await test.pool.query(
    `select * from "${table}" where "${key}" = $1::uuid and (${holds})`,
    [recordId],
  );
  return rows;
}

/** Writes words about a record everywhere they are kept; the id of the job that did. */
async function fillWithWords(recordId: string): Promise<string> {
  const { projectId } = actor;
  const jobId = await addJob(made);
  await ensureAnnotator(test.db, { projectId, id: jobId, kind: "job", name: "Agent" });
  await writeJobLabels(test.db, {
    projectId,
    jobId,
    schemaVersion: 1,
    rows: [
      {
        recordId,
        label: "sentiment",
        level: "record",
        value: ["pos"],
        conf: 0.9,
        confMethod: "verbalised",
        confReason: "It says so.",
        probabilities: null,
        metadata: { quote: "words" },
      },
    ],
  });
  await test.db.jobItem.create({
    data: {
      projectId,
      jobId,
      recordId,
      ordinal: 0,
      status: "parsed",
      promptHash: "hash",
      promptTokens: 12,
      costMicroUsd: 340n,
      rawAnswer: "words",
      answerTokens: Buffer.from("words"),
      errorMessage: "words",
    },
  });
  await test.db.jobSample.create({
    data: { projectId, jobId, recordId, sample: 0, requestHash: "first", rawAnswer: "words" },
  });
  await test.db.jobAttempt.create({
    data: { id: newId(), projectId, jobId, recordId, number: 1, leaseToken: newId(), requestHash: "hash" },
  });
  for (const requestHash of ["hash", "first"])
    await test.db.answerCache.create({ data: { projectId, requestHash, rawAnswer: "words" } });
  const verdict = await addVerdict(made, {
    jobId,
    recordId,
    verifier: actor,
    status: "CORRECTS",
    value: ["neg"],
  });
  await test.db.verification.update({ where: { id: verdict }, data: { reason: "words" } });
  await test.db.vectorSpace.create({ data: { projectId, name: "v", dimensions: 1, source: "given" } });
  await addVector(projectId, recordId);
  const said = { projectId, recordId, authorId: actor.userId };
  await test.db.comment.create({ data: { id: newId(), ...said, body: "words" } });
  await test.db.recordFlag.create({
    data: { id: newId(), ...said, kind: "other", note: "words", resolution: "words" },
  });
  return jobId;
}

async function addVector(projectId: string, recordId: string): Promise<void> {
  await test.pool.query(
    `insert into "RecordVector" ("projectId", "name", "recordId", "values", "norm", "signature")
     values ($1::uuid, 'v', $2::uuid, '{1}', 1, 0::bit(256))`,
    [projectId, recordId],
  );
}
