import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { problem } from "@/contracts/common";
import { createAccessToken, type ProjectActor } from "@/server/modules/access";
import { putSchema } from "@/server/modules/projects";
import { getImport } from "@/server/modules/records";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { realInput } from "@/server/testing/real-inputs";
import { runImportTask } from "@/server/worker/run-import";
import { importRecords } from "./import-records";

let test: TestDatabase;
let dataDir: string;
let project: { id: string; slug: string };
let member: ProjectActor;
let token: string;

beforeAll(async () => {
  test = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tandem-labels-"));
  const secrets = { authSecret: newId(), encryptionKey: newId() };
  completeEnv({
    databaseUrl: test.url,
    dataDir,
    ...secrets,
    rateLimit: 0,
    logLevel: "silent",
    maxImportBytes: 2 ** 24,
  });
});
afterAll(async () => {
  await closeDb();
  await test.drop();
  await rm(dataDir, { recursive: true });
});

const optionsOf = (...values: string[]) => values.map((value) => ({ value, text: value }));
beforeEach(async () => {
  ({ project, administrator: member } = await createTestProject(test.db));
  const actor = { userId: member.userId, name: member.userName, instanceRole: "member" as const };
  token = (await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] }))
    .token;
  await putSchema(test.db, member, {
    labelSchema: [
      { name: "sentiment", level: "record", options: optionsOf("Positive", "positive") },
      {
        name: "entity",
        level: "span",
        options: optionsOf(
          "LOC",
          "Date",
          "person",
          "location",
          "corporation",
          "product",
          "group",
          "creative-work",
        ),
      },
    ],
  });
});

function send(body: BodyInit, search: string, type = "application/x-www-form-urlencoded") {
  const headers = { authorization: `Bearer ${token}`, "content-type": type };
  const url = `http://host/api/v1/projects/${project.slug}/imports?${search}`;
  return importRecords(new Request(url, { method: "POST", headers, body }), project.slug);
}

/** Sends a file and lets the worker import it. */
async function imported(body: BodyInit, search: string) {
  const answer = await send(body, search);
  expect(answer.status).toBe(202);
  const { id } = await answer.json();
  const signal = new AbortController().signal;
  await runImportTask({ importId: id }, { db: test.db, pool: test.pool, signal, attempt: 1 } as never);
  const {
    read,
    imported: made,
    updated,
    skipped,
    refused,
    errors,
    labelReport,
  } = await getImport(test.db, member, { id });
  expect(made + updated + skipped + refused).toBe(read);
  return {
    made,
    updated,
    skipped,
    refused,
    errors: errors.map(({ line, code }) => `${line} ${code}`),
    labelReport,
  };
}

const files = {
  labelStudio: realInput("peer-formats/label-studio-export.json"),
  legacy: realInput("peer-formats/label-studio-legacy-ner.json"),
  doccano: realInput("peer-formats/doccano-intent-and-slots.jsonl"),
  evals: realInput("peer-formats/openai-evals-match.jsonl"),
  wnut: realInput("ner/wnut17train.conll"),
};

describe("POST /imports with another tool's format, of real files", () => {
  it.skipIf(files.labelStudio.missing)(
    `Label Studio (${files.labelStudio.reason} when skipped)`,
    async () => {
      const run = await imported(await readFile(files.labelStudio.path), "format=labelstudio");
      expect(run).toMatchObject({ made: 1, refused: 0 });
      expect(run.labelReport?.annotators).toMatchObject([{ name: "sergei@heartex.test", labels: 1 }]);
    },
  );

  it.skipIf(files.legacy.missing)(
    `one old task by itself (${files.legacy.reason} when skipped)`,
    async () => {
      const run = await imported(
        await readFile(files.legacy.path),
        "format=labelstudio&names=ner:entity&annotator=Old",
      );
      expect(run).toMatchObject({ made: 1, refused: 0 });
      expect(await test.db.annotation.findFirst({ where: { projectId: project.id } })).toMatchObject({
        labelName: "entity",
        value: ["Date"],
        start: 343,
        end: 354,
      });
    },
  );

  it.skipIf(files.doccano.missing)(`doccano (${files.doccano.reason} when skipped)`, async () => {
    const file = await readFile(files.doccano.path);
    const run = await imported(file, "format=doccano&annotator=Anna");
    expect(run).toMatchObject({ made: 4, refused: 1, errors: ["5 bad_item"] });
    expect(run.labelReport?.annotators).toMatchObject([{ name: "Anna", labels: 4 }]);
    expect(await imported(file, "format=doccano&annotator=Anna")).toMatchObject({
      made: 0,
      updated: 0,
      skipped: 4,
    });
  });

  it.skipIf(files.evals.missing)(`OpenAI Evals as gold (${files.evals.reason} when skipped)`, async () => {
    const file = await readFile(files.evals.path);
    const run = await imported(file, "format=openai-evals&as=gold&gold=ideal");
    expect(run).toMatchObject({ made: 3, refused: 0 });
    expect(run.labelReport?.gold).toEqual([{ name: "ideal", records: 3 }]);
    const records = await test.db.record.findMany({
      where: { projectId: project.id },
      orderBy: { position: "asc" },
    });
    expect(records.map(({ metadata }) => (metadata as { ideal: string }).ideal)).toEqual([
      "time",
      "George Washington",
      "15",
    ]);
    const asLabels = await imported(file, "format=openai-evals");
    expect(asLabels).toMatchObject({
      refused: 3,
      errors: ["1 unknown_value", "2 unknown_value", "3 unknown_value"],
    });
  });

  it.skipIf(files.wnut.missing)(`all of WNUT 17 (${files.wnut.reason} when skipped)`, async () => {
    const file = await readFile(files.wnut.path);
    const run = await imported(file, "format=conll");
    // The corpus has some texts twice, and not always with the same names in them.
    expect(new Set(run.errors.map((error) => error.split(" ")[1]))).toEqual(new Set(["conflicting_labels"]));
    expect(run.refused).toBeLessThan(10);
    expect(run.labelReport).toMatchObject({ annotators: [{ name: "CoNLL" }] });
    expect(run.made).toBeGreaterThan(3000);
    expect(await imported(file, "format=conll")).toMatchObject({
      made: 0,
      updated: 0,
      labelReport: { changed: 0 },
    });
  });
});

describe("POST /imports with labels", () => {
  it("is refused when it doesn't say whose, naming those there are", async () => {
    const answer = await send("{}", "kind=labels", "application/json");
    expect(answer.status).toBe(422);
    const told = problem.parse(await answer.json());
    expect(told.errors).toEqual([{ path: "format", message: expect.stringMatching(/labelstudio, doccano/) }]);
  });

  it.each([
    ["as=truth", "as"],
    ["match=text", "match"],
    ["unknown=keep", "unknown"],
    ["names=sentiment", "names"],
    ["annotator=", "annotator"],
  ])("is refused with %s, naming the field", async (wrong, field) => {
    const answer = await send("{}", `format=doccano&${wrong}`);
    expect(answer.status).toBe(422);
    expect(problem.parse(await answer.json()).errors?.[0]?.path).toBe(field);
  });

  it("fails with the reason when there is no label schema", async () => {
    const other = await createTestProject(test.db);
    ({ project, administrator: member } = other);
    const actor = { userId: member.userId, name: member.userName, instanceRole: "member" as const };
    token = (await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] }))
      .token;
    const { id } = await (await send('{"text":"x","label":["y"]}\n', "format=doccano")).json();
    const signal = new AbortController().signal;
    await runImportTask({ importId: id }, { db: test.db, pool: test.pool, signal, attempt: 1 } as never);
    expect(await getImport(test.db, member, { id })).toMatchObject({
      status: "failed",
      error: { code: "no_schema" },
    });
  });

  it("takes the mapping as repeated or listed pairs", async () => {
    const line = (label: string) => `${JSON.stringify({ text: `t ${label}`, label: [label] })}\n`;
    const run = await imported(
      line("+") + line("pos, itive"),
      'format=doccano&values=%2B:Positive&values={"pos, itive":"positive"}',
    );
    expect(run).toMatchObject({ made: 2, refused: 0 });
  });
});
