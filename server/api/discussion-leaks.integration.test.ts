import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAccessToken } from "@/server/modules/access";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { log } from "@/server/platform/log";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { findLeaks } from "@/server/testing/find-leaks";
import { addRecords, createLabelledProject } from "@/server/testing/labelled-project";
import { handleRestRequest } from "./rest/handle-request";

const COMMENT = "canary words of a comment 4c1d77 that no log may hold";
const NOTE = "canary words of a flag 9a02be that no log may hold";
const BROKEN = "breaks";

let test: TestDatabase;
let at: string;
let token: string;
let recordId: string;
const lines: string[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({ databaseUrl: test.url, authSecret: newId(), rateLimit: 0, logLevel: "trace" });
  const world = await createLabelledProject(test.db);
  [recordId = ""] = (await addRecords(world, [{ externalId: "a" }])).values();
  at = `/projects/${world.project.slug}`;
  const { userId } = world.member;
  const actor = { userId, name: "Ada", instanceRole: "member" as const };
  const made = await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] });
  token = made.token ?? "";
  // PostgreSQL's own words about a row that breaks a rule quote the row.
  for (const [table, column] of [
    ["Comment", "body"],
    ["RecordFlag", "note"],
  ])
    await test.pool.query(
      `alter table "${table}" add constraint "${table}_never" check ("${column}" not like '%${BROKEN}%')`,
    );
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  // The log of this process as it is, with another place to go to.
  Object.assign(log(), { [pino.symbols.streamSym]: sink });
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

async function post(path: string, body: unknown): Promise<{ status: number; text: string }> {
  const target = `${at}${path}`;
  const response = await handleRestRequest(
    new Request(`http://localhost/api/v1${target}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
    target.slice(1).split("/"),
  );
  return { status: response.status, text: await response.text() };
}

it("tells words of comments and flags to nobody but their readers, also when writing them fails", async () => {
  const canaries = { comment: COMMENT, note: NOTE };
  const kept = [
    await post("/comments", { recordId, body: COMMENT }),
    await post("/flags", { recordId, kind: "other", note: NOTE }),
  ];
  expect(kept.map(({ status }) => status)).toEqual([201, 201]);
  const refused = [
    await post("/comments", { recordId, body: `${COMMENT} @{${newId()}}` }),
    await post("/comments", { recordId: newId(), body: COMMENT }),
    await post("/comments", { recordId, body: { words: COMMENT } }),
    await post("/comments", { recordId, body: `${COMMENT} ${BROKEN}` }),
    await post("/flags", { recordId, kind: "other", note: `${NOTE} ${BROKEN}` }),
    await post("/flags", { recordId, kind: NOTE }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([422, 404, 422, 500, 500, 422]);
  const { rows } = await test.pool.query(
    `select (select json_agg(a) from "AuditEvent" a)::text as audit, (select json_agg(t) from "Task" t)::text as tasks`,
  );
  const outputs = {
    answers: refused.map(({ text }) => text).join("\n"),
    logs: lines.join(""),
    rows: JSON.stringify(rows),
  };
  expect(findLeaks(canaries, outputs)).toEqual([]);
  // The failed writes were logged, and the search finds what is there.
  expect(outputs.logs).toContain("unexpected error");
  expect(findLeaks(canaries, { first: kept.map(({ text }) => text).join("") })).toHaveLength(2);
});
