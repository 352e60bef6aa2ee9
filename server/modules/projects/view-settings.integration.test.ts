import { afterAll, beforeAll, expect, it } from "vitest";
import { columnView } from "@/contracts/views";
import { proveMembership } from "@/server/modules/access";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor, createMember } from "@/server/testing/people";
import { createProject, getViewSetting, putViewSetting } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const screen = "records";
const view = columnView.parse({
  order: ["content", "metadata:Größe, „in cm“"],
  hidden: ["position"],
  widths: { content: 500 },
});

it("is each member's own, in each project, and can be forgotten", async () => {
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
    role: "viewer",
  });

  expect(await getViewSetting(test.db, first, { screen })).toEqual({ view: null });
  await putViewSetting(test.db, first, { screen, view: { ...view, hidden: [] } });
  await putViewSetting(test.db, first, { screen, view });
  expect(await getViewSetting(test.db, first, { screen })).toEqual({ view });
  expect(await getViewSetting(test.db, second, { screen })).toEqual({ view: null });
  expect(await getViewSetting(test.db, colleague, { screen })).toEqual({ view: null });

  await putViewSetting(test.db, first, { screen, view: null });
  expect(await getViewSetting(test.db, first, { screen })).toEqual({ view: null });
});

it("shows the table as it comes when what was kept can't be read any more", async () => {
  const actor = await createActor(test.db);
  const { id } = await createProject(test.db, actor, { name: "Old" });
  const member = await proveMembership(test.db, actor, id);
  await test.db.viewSetting.create({
    data: { projectId: id, userId: actor.userId, screen, view: { columns: "of another version" } },
  });
  expect(await getViewSetting(test.db, member, { screen })).toEqual({ view: null });
});

it("is limited in size", () => {
  const widths = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [`metadata:${"x".repeat(300)}${n}`, 100]),
  );
  expect(columnView.safeParse({ widths }).error?.issues[0]?.message).toBe(
    "must be at most 64,000 characters",
  );
  expect(columnView.safeParse({ order: Array.from({ length: 401 }, String) }).success).toBe(false);
});
