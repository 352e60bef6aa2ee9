import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAppError } from "@/server/platform/errors";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { realInput } from "@/server/testing/real-inputs";
import { damagedFiles } from "./testing/damaged-files";
import { damagedTables } from "./testing/damaged-tables";
import { importBytes } from "./testing/import-bytes";

const MEGABYTE = 1024 * 1024;
const files = [...damagedTables, ...damagedFiles];

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** So small that a piece may end in the middle of anything, and not so many that they take long. */
const pieceOf = ({ length }: Uint8Array) => (length > MEGABYTE ? MEGABYTE : length > MEGABYTE / 20 ? 997 : 7);

const bytesOf = (bytes: Uint8Array | string) => (typeof bytes === "string" ? Buffer.from(bytes) : bytes);

describe("damaged files", () => {
  it("are of many kinds", () => {
    expect(new Set(files.map(({ what }) => what)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(files)("$what", async ({ what: _, bytes, options = {}, fails, texts, ...expected }) => {
    const { administrator: member } = await createTestProject(test.db);
    const asked = { id: "id", ...options };
    const given = bytesOf(bytes);
    const file = { bytes: given, pieces: pieceOf(given) };
    const records = () =>
      test.db.record.findMany({ where: { projectId: member.projectId }, orderBy: { position: "asc" } });
    if (fails !== undefined) {
      const run = await importBytes(test, member, file, asked).catch((error: unknown) => {
        if (!isAppError(error)) throw error;
        return { status: "failed", error: { code: error.code } };
      });
      expect([run.status, run.error?.code]).toEqual(["failed", fails]);
      expect(await records()).toEqual([]);
      return;
    }
    const run = await importBytes(test, member, file, asked);
    const { refused = [], encoding = run.encoding, ...counts } = expected;
    expect(run.errors.map(({ line, code }) => `${line} ${code}`)).toEqual(refused);
    expect(run).toMatchObject({
      ...{ status: "succeeded", encoding, imported: 0, updated: 0, skipped: 0 },
      ...counts,
      refused: refused.length,
    });
    expect(run.read).toBe(run.imported + run.updated + run.skipped + run.refused);
    const found = await records();
    expect(found).toHaveLength(run.imported);
    if (texts) expect(found.map(({ content }) => content)).toEqual(texts);
  });
});

const tweets = realInput("airline/tweets.csv");

describe("a real file that is cut anywhere", () => {
  it.skipIf(tweets.missing)(`accounts for every row (${tweets.reason} when skipped)`, async () => {
    const whole = await readFile(tweets.path);
    for (const share of [0.1, 0.37, 0.5, 0.83]) {
      const { administrator: member } = await createTestProject(test.db);
      const bytes = whole.subarray(0, Math.round(whole.length * share));
      const run = await importBytes(test, member, { bytes }, { id: "id" });
      expect(run.read).toBe(run.imported + run.updated + run.skipped + run.refused);
      expect(run.refused).toBeLessThanOrEqual(1);
      expect(await test.db.record.count({ where: { projectId: member.projectId } })).toBe(run.imported);
    }
  });
});
