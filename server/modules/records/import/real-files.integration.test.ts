import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { realInput } from "@/server/testing/real-inputs";
import { previewImport } from "./preview-import";
import { importBytes } from "./testing/import-bytes";

const tweets = realInput("airline/tweets.csv");
const damaged = realInput("airline/tweets-with-damaged-ids.csv");
const judgements = realInput("crowd/rte.standardized.tsv");

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("real files", () => {
  it.skipIf(tweets.missing)(`tweets with one id twice (${tweets.reason} when skipped)`, async () => {
    const { administrator: member } = await createTestProject(test.db);
    const bytes = await readFile(tweets.path);
    const sample = bytes.subarray(0, 256 * 1024).toString("base64");
    const preview = await previewImport(test.db, member, {
      fileName: "tweets.csv",
      sample,
      whole: false,
      encoding: "auto",
    });
    expect(preview.columns.map(({ name, suggestion }) => [name, suggestion])).toEqual([
      ["id", "id"],
      ["content", "content"],
      ["pseudo_label", "metadata"],
    ]);
    const run = await importBytes(test, member, { bytes }, { id: "id", metadata: ["pseudo_label"] });
    expect(run).toMatchObject({ read: 2243, imported: 2242, skipped: 1, refused: 0 });
    const longId = await test.db.record.findFirst({
      where: { projectId: member.projectId },
      orderBy: { position: "asc" },
    });
    expect(longId).toMatchObject({
      externalId: "567872182136619008",
      content: "@united how else would I know it was denied?",
      metadata: { pseudo_label: "neg" },
    });
  });

  it.skipIf(damaged.missing)(`ids as spreadsheets damage them (${damaged.reason} when skipped)`, async () => {
    const { administrator: member } = await createTestProject(test.db);
    const bytes = await readFile(damaged.path);
    const preview = await previewImport(test.db, member, {
      ...{ fileName: "tweets-with-damaged-ids.csv", sample: bytes.toString("base64") },
      ...{ whole: true, encoding: "auto" },
    });
    expect(preview.columns.find(({ suggestion }) => suggestion === "id")?.name).toBe("id");
    expect(preview.warnings).toMatchObject([
      { code: "damaged_ids", column: "id", message: expect.stringContaining("e+17") },
      { code: "duplicate_ids", column: "id" },
    ]);
    const run = await importBytes(test, member, { bytes }, { id: "id", metadata: ["*"], onExisting: "fail" });
    expect(run).toMatchObject({ read: 2243, imported: 2242, refused: 1 });
    expect(run.errors).toMatchObject([{ code: "duplicate_id" }]);
    const names = await test.db.metadataName.findMany({
      where: { projectId: member.projectId },
      orderBy: { position: "asc" },
    });
    expect(names.map(({ name, type }) => [name, type])).toEqual([
      ["column 1", "number"],
      ["pseudo_label", "string"],
      ["bert-embedding", expect.stringMatching(/number|string/)],
    ]);
  });

  it.skipIf(judgements.missing)(`tabs instead of commas (${judgements.reason} when skipped)`, async () => {
    const { administrator: member } = await createTestProject(test.db);
    const bytes = await readFile(judgements.path);
    const run = await importBytes(
      test,
      member,
      { bytes },
      { format: "tsv", content: "orig_id", metadata: ["!amt_worker_ids", "response", "gold"] },
    );
    expect(run).toMatchObject({ read: 8000, imported: 8000 });
  });
});
