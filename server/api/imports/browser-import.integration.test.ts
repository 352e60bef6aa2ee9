import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProjectRole } from "@/contracts/roles";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { createTestProject } from "@/server/testing/projects";
import { cookieHeader, signInAs } from "@/server/testing/sign-in";
import { importErrorsForBrowser, importFromBrowser, previewFromBrowser } from "./browser-import";

const url = "http://localhost:3000";
let test: TestDatabase;
let dataDir: string;
let project: { id: string; slug: string };
const cookies = new Map<ProjectRole, string>();

beforeAll(async () => {
  test = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), "tandem-browser-import-"));
  completeEnv({ databaseUrl: test.url, url, dataDir, authSecret: newId(), logLevel: "silent" });
  ({ project } = await createTestProject(test.db));
  for (const role of ["administrator", "reviewer", "annotator"] as const) {
    const { userId } = await createMember(test.db, { project, role });
    cookies.set(role, cookieHeader(await signInAs(test.db, userId)));
  }
});
afterAll(async () => {
  await closeDb();
  await test.drop();
  await rm(dataDir, { recursive: true });
});

type Sender = { role?: ProjectRole; origin?: string | null };

async function send(
  answer: (request: Request, project: string) => Promise<Response>,
  { role, origin = url }: Sender,
): Promise<number> {
  const cookie = role ? cookies.get(role) : undefined;
  const request = new Request(`${url}/api/files/${project.slug}/imports?id=id`, {
    method: "POST",
    headers: {
      "content-type": "text/csv",
      host: "localhost:3000",
      ...(origin === null ? {} : { origin }),
      ...(cookie ? { cookie } : {}),
    },
    body: "id,text\n1,a\n",
  });
  return (await answer(request, project.slug)).status;
}

describe.each([
  ["the upload", importFromBrowser, 202],
  ["the look into a file", previewFromBrowser, 200],
] as const)("%s", (_what, answer, good) => {
  it("is for administrators, from a page of ours", async () => {
    expect(await send(answer, { role: "administrator" })).toBe(good);
    expect(await send(answer, { role: "administrator", origin: "http://evil.example" })).toBe(403);
    expect(await send(answer, { role: "administrator", origin: "null" })).toBe(403);
    expect(await send(answer, { role: "administrator", origin: null })).toBe(403);
    expect(await send(answer, { role: "reviewer" })).toBe(403);
    expect(await send(answer, { role: "annotator" })).toBe(403);
    expect(await send(answer, {})).toBe(401);
  });
});

it("the refused rows are for administrators", async () => {
  const ask = async (role: ProjectRole) => {
    const request = new Request(`${url}/x`, { headers: { cookie: cookies.get(role) ?? "" } });
    return (await importErrorsForBrowser(request, project.slug, newId())).status;
  };
  expect([await ask("administrator"), await ask("reviewer")]).toEqual([404, 403]);
});
