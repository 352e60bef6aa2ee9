import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { sqlRows } from "@/server/platform/db";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
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
  getSession,
  listSessionItems,
  listVerifications,
  nextItem,
  patchSession,
  writeVerifications,
} from ".";
import { readSessionNews } from "./read-session-news";

const RECORDS = 40;
let test: TestDatabase;
let world: LabelledProject;
let jobs: string[];
let ann: ProjectActor;
let bo: ProjectActor;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await createLabelledProject(test.db);
  const records = await addRecords(
    world,
    Array.from({ length: RECORDS }, (_, at) => ({ externalId: `r${at}` })),
  );
  jobs = [await addJob(world, "One"), await addJob(world, "Two")];
  for (const job of jobs)
    for (const [at, id] of [...records.values()].entries())
      await addLabels(world, job, [[id, ["pos"]]], { conf: (at + 1) / 100 });
  ann = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ann" });
  bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
});

const open = (more: object = {}, by = world.member) =>
  createSession(
    test.db,
    by,
    createSessionInput.parse({
      project: "p",
      label: "sentiment",
      jobIds: [jobs[0]],
      blindShare: 0.25,
      ...more,
    }),
  );
const itemsOf = async (id: string, who: ProjectActor, filter: object = {}) =>
  (await listSessionItems(test.db, who, { id, limit: 200, sort: "position", ...filter })).items;
const blindKeys = async (id: string): Promise<string[]> =>
  (await itemsOf(id, world.member)).flatMap(({ blind, annotationId }) => (blind ? [annotationId] : []));
type Said = { value: string[]; status?: "CONFIRMS" | "CORRECTS" | "UNSURE" };
const decide = async (sessionId: string, who: ProjectActor, annotationId: string, said: Said) => {
  const { items } = await writeVerifications(test.db, who, { sessionId, items: [{ annotationId, ...said }] });
  const [answer] = items;
  return answer && "error" in answer ? answer.error.code : answer?.status;
};

describe("the blind share of a session", () => {
  it("is drawn exactly, and over whole records", async () => {
    const { counts, id } = await open();
    expect(counts).toMatchObject({ total: RECORDS, blind: 10 });
    expect(await blindKeys(id)).toHaveLength(10);
    expect((await open({ blindShare: 0 })).counts.blind).toBe(0);
    expect((await open({ blindShare: 1 })).counts.blind).toBe(RECORDS);
    const both = await itemsOf((await open({ jobIds: jobs })).id, world.member);
    const blindRecords = new Set(both.flatMap(({ blind, recordId }) => (blind ? [recordId] : [])));
    expect(both.filter(({ recordId }) => blindRecords.has(recordId)).every(({ blind }) => blind)).toBe(true);
    expect(blindRecords.size).toBe(10);
  });

  it("has places that come from the seed alone; the others keep their order", async () => {
    const { id } = await open({ blindShare: 0.5 });
    const places = await sqlRows<{ position: number; expected: number; blind: boolean; conf: number }>(
      test.db,
      `select i."position", i."blind", a."conf", (row_number() over (
          order by md5(s."blindSeed" || ':place:' || i."annotationId"::text) collate "C"))::int - 1 as "expected"
       from "SessionItem" i join "VerificationSession" s on s."id" = i."sessionId"
       join "Annotation" a on a."id" = i."annotationId" where i."sessionId" = $1::uuid order by i."position"`,
      [id],
    );
    expect(places.map(({ position }) => position)).toEqual(places.map((_, at) => at));
    for (const { blind, position, expected } of places) if (blind) expect(position).toBe(expected);
    const confs = places.flatMap(({ blind, conf }) => (blind ? [] : [conf]));
    expect(confs).toEqual([...confs].sort((a, b) => a - b));
  });
});

describe("a blind label", () => {
  it("says nothing in the items, by no filter and in no order, until one has decided", async () => {
    const { id } = await open({ jobIds: jobs });
    const hidden = new Set(await blindKeys(id));
    for (const sort of ["position", "confidence", "-confidence"] as const) {
      const items = await itemsOf(id, bo, { sort });
      for (const item of items) {
        const blind = hidden.has(item.annotationId);
        expect("value" in item || "conf" in item || "probabilities" in item || "confReason" in item).toBe(
          !blind,
        );
        expect(item.others.length).toBe(blind ? 0 : 1);
      }
      // By confidence they come last, in the order of their places.
      if (sort === "position") continue;
      const last = items.slice(-hidden.size);
      expect(last.every(({ blind }) => blind)).toBe(true);
      expect(last.map(({ position }) => position)).toEqual(
        last.map(({ position }) => position).sort((a, b) => a - b),
      );
    }
    for (const filter of [{ value: "pos" }, { confFrom: 0 }, { confBelow: 1 }])
      expect((await itemsOf(id, bo, filter)).some(({ blind }) => blind)).toBe(false);
  });

  it("pages by confidence without telling it", async () => {
    const { id } = await open();
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listSessionItems(test.db, bo, {
        id,
        limit: 3,
        sort: "confidence",
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ annotationId }) => annotationId));
      if (page.items.at(-1)?.blind && page.nextCursor) expect(page.nextCursor).toMatch(/~null$/);
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(RECORDS);
  });

  it("is handed out by next without what the job gave", async () => {
    const { id } = await open({ blindShare: 1, jobIds: jobs });
    const given = await nextItem(test.db, bo, { id });
    expect(given?.item.annotations).toHaveLength(2);
    const known = ["annotationId", "jobId", "blind", "start", "end"];
    for (const annotation of given?.item.annotations ?? [])
      expect(Object.keys(annotation).filter((name) => !known.includes(name))).toEqual([]);
  });

  it("takes no status that would tell by being refused, and derives it", async () => {
    const { id } = await open();
    const [first = "", second = "", third = ""] = await blindKeys(id);
    for (const status of ["CONFIRMS", "CORRECTS"] as const)
      for (const value of ["pos", "neg"])
        expect(await decide(id, bo, first, { value: [value], status })).toBe("wrong_status");
    expect(await test.db.verification.count({ where: { sessionId: id } })).toBe(0);
    expect(await decide(id, bo, first, { value: ["pos"] })).toBe("CONFIRMS");
    expect(await decide(id, bo, second, { value: ["neg"] })).toBe("CORRECTS");
    expect(await decide(id, bo, third, { value: [], status: "UNSURE" })).toBe("UNSURE");
    const inbox = await test.db.collabInbox.findMany({ orderBy: { id: "asc" } });
    expect(inbox.map(({ value }) => Reflect.get(Object(value), "status"))).toEqual([
      undefined,
      undefined,
      "UNSURE",
    ]);
  });

  it("is revealed to its author alone, in the items and the news; the first verdict is kept as blind", async () => {
    const { id } = await open();
    const [key = ""] = await blindKeys(id);
    await decide(id, bo, key, { value: ["neg"] });
    await decide(id, bo, key, { value: ["pos"] });
    const shown = async (who: ProjectActor) => {
      const item = (await itemsOf(id, who)).find(({ annotationId }) => annotationId === key);
      const { changes } = await readSessionNews(test.db, who, { id, since: new Date(0) });
      const change = changes.find(({ annotationId }) => annotationId === key);
      return {
        value: item?.value,
        status: item?.verdict?.status,
        said: item?.verdict?.value,
        told: change?.verdict?.status,
        revealed: change?.revealed?.value,
      };
    };
    expect(await shown(bo)).toEqual({
      value: ["pos"],
      status: "CONFIRMS",
      said: ["pos"],
      told: "CONFIRMS",
      revealed: ["pos"],
    });
    expect(await shown(ann)).toEqual({
      value: undefined,
      status: null,
      said: ["pos"],
      told: null,
      revealed: undefined,
    });
    // Who overrules it does so without having seen what the job gave.
    await decide(id, ann, key, { value: ["neu"] });
    const rows = await test.db.verification.findMany({
      where: { sessionId: id },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(rows.map((row) => [row.verifierId, row.value[0], row.blind])).toEqual([
      [bo.userId, "neg", true],
      [bo.userId, "pos", false],
      [ann.userId, "neu", true],
    ]);
    const cy = await createMember(test.db, { project: world.project, role: "reviewer", name: "Cy" });
    expect((await listVerifications(test.db, cy, { limit: 50, sessionId: id, history: true })).total).toBe(0);
    await patchSession(test.db, world.member, { id, state: "closed" });
    expect(await shown(cy)).toMatchObject({ value: ["pos"], status: "CORRECTS" });
  });

  it("is counted by what others made of it for none but those who have decided", async () => {
    const { id } = await open();
    const [first = "", second = "", third = ""] = await blindKeys(id);
    await decide(id, ann, first, { value: ["pos"] });
    await decide(id, ann, second, { value: ["neg"] });
    await decide(id, ann, third, { value: [], status: "UNSURE" });
    const of = async (who: ProjectActor) => {
      const { counts, agreement } = await getSession(test.db, who, { id });
      const { verified, confirmed, corrected, unsure, hidden, left } = counts;
      return { verified, confirmed, corrected, unsure, hidden, left, n: agreement?.n ?? 0 };
    };
    const left = RECORDS - 3;
    expect(await of(ann)).toEqual({
      verified: 3,
      confirmed: 1,
      corrected: 1,
      unsure: 1,
      hidden: 0,
      left,
      n: 2,
    });
    expect(await of(bo)).toEqual({
      verified: 3,
      confirmed: 0,
      corrected: 0,
      unsure: 1,
      hidden: 2,
      left,
      n: 0,
    });
    for (const state of ["CONFIRMS", "CORRECTS"] as const)
      expect(await itemsOf(id, bo, { state })).toEqual([]);
    expect(await itemsOf(id, bo, { state: "verified" })).toHaveLength(3);
  });

  it("comes into no other session that somebody opens who may not see it", async () => {
    await open({ blindShare: 0.5 });
    expect((await open({ blindShare: 0 }, bo)).counts.total).toBe(RECORDS / 2);
    expect((await open({ blindShare: 0 })).counts.total).toBe(RECORDS);
  });
});
