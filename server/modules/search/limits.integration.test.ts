import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import { inTransaction, sqlRows, sqlRun } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { rawSql } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { parseQuery, searchRecords, selectRecordIds } from ".";
import { countQuickly } from "./count-records";
import { withinTime } from "./time-limit";

let test: TestDatabase;
let actor: ProjectActor;
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
  actor = (await createTestProject(test.db)).administrator;
  await test.db.record.createMany({
    data: ["a".repeat(100_000), `${"ab".repeat(49_999)}!c`, "x".repeat(20)].map((content, position) => ({
      id: newId(),
      projectId: actor.projectId,
      externalId: `e${position}`,
      content,
      position,
    })),
  });
});
afterAll(() => test.drop());

const search = (query: Record<string, JsonValue>, total: "fast" | "exact" = "fast") =>
  searchRecords(test.db, actor, { query, limit: 10, total });
const outcome = (work: Promise<{ items: unknown[] }>) =>
  work.then(
    ({ items }) => items.length,
    (error: unknown) => (isAppError(error) ? { code: error.code, path: error.errors?.[0]?.path } : error),
  );

/** Nobody reads a record while `work` runs. */
async function whileLocked(work: () => Promise<void>): Promise<void> {
  const client = await test.pool.connect();
  try {
    await client.query(`begin; lock table "Record" in access exclusive mode`);
    await work();
  } finally {
    await client.query("rollback");
    client.release();
  }
}

describe("a search that takes too long", () => {
  it("is refused, page and exact count alike", async () => {
    await whileLocked(async () => {
      const slow = { code: "query_too_slow", path: undefined };
      const answers = await Promise.all([
        outcome(search({ keyword: "a" })),
        outcome(search({ keyword: "a" }, "exact")),
      ]);
      expect(answers).toEqual([slow, slow]);
    });
    expect(await outcome(search({ keyword: "a" }, "exact"))).toBe(2);
  });

  it("is counted as far as its time goes", async () => {
    await whileLocked(async () => {
      expect(await countQuickly(test.db, rawSql("true"))).toEqual({ total: 0, totalExact: false });
    });
    expect(await countQuickly(test.db, rawSql("true"))).toEqual({ total: 3, totalExact: true });
  });

  it("leaves a transaction of the caller's as it was", async () => {
    await inTransaction(test.db, async (tx) => {
      await sqlRun(tx, "set local statement_timeout = 12345");
      expect(await withinTime(tx, 20, (inside) => sqlRows(inside, "select pg_sleep(10)::text"))).toBeNull();
      expect(await withinTime(tx, 60_000, (inside) => sqlRows(inside, "select 1 as one"))).toEqual({
        result: [{ one: 1 }],
      });
      expect(await sqlRows(tx, "show statement_timeout")).toEqual([{ statement_timeout: "12345ms" }]);
    });
  });
});

describe("an expression made to be slow", () => {
  it.each([
    ["(a+)+$", 1],
    ["(a|aa)+!", 0],
    ["(a*)*b!c$", 1],
    ["(.*)(.*)(.*)(.*)(.*)[^a!c]{3}$", 1],
    ["^(?:a?){60}a{60}$", 0],
    ["(x+x+)+y", 0],
    ["(?:a{0,30}){0,30}!", 1],
  ])("%s is answered", async (regex, count) => {
    expect(await outcome(search({ regex }))).toBe(count);
  });

  it.each([
    "(?:(?:[ab]|\\b|c[^d]|e?){1,30}[fg]{0,30}){1,30}z",
    "((\\w\\W|\\pL\\d|ab|){1,30}|(\\d|\\D){2,30}){10,30}$",
  ])("%s is refused or answered, but does not stay", async (regex) => {
    const answer = await outcome(search({ not: { regex } }));
    if (typeof answer === "number") expect(answer).toBeLessThanOrEqual(3);
    else
      expect(answer).toMatchObject({ code: expect.stringMatching(/^(unsupported_regex|query_too_slow)$/) });
  });

  it("is refused before a list of records is made with it", async () => {
    const regex = `(?:${"(?:a|b|\\b|)".repeat(20)}){1,45}`;
    const refused = { code: "unsupported_regex", path: "query.and.1.regex" };
    const query: Record<string, JsonValue> = { and: [{ keyword: "a" }, { regex }] };
    expect(await outcome(search(query))).toEqual(refused);
    expect(
      await outcome(selectRecordIds(test.db, actor, parseQuery(query)).then(() => ({ items: [] }))),
    ).toEqual(refused);
  });
});
