import { afterAll, beforeAll, expect, it } from "vitest";
import { keyBindings } from "@/contracts/key-bindings";
import { proveMembership } from "@/server/modules/access";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor, createMember } from "@/server/testing/people";
import { createProject, getKeyBindings, getViewSetting, putKeyBindings } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("are each person's own, the same in all their projects, and can be forgotten", async () => {
  const actor = await createActor(test.db);
  const [first, second] = await Promise.all(
    ["One", "Two"].map(async (name) => {
      const { id } = await createProject(test.db, actor, { name });
      return proveMembership(test.db, actor, id);
    }),
  );
  if (!first || !second) throw new Error("two projects");
  const colleague = await createMember(test.db, {
    project: { id: first.projectId, slug: first.projectSlug },
    role: "annotator",
  });
  expect(await getKeyBindings(test.db, first)).toEqual({ bindings: {} });
  await putKeyBindings(test.db, first, { bindings: { "work.next": "m" } });
  expect(await getKeyBindings(test.db, second)).toEqual({ bindings: { "work.next": "m" } });
  await putKeyBindings(test.db, second, { bindings: { "work.next": "s" } });
  expect(await getKeyBindings(test.db, first)).toEqual({ bindings: { "work.next": "s" } });
  expect(await getKeyBindings(test.db, colleague)).toEqual({ bindings: {} });
  expect(await getViewSetting(test.db, first, { screen: "records" })).toEqual({ view: null });
  await putKeyBindings(test.db, first, { bindings: {} });
  expect(await getKeyBindings(test.db, second)).toEqual({ bindings: {} });
});

it("that can't be read any more are the usual ones; there are not too many of them", async () => {
  const actor = await createActor(test.db);
  const { id } = await createProject(test.db, actor, { name: "Old" });
  const member = await proveMembership(test.db, actor, id);
  await test.db.viewSetting.create({
    data: { projectId: id, userId: actor.userId, screen: "keys", view: ["of another version"] },
  });
  expect(await getKeyBindings(test.db, member)).toEqual({ bindings: {} });
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`action-${n}`, "m"]));
  expect(keyBindings.safeParse(many).success).toBe(false);
});
