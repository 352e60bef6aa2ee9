import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { createAgent, listVerifiedExamples, previewDraft } from "@/server/modules/agents";
import { writeAnnotations } from "@/server/modules/annotations";
import { putSchema } from "@/server/modules/projects";
import { reconcile } from "@/server/modules/reconciliation";
import { deleteRecord, putVectors } from "@/server/modules/records";
import { createSession, writeVerifications } from "@/server/modules/verification";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { addSpanJob, createSpanProject, OSLO, ROME, SPAN_TEXT } from "@/server/testing/span-project";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

type World = Awaited<ReturnType<typeof createSpanProject>>;
type Borders = { start: number; end: number };
type Said = { value: string[]; status?: "UNSURE" | "CORRECTS" } & Partial<Borders>;

const NIGHT = { start: 18, end: 26 };
const city = (at: Borders) => ({ ...at, value: ["city"] });
const time = (at: Borders) => ({ ...at, value: ["time"] });
const here = { value: ["city"] };
const none = { value: [] };

/** A session on all that a job gave, so that what it found nowhere can be verified too. */
const open = ({ member }: World, jobIds: string[], more: object = {}) =>
  createSession(
    test.db,
    member,
    createSessionInput.parse({ project: "p", label: "places", jobIds, ...more }),
  );

/** Verdicts on a job's labels of one record, in the order of their places. */
async function decide(
  who: ProjectActor,
  { jobId, recordId, sessionId }: { jobId: string; recordId: string; sessionId?: string },
  verdicts: readonly Said[],
): Promise<void> {
  const labels = await test.db.annotation.findMany({
    where: { annotatorId: jobId, recordId },
    orderBy: { start: "asc" },
  });
  const items = verdicts.map((said, at) => ({ annotationId: labels[at]?.id ?? "", ...said }));
  const answer = await writeVerifications(test.db, who, { sessionId, items });
  expect(answer.items.filter((item) => "error" in item)).toEqual([]);
}

const mark = (who: ProjectActor, recordId: string, spans: readonly (Borders & { value: string[] })[]) =>
  writeAnnotations(test.db, who, {
    items: [{ recordId, labels: spans.map((span) => ({ name: "places", ...span })) }],
  });

/** The spans of each record that may be an example, by its external id. */
async function offered(who: ProjectActor, from: { jobIds?: string[]; subsetId?: string } = {}) {
  const input = { labels: ["places"], from: { verified: true as const, ...from }, limit: 100 };
  const { items } = await listVerifiedExamples(test.db, who, input);
  return Object.fromEntries(items.map(({ externalId, labels }) => [externalId, labels.places]));
}

describe("a text whose spans are verified", () => {
  it("is one where all that a job marked was decided, with the words that people settled on", async () => {
    const world = await createSpanProject(test.db, { records: 10 });
    const { member, recordIds } = world;
    const [settled = "", half = "", empty = "", missed = "", unmarked = "", rejected = "", moved = ""] =
      recordIds;
    const [unsure = "", both = "", gone = ""] = recordIds.slice(7);
    const found = [settled, half, rejected, moved, unsure, gone];
    const jobId = await addSpanJob(world, recordIds, [
      ...found.map((recordId) => ({ recordId, ...city(ROME) })),
      ...[settled, half].map((recordId) => ({ recordId, ...city(OSLO) })),
    ]);
    await open(world, [jobId]);
    const say = (recordId: string, ...verdicts: Said[]) => decide(member, { jobId, recordId }, verdicts);
    expect(await offered(member)).toEqual({});
    await say(settled, here, { value: ["land"] });
    await say(half, here);
    await say(empty, none);
    await say(missed, { ...none, status: "CORRECTS" });
    await mark(member, missed, [time(NIGHT)]);
    await say(unmarked, { ...none, status: "CORRECTS" });
    await say(rejected, none);
    await say(moved, { ...here, start: 0, end: 6 });
    await mark(member, moved, [time(NIGHT)]);
    await say(unsure, { ...none, status: "UNSURE" });
    await say(both, none);
    await mark(member, both, [city(OSLO)]);
    await say(gone, here);
    await deleteRecord(test.db, member, { id: gone });
    expect(await offered(member)).toEqual({
      r0: [city(ROME), { ...OSLO, value: ["land"] }],
      r2: [],
      r3: [time(NIGHT)],
      r5: [],
      r6: [city({ start: 0, end: 6 }), time(NIGHT)],
    });
    const other = await createSpanProject(test.db, { records: 1 });
    expect(await offered(other.member)).toEqual({});
    const [recordId = ""] = other.recordIds;
    const othersJob = await addSpanJob(other, other.recordIds, [{ recordId, ...time(NIGHT) }]);
    await decide(other.member, { jobId: othersJob, recordId }, [{ value: ["time"] }]);
    expect(await offered(other.member)).toEqual({ r0: [time(NIGHT)] });
    expect(await offered(member)).toMatchObject({ r0: [city(ROME), { value: ["land"] }] });
    // An option that the schema no longer has can't be asked for.
    const places = { name: "places", level: "span", options: [{ value: "city", text: "city" }] };
    await putSchema(test.db, member, { labelSchema: [places] });
    expect(Object.keys(await offered(member))).toEqual(expect.arrayContaining(["r2", "r5"]));
    expect(await offered(member)).not.toHaveProperty("r0");
  });

  it("needs one job's spans decided, not every job's; narrowed, those of the jobs named", async () => {
    const world = await createSpanProject(test.db, { records: 2 });
    const { member, recordIds } = world;
    const [first = "", second = ""] = recordIds;
    const all = recordIds.map((recordId) => ({ recordId, ...city(ROME) }));
    const jobId = await addSpanJob(world, recordIds, all);
    for (const recordId of recordIds) await decide(member, { jobId, recordId }, [here]);
    const later = await addSpanJob(world, recordIds, [
      ...all,
      { recordId: first, ...city(OSLO) },
      { recordId: first, ...time(NIGHT) },
    ]);
    expect(await offered(member)).toEqual({ r0: [city(ROME)], r1: [city(ROME)] });
    expect(await offered(member, { jobIds: [later] })).toEqual({});
    // A person's newest word on a place counts, whichever job's span it is about and whichever jobs are asked for.
    await decide(member, { jobId: later, recordId: first }, [none, here]);
    await decide(member, { jobId: later, recordId: second }, [{ value: ["land"] }]);
    expect(await offered(member)).toEqual({ r0: [city(OSLO)], r1: [{ ...ROME, value: ["land"] }] });
    expect(await offered(member, { jobIds: [jobId] })).toEqual(await offered(member));
    expect(await offered(member, { jobIds: [later] })).toEqual({ r1: [{ ...ROME, value: ["land"] }] });
    const subset = await test.db.subset.create({
      data: {
        id: crypto.randomUUID(),
        projectId: member.projectId,
        name: "train",
        kind: "live",
        query: { ids: [second] },
        createdById: member.userId,
      },
    });
    expect(Object.keys(await offered(member, { subsetId: subset.id }))).toEqual(["r1"]);
  });

  it("is left out while somebody who verified nothing there marked words that nobody decided on", async () => {
    const world = await createSpanProject(test.db, { records: 1 });
    const { member, project, recordIds } = world;
    const [recordId = ""] = recordIds;
    const jobId = await addSpanJob(world, recordIds, [{ recordId, ...city(ROME) }]);
    await decide(member, { jobId, recordId }, [here]);
    const bo = await createMember(test.db, { project, role: "annotator" });
    const reviewer = await createMember(test.db, { project, role: "reviewer" });
    await mark(reviewer, recordId, [city(ROME)]);
    expect(await offered(member)).toEqual({ r0: [city(ROME)] });
    await mark(reviewer, recordId, [city(OSLO)]);
    expect(await offered(member)).toEqual({});
    const decisions = [{ recordId, ...OSLO, value: [], base: null }];
    await reconcile(test.db, member, { label: "places", items: decisions });
    expect(await offered(member)).toEqual({ r0: [city(ROME)] });
    expect(await offered(bo)).toEqual({});
  });

  it("is not shown to who has yet to decide on it in an independent session", async () => {
    const world = await createSpanProject(test.db, { records: 2 });
    const { member, project, recordIds } = world;
    const jobId = await addSpanJob(
      world,
      recordIds,
      recordIds.map((recordId) => ({ recordId, ...city(ROME) })),
    );
    const { id: sessionId } = await open(world, [jobId], { mode: "independent" });
    const [ada, bo] = await Promise.all([
      createMember(test.db, { project, role: "reviewer", name: "Ada" }),
      createMember(test.db, { project, role: "reviewer", name: "Bo" }),
    ]);
    const [first = "", second = ""] = recordIds;
    await decide(ada, { jobId, recordId: first, sessionId }, [here]);
    await mark(ada, first, [city(OSLO)]);
    await decide(ada, { jobId, recordId: second, sessionId }, [none]);
    expect(await offered(member)).toEqual({ r0: [city(ROME), city(OSLO)], r1: [] });
    expect(await offered(ada)).toEqual(await offered(member));
    expect(await offered(bo)).toEqual({});
    await decide(bo, { jobId, recordId: second, sessionId }, [here]);
    // They differ there now, for everybody.
    expect(await offered(bo)).toEqual({});
    expect(await offered(member)).toEqual({ r0: [city(ROME), city(OSLO)] });
    await decide(bo, { jobId, recordId: second, sessionId }, [none]);
    expect(await offered(bo)).toEqual({ r1: [] });
  });

  it("is left out where people differ, until somebody reconciles it", async () => {
    const world = await createSpanProject(test.db, { records: 4 });
    const { member, project, recordIds } = world;
    const [value = "", borders = "", refused = "", alike = ""] = recordIds;
    const jobId = await addSpanJob(
      world,
      recordIds,
      recordIds.map((recordId) => ({ recordId, ...city(ROME) })),
    );
    const bo = await createMember(test.db, { project, role: "reviewer", name: "Bo" });
    const say = (who: ProjectActor, recordId: string, said: Said) => decide(who, { jobId, recordId }, [said]);
    const LONG = { start: 0, end: 6 };
    const LONGER = { start: 0, end: 7 };
    await say(member, value, here);
    await say(bo, value, { value: ["land"] });
    await say(member, borders, { ...here, ...LONG });
    await say(bo, borders, { ...here, ...LONGER });
    await say(member, refused, here);
    await say(bo, refused, none);
    await say(member, alike, { ...here, ...LONG });
    await say(bo, alike, { ...here, ...LONG });
    expect(await offered(member)).toEqual({ r3: [city(LONG)] });
    const final = (recordId: string, at: Borders, decided: string[]) =>
      reconcile(test.db, member, {
        label: "places",
        items: [{ recordId, ...at, value: decided, base: null }],
      });
    await final(value, ROME, ["time"]);
    await final(refused, ROME, []);
    await final(borders, LONG, ["city"]);
    const most = { r0: [time(ROME)], r2: [], r3: [city(LONG)] };
    expect(await offered(member)).toEqual(most);
    await final(borders, LONGER, []);
    expect(await offered(member)).toEqual({ ...most, r1: [city(LONG)] });
  });
});

describe("a prompt that asks for spans", () => {
  const draft = (examples: object) => ({
    provider: "openai:chat" as const,
    model: { model: "gpt-test" },
    prompt: JSON.parse(JSON.stringify({ labels: ["places"], examples })),
  });
  const shownIn = (prompt: string) =>
    [...prompt.matchAll(/Text:\n'''\n(.*)\n'''\nPlaces: (.*)/g)].map(([, text, answer]) => [text, answer]);

  async function verifiedWorld() {
    const world = await createSpanProject(test.db, { records: 4 });
    const { db, member, recordIds } = world;
    const [first = "", second = "", third = "", half = ""] = recordIds;
    await db.record.update({ where: { id: second }, data: { content: "Rome is far." } });
    await db.record.update({ where: { id: third }, data: { content: "Nobody left." } });
    // No quote finds a letter without its accent again.
    await db.record.update({ where: { id: half }, data: { content: "Rome, then by nighte\u0301" } });
    const jobId = await addSpanJob(world, recordIds, [
      { recordId: first, ...city(ROME) },
      { recordId: second, ...city({ start: 0, end: 4 }) },
      { recordId: half, ...city({ start: 19, end: 20 }) },
    ]);
    await open(world, [jobId]);
    await decide(member, { jobId, recordId: first }, [here]);
    await decide(member, { jobId, recordId: second }, [here]);
    await decide(member, { jobId, recordId: half }, [here]);
    await decide(member, { jobId, recordId: third }, [none]);
    return { world, first, second, third };
  }

  it("shows the nearest by wording or vector, and one without spans, also in the preview of a draft", async () => {
    const { world, first, second, third } = await verifiedWorld();
    const { db, member } = world;
    const preview = async (more: object) => {
      const { items, examplePool } = await previewDraft(db, member, {
        ...draft({ mode: "retrieved", k: 2, ...more }),
        texts: ["Rome, then by night"],
        limit: 1,
      });
      expect(examplePool).toBe(4);
      return shownIn(items[0]?.prompt ?? "");
    };
    const rome = [SPAN_TEXT, '[{"text": "Rome", "label": "city"}]'];
    expect(await preview({})).toEqual([["Nobody left.", "[]"], rome]);
    expect(await preview({ balanced: false })).toEqual([["Rome is far.", rome[1]], rome]);
    const vectors = [
      { recordId: first, vector: [-1, 0] },
      { recordId: second, vector: [1, 0.1] },
      { recordId: third, vector: [1, 0] },
    ];
    await putVectors(db, member, { name: "v", values: vectors });
    const { items } = await previewDraft(db, member, {
      ...draft({ mode: "retrieved", k: 2, by: "vector", balanced: false }),
      recordIds: [third],
      limit: 1,
    });
    expect(items[0]).toMatchObject({ isExample: true });
    expect(shownIn(items[0]?.prompt ?? "").map(([text]) => text)).toEqual([SPAN_TEXT, "Rome is far."]);
  });

  it("completes a fixed example that is a record by its verified spans", async () => {
    const { world, first, third } = await verifiedWorld();
    const { prompt } = await createAgent(world.db, world.member, {
      name: "A",
      ...draft({ mode: "fixed", items: [{ recordId: first }, { recordId: third }] }),
    });
    expect(prompt.examples).toMatchObject({
      items: [{ labels: { places: [city(ROME)] } }, { labels: { places: [] } }],
    });
    const other = await createSpanProject(test.db, { records: 1 });
    const unverified = draft({ mode: "fixed", items: [{ recordId: other.recordIds[0] }] });
    await expect(createAgent(other.db, other.member, { name: "A", ...unverified })).rejects.toThrow(
      /examples\.items\.0\.labels\.places: the record's spans of label "places" are not all verified/,
    );
  });
});
