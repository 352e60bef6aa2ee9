import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleMessages } from "@/prisma/seed/sample";
import { proveMembership } from "@/server/modules/access";
import { listAgents } from "@/server/modules/agents";
import { getProject, getSchema } from "@/server/modules/projects";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { createActor } from "@/server/testing/people";
import { createSampleProject } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("the sample project", () => {
  it("is ready to run: records with hidden gold, a schema, an agent on the built-in model", async () => {
    const actor = await createActor(test.db);
    const { id } = await createSampleProject(test.db, { ownerId: actor.userId });
    const member = await proveMembership(test.db, actor, id);
    const project = await getProject(test.db, member);
    expect(project).toMatchObject({ role: "administrator", counts: { records: sampleMessages().length } });
    expect(project.metadata.filter(({ visibility }) => visibility === "gold")).toEqual([
      { name: "sentiment", type: "string", visibility: "gold" },
    ]);
    expect((await getSchema(test.db, member)).labelSchema.map(({ name }) => name)).toEqual(["sentiment"]);
    const { items } = await listAgents(test.db, member, { limit: 10 });
    expect(items).toMatchObject([{ baseUrl: "builtin", model: { model: "tandem-tiny" } }]);
    const records = await test.db.record.findMany({ where: { projectId: id }, orderBy: { position: "asc" } });
    expect(records.map(({ externalId }) => externalId)).toEqual(
      sampleMessages().map((message) => message.id),
    );
  });

  it("is made once, even by two clicks at once, and apart for each person", async () => {
    const { userId: ownerId } = await createActor(test.db);
    const [one, two] = await Promise.all([
      createSampleProject(test.db, { ownerId }),
      createSampleProject(test.db, { ownerId }),
    ]);
    expect(two).toEqual(one);
    const other = await createActor(test.db);
    expect((await createSampleProject(test.db, { ownerId: other.userId })).id).not.toBe(one.id);
  });

  it("is not for guests, and leaves nothing half made", async () => {
    const { userId: ownerId } = await createActor(test.db, { instanceRole: "guest" });
    expect(await errorCode(createSampleProject(test.db, { ownerId }))).toBe("forbidden");
    expect(await test.db.project.count({ where: { createdById: ownerId } })).toBe(0);
  });
});
