import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSessionInput, listSessionItemsInput } from "@/contracts/sessions";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import {
  createSession,
  createTicket,
  getSession,
  listSessionItems,
  listSessions,
  listVerifications,
  patchSession,
  writeVerifications,
} from ".";

let test: TestDatabase;
let world: LabelledProject;
let records: Map<string, string>;
let jobs: [string, string];

beforeAll(async () => {
  test = await createTestDatabase();
  world = await createLabelledProject(test.db);
  const { projectId } = world.member;
  await test.db.metadataName.createMany({
    data: [
      { projectId, name: "route", type: "string", visibility: "shown", position: 0 },
      { projectId, name: "truth", type: "string", visibility: "gold", position: 1 },
    ],
  });
  records = await addRecords(
    world,
    ["a", "b", "c", "d", "e"].map((externalId) => ({
      externalId,
      metadata: { route: `to ${externalId}`, truth: "neg" },
    })),
  );
  jobs = [await addJob(world, "First"), await addJob(world, "Second")];
  const confs = { a: 0.9, b: 0.2, c: null, d: 0.2, e: 0.5 };
  for (const [name, conf] of Object.entries(confs))
    await addLabels(world, jobs[0], [[idOf(name), ["pos"]]], { conf });
  await addLabels(
    world,
    jobs[1],
    [
      [idOf("a"), ["neg"]],
      [idOf("b"), ["pos"]],
    ],
    { conf: 0.7 },
  );
});
afterAll(() => test.drop());

const idOf = (externalId: string): string => records.get(externalId) ?? "";
const open = (input: object = {}) =>
  createSession(
    test.db,
    world.member,
    createSessionInput.parse({ project: "airline", label: "sentiment", jobIds: [jobs[0]], ...input }),
  );
const itemsOf = (id: string, more: object = {}, actor = world.member) =>
  listSessionItems(test.db, actor, listSessionItemsInput.parse({ project: "airline", id, ...more }));
const verdicts = (filter: object = {}) => listVerifications(test.db, world.member, { limit: 50, ...filter });

describe("a new session", () => {
  it("of a query or subset alone is on the labels of every job that has labelled its records", async () => {
    const both = await open({ jobIds: undefined, query: { externalIds: ["a", "b"] } });
    expect([both.jobIds, both.counts.total]).toEqual([jobs, 4]);
    const one = await open({ jobIds: undefined, query: { externalIds: ["c"] } });
    expect([one.jobIds, one.counts.total]).toEqual([[jobs[0]], 1]);
    const none = { jobIds: undefined, query: { externalIds: ["nobody"] } };
    await expect(open(none)).rejects.toMatchObject({ code: "no_items" });
    expect(
      createSessionInput.safeParse({ project: "airline", label: "sentiment" }).error?.issues,
    ).toMatchObject([{ path: ["jobIds"] }]);
  });

  it("and what is changed of it stand in the log, with who was let in", async () => {
    const bo = await createMember(test.db, { project: world.project, role: "annotator" });
    const { id } = await open({ name: "Monday", members: [bo.userId] });
    await patchSession(
      test.db,
      { ...world.member, address: "192.0.2.9" },
      { id, name: "Tuesday", members: [] },
    );
    const log = await test.db.auditEvent.findMany({ where: { target: id }, orderBy: { id: "asc" } });
    expect(log).toMatchObject([
      { action: "session.opened", details: { name: "Monday", labels: 5, members: [bo.userId] } },
      { action: "session.changed", details: { name: "Tuesday", members: [] }, origin: "192.0.2.9" },
    ]);
  });

  it("freezes the job's labels by confidence, those without one last, equal ones by position", async () => {
    const session = await open();
    expect(session).toMatchObject({
      name: "sentiment by First",
      state: "open",
      schemaVersion: 1,
      counts: { total: 5, verified: 0, confirmed: 0, corrected: 0, unsure: 0, left: 5 },
      agreement: null,
      room: `verification.${session.id}.0`,
      rooms: [`verification.${session.id}.0`],
    });
    const { items, total } = await itemsOf(session.id);
    expect(total).toBe(5);
    expect(items.map((item) => [item.externalId, item.conf, item.position])).toEqual([
      ["b", 0.2, 0],
      ["d", 0.2, 1],
      ["e", 0.5, 2],
      ["a", 0.9, 3],
      ["c", null, 4],
    ]);
    expect(items[0]?.metadata).toEqual({ route: "to b" });
  });

  it("of a conflict between two jobs holds both labels of the records on which they differ, and no other", async () => {
    const { id, counts } = await open({
      jobIds: jobs,
      query: { label: { name: "sentiment", op: "conflicts", annotators: jobs } },
    });
    expect(counts.total).toBe(2);
    const { items } = await itemsOf(id);
    expect(items.map((item) => [item.externalId, item.jobId, item.value])).toEqual([
      ["a", jobs[1], ["neg"]],
      ["a", jobs[0], ["pos"]],
    ]);
    expect(items[0]?.sameRecord).toEqual([{ annotationId: items[1]?.annotationId, room: items[1]?.room }]);
    expect(items[0]?.others).toMatchObject([
      { annotationId: items[1]?.annotationId, jobId: jobs[0], value: ["pos"], conf: 0.9 },
    ]);
  });

  it("puts the labels of several jobs on one record together, where the first of them comes", async () => {
    const { id } = await open({ jobIds: jobs });
    const { items } = await itemsOf(id);
    expect(items.map(({ externalId, conf }) => [externalId, conf])).toEqual([
      ["b", 0.2],
      ["b", 0.7],
      ["d", 0.2],
      ["e", 0.5],
      ["a", 0.7],
      ["a", 0.9],
      ["c", null],
    ]);
    expect(items.find(({ externalId }) => externalId === "d")?.sameRecord).toEqual([]);
  });

  it("counts no two labels of one record as right at once", async () => {
    const { id } = await open({
      jobIds: jobs,
      query: { label: { name: "sentiment", op: "conflicts", annotators: jobs } },
    });
    const { items } = await itemsOf(id);
    const say = (values: string[][]) =>
      writeVerifications(test.db, world.member, {
        sessionId: id,
        items: items.map(({ annotationId }, place) => ({ annotationId, value: values[place] ?? [] })),
      });
    await say([["neg"], ["pos"]]);
    expect(await getSession(test.db, world.member, { id })).toMatchObject({
      counts: { confirmed: 2 },
      agreement: null,
      apart: { together: 0, contradicting: 2 },
    });
    await say([["neg"], ["neg"]]);
    expect(await getSession(test.db, world.member, { id })).toMatchObject({
      counts: { confirmed: 1, corrected: 1 },
      agreement: { n: 2, point: 0.5 },
      apart: { together: 0, contradicting: 0 },
    });
  });

  it.each(["margin", "entropy", "disagreement", "random"])("can be ordered by %s", async (order) => {
    const { counts, id } = await open({ order, jobIds: jobs });
    expect(counts.total).toBe(7);
    const { items } = await itemsOf(id);
    expect(items.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    if (order === "disagreement")
      expect(items.slice(0, 2).map(({ externalId }) => externalId)).toEqual(["a", "a"]);
  });

  it("is refused with what is wrong, and nothing is left of it", async () => {
    const before = await test.db.verificationSession.count();
    const nobody = "018f0000-0000-7000-8000-000000000000";
    await expect(open({ label: "topic" })).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "label" }],
    });
    await expect(open({ jobIds: [jobs[0], nobody] })).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "jobIds.1", message: "is no job of this project" }],
    });
    await expect(open({ members: [nobody] })).rejects.toMatchObject({ errors: [{ path: "members.0" }] });
    expect(await errorCode(open({ query: { keyword: "nowhere" } }))).toBe("no_items");
    expect(await errorCode(open({ query: { nonsense: 1 } }))).toBe("invalid_query");
    expect(await test.db.verificationSession.count()).toBe(before);
  });
});

async function oneRecordTwoJobs() {
  const fresh = await createLabelledProject(test.db);
  const recordId = (await addRecords(fresh, [{ externalId: "x" }])).get("x") ?? "";
  const [job, other] = [await addJob(fresh, "First"), await addJob(fresh, "Second")];
  for (const id of [job, other]) await addLabels(fresh, id, [[recordId, ["pos"]]]);
  const asked = { project: fresh.project.slug, label: "sentiment", jobIds: [job] };
  return { fresh, asked, job, other };
}

describe("a session that is open already", () => {
  it("is where everybody who asks for the same labels meets, also at the same moment", async () => {
    const { fresh, asked, job, other } = await oneRecordTwoJobs();
    const bo = await createMember(test.db, { project: fresh.project, role: "reviewer" });
    const ask = (input: object = {}, actor = fresh.member) =>
      createSession(test.db, actor, createSessionInput.parse({ ...asked, reuse: true, ...input }));
    const [first, second] = await Promise.all([ask(), ask({}, bo)]);
    expect(second?.id).toBe(first?.id);
    expect((await ask({ order: "random", blindShare: 0.5 })).id).toBe(first?.id);

    const query = { keyword: "text" };
    const others = [
      await ask({ reuse: false }),
      await ask({ query }),
      await ask({ sample: { size: 1, seed: 1 } }),
      await ask({ sample: { size: 1, seed: 1 } }),
      await ask({ mode: "independent" }),
      await ask({ mode: "independent" }),
      await ask({ jobIds: [job, other] }),
    ].map(({ id }) => id);
    expect(new Set([first?.id, ...others]).size).toBe(8);
    expect((await ask({ query })).id).toBe(others[1]);
    for (const id of [first?.id, others[0]])
      await patchSession(test.db, fresh.member, { id: id ?? "", state: "closed" });
    expect((await ask()).id).not.toBe(first?.id);
  });

  it("says on which records it was opened and who was let in, but not to annotators", async () => {
    const { fresh, asked } = await oneRecordTwoJobs();
    const { projectId, userId } = fresh.member;
    const bo = await createMember(test.db, { project: fresh.project, role: "annotator", name: "Bo" });
    const rita = await createMember(test.db, { project: fresh.project, role: "reviewer" });
    const subset = { id: newId(), name: "held-out" };
    const query = { keyword: "text" };
    await test.db.subset.create({ data: { ...subset, projectId, kind: "live", query, createdById: userId } });
    const start = (input: object = {}) =>
      createSession(test.db, fresh.member, createSessionInput.parse({ ...asked, ...input }));
    const seen = (id: string, actor = rita) => getSession(test.db, actor, { id });

    const whole = await start();
    expect(whole).toMatchObject({ records: { subset: null, query: null }, narrowed: false, members: [] });
    const { id } = await start({ subsetId: subset.id, query, members: [bo.userId] });
    expect(await seen(id)).toMatchObject({
      records: { subset, query },
      narrowed: true,
      members: [{ id: bo.userId, name: "Bo" }],
    });
    expect(await seen(id, bo)).toMatchObject({ records: null, narrowed: true, members: null });

    const blind = await start({ query, blindShare: 0.5 });
    expect(blind.records).toEqual({ subset: null, query });
    expect(await seen(blind.id)).toMatchObject({ records: { subset: null, query: null }, narrowed: true });

    await test.db.membership.updateMany({
      where: { projectId, userId: bo.userId },
      data: { removedAt: new Date() },
    });
    expect((await seen(id)).members).toEqual([]);
  });
});

describe("the items of a session", () => {
  it("come in pages that join, in any order", async () => {
    const { id } = await open({ jobIds: jobs });
    for (const sort of ["position", "confidence", "-confidence"]) {
      const whole = (await itemsOf(id, { sort })).items.map((item) => item.annotationId);
      const paged: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await itemsOf(id, { sort, limit: 2, ...(cursor ? { cursor } : {}) });
        paged.push(...page.items.map((item) => item.annotationId));
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(whole);
      expect(new Set(paged).size).toBe(7);
    }
    expect(await errorCode(itemsOf(id, { cursor: "x" }))).toBe("invalid_cursor");
    expect(await errorCode(itemsOf(id, { cursor: "1", sort: "confidence" }))).toBe("invalid_cursor");
  });

  it("are narrowed by what a reviewer asks", async () => {
    const { id } = await open();
    await writeVerifications(test.db, world.member, {
      sessionId: id,
      jobId: jobs[0],
      items: [
        { recordId: idOf("a"), label: "sentiment", value: ["pos"] },
        { recordId: idOf("b"), label: "sentiment", value: ["neg"] },
        { recordId: idOf("e"), label: "sentiment", value: [], status: "UNSURE" },
      ],
    });
    const names = async (filter: object) => (await itemsOf(id, filter)).items.map((item) => item.externalId);
    expect(await names({ state: "unverified" })).toEqual(["d", "c"]);
    expect(await names({ state: "verified" })).toEqual(["b", "e", "a"]);
    expect(await names({ state: "CORRECTS" })).toEqual(["b"]);
    expect(await names({ confFrom: 0.2, confBelow: 0.9 })).toEqual(["b", "d", "e"]);
    expect(await names({ keyword: "TEXT OF C" })).toEqual(["c"]);
    expect(await names({ value: "neg" })).toEqual([]);
    const { items } = await itemsOf(id, { state: "CORRECTS" });
    expect(items[0]?.verdict).toMatchObject({
      status: "CORRECTS",
      value: ["neg"],
      by: { id: world.member.userId },
    });
    expect(await getSession(test.db, world.member, { id })).toMatchObject({
      counts: { total: 5, verified: 3, confirmed: 1, corrected: 1, unsure: 1, left: 2 },
      agreement: { n: 2, point: 0.5 },
    });
  });
});

describe("whose session it is", () => {
  it("an annotator sees those opened to them, in lists, by id, with their items and tickets", async () => {
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    const session = await open();
    const { id } = session;
    const all = { limit: 50 };
    expect((await listSessions(test.db, annotator, all)).items).toEqual([]);
    expect(await errorCode(getSession(test.db, annotator, { id }))).toBe("not_found");
    expect(await errorCode(itemsOf(id, {}, annotator))).toBe("not_found");
    expect(await errorCode(createTicket(test.db, annotator, { id }))).toBe("not_found");
    const write = () =>
      writeVerifications(test.db, annotator, {
        jobId: jobs[0],
        items: [{ recordId: idOf("d"), label: "sentiment", value: ["neu"] }],
      });
    expect((await write()).items).toMatchObject([{ error: { code: "no_annotation" } }]);
    await patchSession(test.db, world.member, { id, members: [annotator.userId] });
    expect((await listSessions(test.db, annotator, all)).items).toMatchObject([{ id }]);
    expect((await itemsOf(id, {}, annotator)).total).toBe(5);
    expect((await write()).items).toMatchObject([{ status: "CORRECTS" }]);
    expect((await listVerifications(test.db, annotator, { limit: 50 })).items).toMatchObject([
      { sessionId: id, verifier: { id: annotator.userId } },
    ]);
  });

  it("nobody of another project knows of it", async () => {
    const other = await createLabelledProject(test.db);
    const { id } = await open();
    expect(await errorCode(getSession(test.db, other.member, { id }))).toBe("not_found");
    expect(await errorCode(patchSession(test.db, other.member, { id, state: "closed" }))).toBe("not_found");
    const items = [{ annotationId: (await itemsOf(id)).items[0]?.annotationId, value: ["neg"] }];
    expect((await writeVerifications(test.db, other.member, { items })).items).toMatchObject([
      { error: { code: "no_annotation" } },
    ]);
    expect(await errorCode(writeVerifications(test.db, other.member, { sessionId: id, items }))).toBe(
      "not_found",
    );
  });

  it("lists are paged, newest first, and narrowed by state and job", async () => {
    const ids = [(await open()).id, (await open()).id, (await open({ jobIds: [jobs[1]] })).id];
    await patchSession(test.db, world.member, { id: ids[1] ?? "", state: "closed" });
    const list = (filter: object) => listSessions(test.db, world.member, { limit: 2, ...filter });
    const first = await list({});
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const second = await list({ cursor: first.nextCursor });
    expect(second.items[0]?.id).toBe(ids[0]);
    expect((await list({ state: "closed" })).items.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await list({ jobId: jobs[1], limit: 1 })).items.map(({ id }) => id)).toEqual([ids[2]]);
    expect(await errorCode(list({ cursor: "x" }))).toBe("invalid_cursor");
  });
});

describe("verdicts by REST", () => {
  it("outside sessions stand beside those of other people, one current row a person", async () => {
    const fresh = await createLabelledProject(test.db);
    const found = await addRecords(fresh, [{ externalId: "x" }]);
    const recordId = found.get("x") ?? "";
    const jobId = await addJob(fresh);
    await addLabels(fresh, jobId, [[recordId, ["pos"]]]);
    const other = await createMember(test.db, { project: fresh.project, role: "reviewer", name: "Bo" });
    const say = (actor: typeof other, value: string[], status?: "UNSURE") =>
      writeVerifications(test.db, actor, { jobId, items: [{ recordId, label: "sentiment", value, status }] });
    const [one] = (await say(fresh.member, ["neg"])).items;
    expect(one).toMatchObject({ recordId, label: "sentiment", status: "CORRECTS" });
    expect((await say(fresh.member, ["neg"])).items).toEqual([one]);
    await say(other, ["pos"]);
    await say(fresh.member, [], "UNSURE");
    const list = (filter: object) => listVerifications(test.db, fresh.member, { limit: 50, ...filter });
    expect((await list({})).items.map((row) => [row.verifier.name, row.status, row.current])).toEqual([
      ["Ada", "UNSURE", true],
      ["Bo", "CONFIRMS", true],
    ]);
    expect((await list({ history: true })).items.map((row) => row.status)).toEqual([
      "UNSURE",
      "CONFIRMS",
      "CORRECTS",
    ]);
    expect((await list({ status: "CONFIRMS" })).items).toMatchObject([
      { verifier: { id: other.userId }, sessionId: null },
    ]);
    const page = await list({ limit: 1 });
    expect((await list({ limit: 1, cursor: page.nextCursor })).items).toMatchObject([{ status: "CONFIRMS" }]);
    expect((await list({ jobId: jobs[0] })).items).toEqual([]);
    expect(await errorCode(list({ cursor: "x" }))).toBe("invalid_cursor");
  });

  it("are answered one by one, in the order asked", async () => {
    const { id } = await open();
    const label = "sentiment";
    const { items } = await writeVerifications(test.db, world.member, {
      jobId: jobs[0],
      sessionId: id,
      items: [
        { recordId: idOf("a"), label, value: ["nonsense"] },
        { recordId: idOf("a"), label, value: ["pos", "neg"] },
        { recordId: idOf("a"), label, value: ["pos"], status: "CORRECTS" },
        { recordId: idOf("a"), label: "topic", value: ["pos"] },
        { label, value: ["pos"] },
        { recordId: idOf("a"), label, value: ["neg"] },
        { recordId: idOf("a"), label, value: ["neu"] },
      ],
    });
    expect(items.map((item) => ("error" in item ? item.error.code : item.status))).toEqual([
      "invalid_value",
      "invalid_value",
      "wrong_status",
      "no_annotation",
      "invalid",
      "CORRECTS",
      "CORRECTS",
    ]);
    expect((await verdicts({ sessionId: id })).items).toMatchObject([{ value: ["neu"] }]);
    expect((await verdicts({ sessionId: id, history: true })).total).toBe(2);
  });

  it("are refused whole in a closed session", async () => {
    const { id } = await open();
    await patchSession(test.db, world.member, { id, state: "closed" });
    const items = [{ recordId: idOf("a"), label: "sentiment", value: ["neg"] }];
    expect(
      await errorCode(writeVerifications(test.db, world.member, { jobId: jobs[0], sessionId: id, items })),
    ).toBe("closed");
    expect((await verdicts({ sessionId: id })).total).toBe(0);
  });
});
