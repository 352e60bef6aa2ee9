import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type ProjectActor, proveMembership } from "@/server/modules/access";
import { createProject, putSchema } from "@/server/modules/projects";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor, createMember } from "@/server/testing/people";
import {
  createAgent,
  createAgentVersion,
  deleteAgent,
  diffAgentVersions,
  getAgent,
  getAgentVersion,
  listAgents,
  patchAgent,
  previewAgent,
  previewDraft,
} from ".";

let test: TestDatabase;
let member: ProjectActor;
let project: { id: string; slug: string };
beforeAll(async () => {
  test = await createTestDatabase();
  ({ project, member } = await newProject("Airline"));
});
afterAll(() => test.drop());

const labelSchema: LabelDefinition[] = [
  {
    name: "sentiment",
    level: "record",
    options: [
      { value: "pos", text: "positive" },
      { value: "neg", text: "negative" },
    ],
  },
  { name: "topic", level: "record", options: [{ value: "a", text: "A" }] },
];
const model = { model: "gpt-3.5-turbo", temperature: 0 };
const prompt = { labels: ["sentiment"] };
const draft = { name: "First", provider: "openai:chat" as const, model, prompt };

async function newProject(name: string) {
  const actor = await createActor(test.db);
  const made = await createProject(test.db, actor, { name });
  const administrator = await proveMembership(test.db, actor, made.id);
  await putSchema(test.db, administrator, { labelSchema });
  return { project: made, member: administrator };
}

async function addRecord(projectId: string, position: number, content: string, metadata = {}) {
  const id = newId();
  await test.db.record.create({
    data: { id, projectId, externalId: `r${position}`, content, metadata, position },
  });
  return id;
}

async function addJob(agent: { versionId: string }, actor = member) {
  const { projectId, userId: createdById } = actor;
  const id = newId();
  const schema = await test.db.labelSchema.findFirstOrThrow({ where: { projectId, active: true } });
  await test.db.annotator.create({ data: { projectId, id, kind: "job", name: "job" } });
  await test.db.job.create({
    data: {
      id,
      projectId,
      agentVersionId: agent.versionId,
      schemaId: schema.id,
      labels: ["sentiment"],
      labelMetadata: [],
      createdById,
    },
  });
  return id;
}

const errorOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!isAppError(error)) throw new Error("no AppError was thrown", { cause: error });
  return error;
};
const pathsOf = async (work: Promise<unknown>) => (await errorOf(work)).errors?.map(({ path }) => path);

describe("registering an agent", () => {
  it("gives its id, its first version and the template with the record's place", async () => {
    const agent = await createAgent(test.db, member, draft);
    expect(agent).toMatchObject({
      name: "First",
      version: 1,
      provider: "openai:chat",
      baseUrl: null,
      model,
      prompt: { labels: ["sentiment"], answer: "text" },
      createdBy: { id: member.userId },
      archived: false,
      versions: [{ id: agent.versionId, version: 1, createdBy: { id: member.userId } }],
      jobs: [],
      jobCount: 0,
    });
    expect(agent.template).toContain("positive or negative");
    expect(agent.template).toContain("{{input}}");
  });

  it("lists every problem at once, by field", async () => {
    const bad = {
      ...draft,
      baseUrl: "http://127.0.0.1:1/v1",
      model: { temperature: 3, top_p: "1", tempreature: 1, extra: { logprobs: false } },
      prompt: {
        labels: ["mood"],
        taskInstruction: "{{input}} {{opinion}}",
        inputBlock: "nothing",
        answer: "xml",
      },
    };
    expect(await pathsOf(createAgent(test.db, member, bad))).toEqual([
      "baseUrl",
      "model.model",
      "model.temperature",
      "model.top_p",
      "model.tempreature",
      "prompt.answer",
    ]);
    const { message } = await errorOf(createAgent(test.db, member, bad));
    expect(message).toContain("model.temperature: must be a number from 0 to 2");
    const lost = { ...bad, baseUrl: null, model, prompt: { ...bad.prompt, answer: "text" } };
    expect(await pathsOf(createAgent(test.db, member, lost))).toEqual([
      "prompt.labels.0",
      "prompt.inputBlock",
      "prompt.taskInstruction",
    ]);
  });

  it.each([
    ["no input", { template: "Label {{name}} as {{options}}." }, /has lost the record/],
    ["no options", { template: "Label this: {{input}}" }, /has lost the options of "sentiment"/],
    ["the record twice", { template: "{{options}} {{input}} {{input}}" }, /more than once/],
    ["an input block without the record", { inputBlock: "Text:" }, /has lost the record/],
  ])("refuses a prompt with %s", async (_name, settings, reason) => {
    const { code, errors } = await errorOf(
      createAgent(test.db, member, { ...draft, prompt: { ...prompt, ...settings } }),
    );
    expect(code).toBe("invalid_agent");
    expect(errors).toEqual([
      { path: `prompt.${Object.keys(settings)[0]}`, message: expect.stringMatching(reason) },
    ]);
  });

  it("refuses gold metadata and names that no record has", async () => {
    const { projectId } = member;
    await test.db.metadataName.createMany({
      data: [
        { projectId, name: "pseudo_label", visibility: "gold", type: "string", position: 0 },
        { projectId, name: "airline", visibility: "team", type: "string", position: 1 },
      ],
    });
    const withText = (taskInstruction: string) =>
      createAgent(test.db, member, { ...draft, prompt: { ...prompt, taskInstruction } });
    expect((await errorOf(withText("{{metadata.pseudo_label}}"))).message).toContain("is gold");
    expect((await errorOf(withText("{{metadata.colour}}"))).message).toContain("no record has metadata");
    await withText("{{metadata.airline}}");
  });

  it("knows the built-in model by its name alone", async () => {
    const builtin = { ...draft, baseUrl: "builtin" };
    expect(await pathsOf(createAgent(test.db, member, builtin))).toEqual(["model.model"]);
    const agent = await createAgent(test.db, member, { ...builtin, model: { model: "tandem-tiny" } });
    expect(agent.baseUrl).toBe("builtin");
  });

  it("needs a label schema", async () => {
    const actor = await createActor(test.db);
    const bare = await createProject(test.db, actor, { name: "Bare" });
    const administrator = await proveMembership(test.db, actor, bare.id);
    expect((await errorOf(createAgent(test.db, administrator, draft))).code).toBe("no_schema");
  });
});

describe("versions", () => {
  it("an unchanged save makes none, a changed one the next, with what changed", async () => {
    const agent = await createAgent(test.db, member, draft);
    const same = await createAgentVersion(test.db, member, {
      id: agent.id,
      prompt: { ...prompt, system: " " },
    });
    expect(same).toMatchObject({ created: false, version: { versionId: agent.versionId, version: 1 } });
    expect(same.version.diff).toEqual({ changed: false, fields: [], sections: [] });

    const changed = await createAgentVersion(test.db, member, {
      id: agent.id,
      model: { ...model, temperature: 1 },
      prompt: { ...prompt, taskInstruction: "Label as {{options}}.\nSarcasm is negative." },
    });
    expect(changed).toMatchObject({ created: true, version: { id: agent.id, version: 2 } });
    expect(changed.version.diff.fields).toEqual([{ path: "model.temperature", before: 0, after: 1 }]);
    expect(changed.version.diff.sections.map(({ section }) => section)).toEqual(["taskInstruction"]);
    expect(changed.version.template).toContain("Sarcasm is negative.");

    const first = await getAgentVersion(test.db, member, { id: agent.id, version: 1 });
    expect(first).toMatchObject({ id: agent.versionId, model, template: agent.template });
    expect(await diffAgentVersions(test.db, member, { id: agent.id, from: 1, to: 2 })).toEqual(
      changed.version.diff,
    );
    expect((await errorOf(getAgentVersion(test.db, member, { id: agent.id, version: 9 }))).message).toBe(
      "This agent has no version 9.",
    );
  });

  it("come one after the other when people save at once", async () => {
    const agent = await createAgent(test.db, member, draft);
    const saves = await Promise.all(
      [0.1, 0.2, 0.3, 0.4].map((temperature) =>
        createAgentVersion(test.db, member, { id: agent.id, model: { ...model, temperature } }),
      ),
    );
    expect(saves.map(({ version }) => version.version).sort()).toEqual([2, 3, 4, 5]);
    const { versions } = await getAgent(test.db, member, { id: agent.id });
    expect(versions.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
  });

  it("a newer label schema makes the same settings a new version", async () => {
    const { member: own } = await newProject("Schema moves");
    const agent = await createAgent(test.db, own, draft);
    const [sentiment] = labelSchema;
    const options = [...(sentiment?.options ?? []), { value: "neu", text: "neutral" }];
    await putSchema(test.db, own, { labelSchema: [{ ...sentiment, options }] });
    const saved = await createAgentVersion(test.db, own, { id: agent.id });
    expect(saved).toMatchObject({ created: true, version: { version: 2, diff: { changed: false } } });
    expect(saved.version.template).toContain("positive, negative or neutral");
  });

  it("are refused for an archived agent until it is restored", async () => {
    const agent = await createAgent(test.db, member, draft);
    const change = () => createAgentVersion(test.db, member, { id: agent.id, model: { ...model, seed: 1 } });
    expect(await patchAgent(test.db, member, { id: agent.id, archived: true })).toMatchObject({
      archived: true,
    });
    expect((await errorOf(change())).code).toBe("conflict");
    await patchAgent(test.db, member, { id: agent.id, archived: false, name: "Back" });
    expect(await change()).toMatchObject({ created: true });
    expect(await getAgent(test.db, member, { id: agent.id })).toMatchObject({ name: "Back", version: 2 });
  });
});

describe("the list", () => {
  it("filters by creator, provider, model, label of the newest version, and archive", async () => {
    const { project: own, member: ada } = await newProject("Lists");
    const bob = await createMember(test.db, { project: own, role: "administrator", name: "Bob" });
    const first = await createAgent(test.db, ada, { ...draft, name: "gpt" });
    const second = await createAgent(test.db, bob, {
      ...draft,
      name: "tiny",
      baseUrl: "builtin",
      model: { model: "tandem-tiny" },
      prompt: { labels: ["topic", "sentiment"] },
    });
    const gone = await createAgent(test.db, bob, { ...draft, name: "gone" });
    await patchAgent(test.db, bob, { id: gone.id, archived: true });
    const names = async (filter: object) =>
      (await listAgents(test.db, ada, { limit: 50, ...filter })).items.map(({ name }) => name);
    expect(await names({})).toEqual(["tiny", "gpt"]);
    expect(await names({ createdBy: bob.userId })).toEqual(["tiny"]);
    expect(await names({ model: "gpt-3.5-turbo" })).toEqual(["gpt"]);
    expect(await names({ provider: "openai:chat" })).toEqual(["tiny", "gpt"]);
    expect(await names({ provider: "openai:responses" })).toEqual([]);
    expect(await names({ label: "topic" })).toEqual(["tiny"]);
    expect(await names({ archived: true })).toEqual(["gone"]);
    await test.db.agent.update({
      where: { id: first.id },
      data: { createdAt: new Date("2025-03-01T10:00:00Z") },
    });
    const noon = "2025-03-01T12:00:00Z";
    expect(await names({ createdAfter: noon })).toEqual(["tiny"]);
    expect(await names({ createdBefore: noon })).toEqual(["gpt"]);
    expect(await names({ createdAfter: "2025-03-01T10:00:00Z", createdBefore: noon })).toEqual(["gpt"]);
    await createAgentVersion(test.db, ada, { id: second.id, prompt: { labels: ["sentiment"] } });
    expect(await names({ label: "topic" })).toEqual([]);

    const jobId = await addJob(first, ada);
    const [tiny, gpt] = (await listAgents(test.db, ada, { limit: 50, includeJobs: true })).items;
    expect(gpt?.jobs).toEqual([
      {
        id: jobId,
        agentVersionId: first.versionId,
        version: 1,
        status: "queued",
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ]);
    expect([tiny?.jobs, tiny?.jobCount, gpt?.jobCount]).toEqual([[], 0, 1]);
    expect((await listAgents(test.db, ada, { limit: 50 })).items[0]).not.toHaveProperty("jobs");
  });

  it("pages without gaps and refuses a strange cursor", async () => {
    const { member: own } = await newProject("Pages");
    for (const name of ["a", "b", "c"]) await createAgent(test.db, own, { ...draft, name });
    const first = await listAgents(test.db, own, { limit: 2 });
    expect(first).toMatchObject({ items: [{ name: "c" }, { name: "b" }], total: 3, totalExact: true });
    const second = await listAgents(test.db, own, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ name: "a" }], nextCursor: null });
    expect((await errorOf(listAgents(test.db, own, { limit: 2, cursor: "x" }))).code).toBe("invalid_cursor");
  });

  it("and everything else stops at the project's border", async () => {
    const agent = await createAgent(test.db, member, draft);
    const { member: stranger } = await newProject("Elsewhere");
    const id = agent.id;
    expect((await listAgents(test.db, stranger, { limit: 50 })).items).toEqual([]);
    for (const attempt of [
      () => getAgent(test.db, stranger, { id }),
      () => getAgentVersion(test.db, stranger, { id, version: 1 }),
      () => createAgentVersion(test.db, stranger, { id }),
      () => patchAgent(test.db, stranger, { id, name: "Mine" }),
      () => deleteAgent(test.db, stranger, { id }),
      () => previewAgent(test.db, stranger, { id, texts: ["x"], limit: 10 }),
    ])
      expect((await errorOf(attempt())).code).toBe("not_found");
    expect((await getAgent(test.db, member, { id })).name).toBe("First");
  });
});

describe("deleting", () => {
  it("takes an agent that never ran, and keeps one that explains labels", async () => {
    const unused = await createAgent(test.db, member, draft);
    await deleteAgent(test.db, member, { id: unused.id });
    expect((await errorOf(getAgent(test.db, member, { id: unused.id }))).code).toBe("not_found");
    const used = await createAgent(test.db, member, draft);
    await addJob(used);
    expect((await errorOf(deleteAgent(test.db, member, { id: used.id }))).code).toBe("conflict");
  });
});

describe("the preview", () => {
  it("shows the exact prompt of named records, in order, with tokens and cost, and calls nobody", async () => {
    const { project: own, member: ada } = await newProject("Preview");
    const strange = "It's $1 {{options}} '''good'''\n\"ok\" {}";
    const first = await addRecord(own.id, 0, "plain", { airline: "Delta" });
    const second = await addRecord(own.id, 1, strange);
    const agent = await createAgent(test.db, ada, { ...draft, prompt: { ...prompt, system: "Be terse." } });
    const { template, items } = await previewAgent(test.db, ada, {
      id: agent.id,
      recordIds: [second, first],
      limit: 10,
    });
    expect(template).toBe(agent.template);
    expect(items.map(({ recordId }) => recordId)).toEqual([second, first]);
    for (const [index, content] of [strange, "plain"].entries()) {
      const item = items[index];
      expect(item?.messages.map(({ role }) => role)).toEqual(["system", "user"]);
      const user = item?.messages.at(-1)?.content ?? "";
      expect(item?.prompt).toBe(user);
      expect(user.split(content)).toHaveLength(2);
      expect(item?.segments.map(({ parts }) => parts.map(({ text }) => text).join(""))).toEqual(
        item?.messages.map(({ content: text }) => text),
      );
      expect(item?.segments.at(-1)?.parts.filter(({ kind }) => kind === "input")).toEqual([
        { kind: "input", text: content },
      ]);
      expect(item?.tokensExact).toBe(true);
      expect(item?.tokens).toBeGreaterThan(20);
      expect(item?.costUsd).toBeGreaterThan((item?.tokens ?? 0) * 0.5e-6);
    }
  });

  it("shows a draft on texts, on the first records, or on those of a subset", async () => {
    const { project: own, member: ada } = await newProject("Drafts");
    const ids = [];
    for (const position of [0, 1, 2]) ids.push(await addRecord(own.id, position, `text ${position}`));
    const unsaved = { provider: "openai:chat" as const, model: { model: "unheard-of" }, prompt };
    const onTexts = await previewDraft(test.db, ada, { ...unsaved, texts: ["a", "b"], limit: 1 });
    expect(onTexts.items).toMatchObject([{ costUsd: null, tokensExact: false }]);
    expect(onTexts.items[0]).not.toHaveProperty("recordId");
    const named = Array.from({ length: 12 }, (_, n) => `text ${n}`);
    expect((await previewDraft(test.db, ada, { ...unsaved, texts: named })).items).toHaveLength(12);
    const onFirst = await previewDraft(test.db, ada, { ...unsaved, limit: 2 });
    expect(onFirst.items.map(({ recordId }) => recordId)).toEqual(ids.slice(0, 2));

    const subsetId = newId();
    await test.db.subset.create({
      data: { id: subsetId, projectId: own.id, name: "Last", kind: "static", createdById: ada.userId },
    });
    await test.db.subsetRecord.create({
      data: { projectId: own.id, subsetId, recordId: ids[2] ?? "" },
    });
    const onSubset = await previewDraft(test.db, ada, { ...unsaved, subsetId, limit: 10 });
    expect(onSubset.items.map(({ recordId }) => recordId)).toEqual([ids[2]]);
  });

  it("makes a draft's prompt from a label schema that is not saved, and keeps nothing of it", async () => {
    const options = [{ value: "u", text: "urgent" }];
    const unsaved = {
      provider: "openai:chat" as const,
      model,
      prompt: { labels: ["urgency"] },
      texts: ["a"],
    };
    const given = {
      ...unsaved,
      labelSchema: { label_schema: [{ name: "urgency", level: "record", options }] },
    };
    const { template, items } = await previewDraft(test.db, member, given);
    expect(template).toContain("Label the urgency of the text as urgent");
    expect(items).toHaveLength(1);
    expect(await pathsOf(previewDraft(test.db, member, unsaved))).toEqual(["prompt.labels.0"]);
    const broken = { ...unsaved, labelSchema: [{ name: "urgency", level: "record", options: [] }] };
    expect(await pathsOf(previewDraft(test.db, member, broken))).toEqual(["labelSchema.0.options"]);
  });

  it("says which metadata a record lacks, and refuses records of other projects", async () => {
    const strangerRecord = await addRecord((await newProject("Far")).project.id, 0, "secret");
    const own = await addRecord(project.id, 100, "text");
    const unsaved = {
      provider: "openai:chat" as const,
      model,
      prompt: { ...prompt, taskInstruction: "On {{metadata.airline}}: {{options}}" },
      limit: 10,
    };
    const { items } = await previewDraft(test.db, member, { ...unsaved, recordIds: [own] });
    expect(items[0]?.missingMetadata).toEqual(["airline"]);
    expect(
      await pathsOf(previewDraft(test.db, member, { ...unsaved, recordIds: [own, strangerRecord] })),
    ).toEqual(["recordIds.1"]);
  });
});
