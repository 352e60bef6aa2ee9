import { afterAll, beforeAll, expect, it } from "vitest";
import { roleAllows } from "@/contracts/roles";
import type { ProjectActor } from "@/server/modules/access";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor } from "@/server/testing/people";
import { deleteLlmKey, findSavedKey, listLlmKeys, saveLlmKey } from ".";

const KEY = "sk-canary-0123456789-last";
let test: TestDatabase;
let actor: ProjectActor;
let other: ProjectActor;

async function createProject(): Promise<ProjectActor> {
  const { userId, name } = await createActor(test.db);
  const id = newId();
  await test.db.project.create({ data: { id, slug: `p-${id}`, name: "Keys", createdById: userId } });
  expect(roleAllows("administrator", "project:manage")).toBe(true);
  return {
    projectId: id,
    projectSlug: `p-${id}`,
    userId,
    userName: name,
    role: "administrator",
    tokenScopes: [],
  };
}

beforeAll(async () => {
  completeEnv({ encryptionKey: "k".repeat(43) });
  test = await createTestDatabase();
  actor = await createProject();
  other = await createProject();
});
afterAll(() => test.drop());

it("keeps a key sealed, shows its last characters alone, and finds it for its provider and address", async () => {
  const saved = await saveLlmKey(test.db, actor, { provider: "openai", apiKey: KEY });
  expect(saved).toMatchObject({
    provider: "openai",
    baseUrl: null,
    lastFour: "last",
    createdBy: { id: actor.userId },
  });
  const elsewhere = "https://llm.example.com/v1";
  await saveLlmKey(test.db, actor, { provider: "openai", baseUrl: `${elsewhere}/`, apiKey: `${KEY}-2` });

  const find = (provider: string, baseUrl: string | null, of = actor) =>
    findSavedKey(test.db, of.projectId, { provider, baseUrl });
  expect(await find("openai:chat", null)).toBe(KEY);
  expect(await find("openai:responses", null)).toBe(KEY);
  expect(await find("openai:chat", elsewhere)).toBe(`${KEY}-2`);
  expect(await find("openai:chat", "https://evil.example.com/v1")).toBeNull();
  expect(await find("anthropic", null)).toBeNull();
  expect(await find("openai:chat", null, other)).toBeNull();

  const { items } = await listLlmKeys(test.db, actor);
  expect(items.map(({ baseUrl, lastFour }) => [baseUrl, lastFour])).toEqual([
    [null, "last"],
    [elsewhere, "st-2"],
  ]);
  expect(JSON.stringify(items)).not.toContain("canary");
  expect((await listLlmKeys(test.db, other)).items).toEqual([]);
  const { rows } = await test.pool.query(`select to_jsonb(k)::text as "row" from "LlmKey" k`);
  const { rows: audit } = await test.pool.query(`select to_jsonb(a)::text as "row" from "AuditEvent" a`);
  for (const { row } of [...rows, ...audit]) expect(row).not.toContain("canary");
  expect(audit.filter(({ row }) => row.includes("llm_key.saved"))).toHaveLength(2);
});

it("replaces a key in its place, says nothing of a short one, and refuses an address that may not be called", async () => {
  const first = await saveLlmKey(test.db, other, { provider: "google", apiKey: KEY });
  const second = await saveLlmKey(test.db, other, { provider: "google", apiKey: "short" });
  expect(second).toMatchObject({ id: first.id, lastFour: "" });
  expect(await findSavedKey(test.db, other.projectId, { provider: "google", baseUrl: null })).toBe("short");
  const inside = { provider: "openai" as const, baseUrl: "http://169.254.169.254/v1", apiKey: KEY };
  await expect(saveLlmKey(test.db, other, inside)).rejects.toMatchObject({
    code: "invalid",
    errors: [{ path: "baseUrl" }],
  });
});

it("is erased by its project alone", async () => {
  const { id } = await saveLlmKey(test.db, actor, { provider: "anthropic", apiKey: KEY });
  await expect(deleteLlmKey(test.db, other, { id })).rejects.toMatchObject({ code: "not_found" });
  await deleteLlmKey(test.db, actor, { id });
  expect(await findSavedKey(test.db, actor.projectId, { provider: "anthropic", baseUrl: null })).toBeNull();
});
