import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemaTemplates } from "@/contracts/schema-templates";
import { proveMembership } from "@/server/modules/access";
import { isAppError } from "@/server/platform/errors";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { createActor, createMember } from "@/server/testing/people";
import {
  createProject,
  diffSchemaVersions,
  findActiveSchema,
  getProject,
  getSchema,
  listProjects,
  listSchemaVersions,
  patchProject,
  putSchema,
} from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function newProject(name = "Airline") {
  const actor = await createActor(test.db);
  const project = await createProject(test.db, actor, { name });
  return { actor, project, member: await proveMembership(test.db, actor, project.id) };
}

const sentiment = {
  name: "sentiment",
  level: "record",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ],
};

describe("projects", () => {
  it("makes its creator administrator", async () => {
    const { project } = await newProject("Höhe & Tiefe");
    expect(project).toMatchObject({ slug: "hohe-tiefe", role: "administrator", archived: false });
    expect(project.counts).toEqual({ records: 0, members: 1, jobs: 0, labelled: 0, verified: 0 });
  });

  it("gives every project of one name its own slug, also when made at once", async () => {
    const actor = await createActor(test.db);
    const made = await Promise.all(
      Array.from({ length: 8 }, () => createProject(test.db, actor, { name: "Same name" })),
    );
    const slugs = made.map((project) => project.slug).sort();
    expect(slugs).toEqual(["same-name", ...[2, 3, 4, 5, 6, 7, 8].map((n) => `same-name-${n}`)].sort());
  });

  it("refuses a slug that is in use, and a guest", async () => {
    const actor = await createActor(test.db);
    await createProject(test.db, actor, { name: "One", slug: "one" });
    expect(await errorCode(createProject(test.db, actor, { name: "Two", slug: "one" }))).toBe("slug_taken");
    const guest = await createActor(test.db, { instanceRole: "guest" });
    expect(await errorCode(createProject(test.db, guest, { name: "Mine" }))).toBe("forbidden");
  });

  it("lists only one's own, newest first, page by page", async () => {
    const actor = await createActor(test.db);
    await newProject();
    for (const name of ["a", "b", "c"]) await createProject(test.db, actor, { name });
    const first = await listProjects(test.db, actor, { limit: 2 });
    expect(first.items.map((project) => project.name)).toEqual(["c", "b"]);
    expect(first.total).toBe(3);
    const rest = await listProjects(test.db, actor, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(rest).toMatchObject({ items: [{ name: "a" }], nextCursor: null });
    expect(await errorCode(listProjects(test.db, actor, { limit: 2, cursor: "x" }))).toBe("invalid_cursor");
  });

  it("renames, archives and restores", async () => {
    const { member } = await newProject();
    expect(await patchProject(test.db, member, { name: "New", archived: true })).toMatchObject({
      name: "New",
      archived: true,
    });
    expect(await patchProject(test.db, member, { archived: false })).toMatchObject({
      name: "New",
      archived: false,
    });
  });

  it("shows annotators only the metadata that everybody sees", async () => {
    const { member, project } = await newProject();
    await test.db.metadataName.createMany({
      data: ["channel", "price", "gold"].map((name, position) => ({
        projectId: project.id,
        name,
        position,
        type: "string",
      })),
    });
    await patchProject(test.db, member, { metadata: { channel: "shown", gold: "gold" } });
    const annotator = await createMember(test.db, { project, role: "annotator" });
    const names = async (actor: typeof member) =>
      (await getProject(test.db, actor)).metadata.map((entry) => `${entry.name}:${entry.visibility}`);
    expect(await names(member)).toEqual(["channel:shown", "price:team", "gold:gold"]);
    expect(await names(annotator)).toEqual(["channel:shown"]);
    expect(await errorCode(patchProject(test.db, member, { name: "X", metadata: { size: "team" } }))).toBe(
      "invalid",
    );
    expect((await getProject(test.db, member)).name).toBe("Airline");
  });
});

describe("label schema", () => {
  it("is none at first", async () => {
    const { member } = await newProject();
    expect(await findActiveSchema(test.db, member)).toBeNull();
    expect(await errorCode(getSchema(test.db, member))).toBe("no_schema");
  });

  it("takes ours and every form of MEGAnno's as one version", async () => {
    const { member } = await newProject();
    const forms = [
      { labelSchema: [sentiment] },
      { label_schema: [sentiment] },
      { label_schema: { label_schema: [sentiment] } },
      { labelSchema: JSON.stringify({ schemas: { label_schema: [sentiment] }, active: true }) },
      { labelSchema: [{ ...sentiment, multi: false, description: " " }] },
    ];
    for (const form of forms) expect((await putSchema(test.db, member, form)).version).toBe(1);
    expect(await findActiveSchema(test.db, member)).toMatchObject({ active: true, labelSchema: [sentiment] });
  });

  it("keeps exactly one version active when several people save at once", async () => {
    const { member } = await newProject();
    const named = (name: string) => ({ labelSchema: [{ ...sentiment, name }] });
    await Promise.all(["a", "b", "c", "d", "e"].map((name) => putSchema(test.db, member, named(name))));
    const { items, total } = await listSchemaVersions(test.db, member, { limit: 50 });
    expect(total).toBe(5);
    expect(items.map((item) => item.version)).toEqual([5, 4, 3, 2, 1]);
    expect(items.filter((item) => item.active).map((item) => item.version)).toEqual([5]);
  });

  it("tells what changed between two versions", async () => {
    const { member } = await newProject();
    await putSchema(test.db, member, { labelSchema: [sentiment] });
    const options = [
      { value: "neg", text: "bad" },
      { value: "pos", text: "positive" },
      { value: "neu", text: "neutral" },
    ];
    await putSchema(test.db, member, { labelSchema: [{ ...sentiment, options }] });
    const { changes } = await diffSchemaVersions(test.db, member, { from: 1, to: 2 });
    expect(changes).toContainEqual({
      path: "sentiment / neg / text",
      kind: "changed",
      before: "negative",
      after: "bad",
    });
    expect(changes).toContainEqual({ path: "sentiment / neu", kind: "added", before: null, after: "neu" });
    expect(changes.some((change) => change.kind === "moved")).toBe(true);
  });

  it.each([
    ["no labels", [], "labelSchema"],
    ["no list", { name: "x" }, "labelSchema"],
    ["text that is not JSON", "sentiment", "labelSchema"],
    ["a label name twice", [sentiment, sentiment], "labelSchema.1.name"],
    [
      "an option value twice",
      [{ ...sentiment, options: [...sentiment.options, { value: "pos", text: "good" }] }],
      "labelSchema.0.options.2.value",
    ],
    ["an unknown level", [{ ...sentiment, level: "document" }], "labelSchema.0.level"],
    ["an unknown key", [{ ...sentiment, colour: 1 }], "labelSchema.0"],
    ["no options", [{ ...sentiment, options: [] }], "labelSchema.0.options"],
    ["U+0000", [{ ...sentiment, description: "a\0b" }], "labelSchema.0.description"],
  ])("refuses %s and names the place", async (_what, labelSchema, path) => {
    const { member } = await newProject();
    const error: unknown = await putSchema(test.db, member, { labelSchema }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "invalid_schema", status: 422 });
    expect(isAppError(error) && error.errors?.map((problem) => problem.path)).toContain(path);
    expect(await findActiveSchema(test.db, member)).toBeNull();
  });

  it.each(schemaTemplates.map((template) => [template.name, template.labels] as const))(
    "accepts the template %s",
    async (_name, labels) => {
      const { member } = await newProject();
      expect((await putSchema(test.db, member, { labelSchema: labels })).labelSchema).toEqual(labels);
    },
  );
});
