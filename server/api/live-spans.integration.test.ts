import { afterAll, beforeAll, expect, it } from "vitest";
import { createSession } from "@/server/modules/verification";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { addSpanJob, createSpanProject, OSLO, ROME } from "@/server/testing/span-project";
import { createContext } from "./context";
import { createCaller } from "./root";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({ databaseUrl: test.url, authSecret: newId(), encryptionKey: newId(), logLevel: "silent" });
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

it("tells a live session of a span in whatever way it is written: marked, taken away, set again", async () => {
  const { recordIds, ...world } = await createSpanProject(test.db, { records: 1 });
  const [recordId = ""] = recordIds;
  const jobId = await addSpanJob(world, recordIds, [{ recordId, value: ["city"], ...ROME }]);
  await createSession(test.db, world.member, {
    label: "places",
    jobIds: [jobId],
    order: "confidence",
    mode: "shared",
    blindShare: 0,
    members: [],
  });
  const { userId, userName } = await createMember(test.db, { project: world.project, role: "reviewer" });
  const caller = createCaller(
    createContext({
      actor: { userId, name: userName, instanceRole: "member" },
      address: null,
      mayChangeCookies: false,
    }),
  );
  const project = world.project.slug;
  const told = async () =>
    (await test.db.collabInbox.findMany({ orderBy: { id: "asc" } })).map(({ value }) =>
      Reflect.get(Object(value), "value"),
    );
  await caller.records.annotate({
    project,
    items: [{ recordId, labels: [{ name: "places", value: ["land"], ...OSLO }] }],
  });
  await caller.annotating.write({ project, items: [{ recordId, label: "places" }] });
  expect(await told()).toEqual([["land"], []]);
  const { items } = await caller.records.history({ project, id: recordId });
  const entry = items.find(({ restorable, value }) => restorable && value !== null);
  await caller.records.restoreEntry({ project, id: recordId, entryId: entry?.id ?? "" });
  expect(await told()).toEqual([["land"], [], ["land"]]);
});
