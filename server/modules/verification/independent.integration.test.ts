import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
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
import { seededRandom } from "@/server/testing/seeded-random";
import { waitFor } from "@/server/testing/wait-for";
import {
  createSession,
  getSession,
  giveBackLease,
  listSessionItems,
  listVerifications,
  nextItem,
  patchSession,
  writeVerifications,
} from ".";
import { readSessionNews } from "./read-session-news";

let test: TestDatabase;
let world: LabelledProject;
let jobId: string;
let sessionId: string;
let people: ProjectActor[];

const RECORDS = 12;
const OVERLAP = 2;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await createLabelledProject(test.db);
  const records = await addRecords(
    world,
    Array.from({ length: RECORDS }, (_, at) => ({ externalId: `r${String(at).padStart(2, "0")}` })),
  );
  jobId = await addJob(world);
  for (const [at, id] of [...records.values()].entries())
    await addLabels(world, jobId, [[id, ["pos"]]], { conf: at / 100 });
  sessionId = (await open({ verdictsPerItem: OVERLAP })).id;
  people = await Promise.all(
    ["Ann", "Bo", "Cy", "Di", "Ed"].map((name) =>
      createMember(test.db, { project: world.project, role: "reviewer", name }),
    ),
  );
});

const open = (more: object = {}) =>
  createSession(
    test.db,
    world.member,
    createSessionInput.parse({
      project: "p",
      label: "sentiment",
      jobIds: [jobId],
      mode: "independent",
      ...more,
    }),
  );
const person = (at: number): ProjectActor => {
  const found = people[at];
  if (!found) throw new Error("nobody");
  return found;
};
const itemsOf = async (who: ProjectActor, filter: object = {}) =>
  (await listSessionItems(test.db, who, { id: sessionId, limit: 100, sort: "position", ...filter })).items;
const keyAt = async (place: number): Promise<string> =>
  (await itemsOf(world.member))[place]?.annotationId ?? "";
const decide = async (who: ProjectActor, annotationId: string, value: string[], status?: "UNSURE") => {
  const [answer] = (
    await writeVerifications(test.db, who, { sessionId, items: [{ annotationId, value, status }] })
  ).items;
  return answer && "error" in answer ? answer.error.code : answer?.status;
};

describe("an independent session", () => {
  it("takes two verdicts a label unless it is said otherwise; a shared one has one verdict a label", async () => {
    expect(await open()).toMatchObject({ mode: "independent", verdictsPerItem: 2, blindShare: 0 });
    expect(await open({ mode: "shared" })).toMatchObject({
      mode: "shared",
      verdictsPerItem: null,
      overall: null,
    });
    expect((await open({ mode: "shared", verdictsPerItem: 1 })).verdictsPerItem).toBeNull();
    await expect(open({ mode: "shared", verdictsPerItem: 2 })).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "verdictsPerItem" }],
    });
    for (const verdictsPerItem of [0, 21, 1.5])
      expect(
        createSessionInput.safeParse({ project: "p", label: "l", jobIds: [sessionId], verdictsPerItem })
          .success,
      ).toBe(false);
  });

  it("gives each person rooms of their own", async () => {
    const ann = person(0);
    const room = `verification.${sessionId}.0.${ann.userId}`;
    expect(await getSession(test.db, ann, { id: sessionId })).toMatchObject({ room, rooms: [room] });
    expect((await itemsOf(ann)).every((item) => item.room === room)).toBe(true);
    expect(await test.db.collabRoom.count({ where: { sessionId } })).toBe(0);
    await decide(ann, await keyAt(0), ["pos"]);
    expect(await test.db.collabRoom.findMany({ where: { sessionId } })).toMatchObject([
      { name: room, chunk: 0, userId: ann.userId },
    ]);
  });

  it("shows another's verdict only after one's own, or once it is closed", async () => {
    const [ann, bo, cy] = [person(0), person(1), person(2)];
    const key = await keyAt(0);
    expect(await decide(ann, key, ["neg"])).toBe("CORRECTS");
    const seenBy = async (who: ProjectActor) => {
      const [item] = await itemsOf(who);
      const listed = await listVerifications(test.db, who, { limit: 50, sessionId });
      const { changes } = await readSessionNews(test.db, who, { id: sessionId, since: new Date(0) });
      return {
        own: item?.verdict?.value ?? null,
        others: item?.verdicts.map(({ value }) => value),
        listed: listed.items.map(({ verifier }) => verifier.name).sort(),
        total: listed.total,
        news: changes.flatMap(({ verdicts }) => verdicts.map(({ by }) => by.name)),
      };
    };
    expect(await seenBy(bo)).toEqual({ own: null, others: [], listed: [], total: 0, news: [] });
    expect(await seenBy(ann)).toMatchObject({ own: ["neg"], others: [], listed: ["Ann"] });
    // An administrator reads every verdict outside the session, and none in it before their own.
    expect(await seenBy(world.member)).toMatchObject({ own: null, others: [], listed: ["Ann"], news: [] });
    expect(await decide(bo, key, ["pos"])).toBe("CONFIRMS");
    expect(await seenBy(bo)).toEqual({
      own: ["pos"],
      others: [["neg"]],
      listed: ["Ann", "Bo"],
      total: 2,
      news: ["Ann"],
    });
    expect(await seenBy(ann)).toMatchObject({ own: ["neg"], others: [["pos"]] });
    expect(await seenBy(cy)).toMatchObject({ own: null, others: [], listed: [] });
    await patchSession(test.db, world.member, { id: sessionId, state: "closed" });
    expect(await seenBy(cy)).toMatchObject({ own: null, others: [["neg"], ["pos"]], listed: ["Ann", "Bo"] });
    await patchSession(test.db, world.member, { id: sessionId, state: "open" });
    expect(await seenBy(cy)).toMatchObject({ others: [], listed: [] });
  });

  it("counts one's own verdicts, and of all only how many there are", async () => {
    const [ann, bo, cy] = [person(0), person(1), person(2)];
    const [first, second] = [await keyAt(0), await keyAt(1)];
    await decide(ann, first, ["neg"]);
    await decide(ann, second, ["pos"]);
    await decide(bo, first, ["pos"]);
    const of = async (who: ProjectActor) => {
      const { counts, overall, agreement } = await getSession(test.db, who, { id: sessionId });
      return { counts, overall, n: agreement?.n ?? 0, point: agreement?.point };
    };
    const overall = { verdicts: 3, complete: 1 };
    expect(await of(ann)).toMatchObject({
      counts: { total: RECORDS, verified: 2, confirmed: 1, corrected: 1, left: RECORDS - 2 },
      overall,
      // Bo's verdict on the first label is one that Ann may see.
      n: 3,
    });
    expect(await of(cy)).toMatchObject({ counts: { verified: 0, left: RECORDS }, overall, n: 0 });
    const { counts, overall: told } = await readSessionNews(test.db, cy, {
      id: sessionId,
      since: new Date(),
    });
    expect([counts.verified, told]).toEqual([0, overall]);
  });

  it("refuses one verdict too many, lets those who have decided change theirs, and counts can't tell", async () => {
    const [ann, bo, cy] = [person(0), person(1), person(2)];
    const key = await keyAt(0);
    await decide(ann, key, [], "UNSURE");
    await decide(bo, key, ["pos"]);
    expect(await decide(cy, key, ["neg"])).toBe("enough_verdicts");
    expect((await itemsOf(cy))[0]).toMatchObject({ enough: true, verdict: null, verdicts: [] });
    expect(await decide(ann, key, ["neg"])).toBe("CORRECTS");
    expect((await itemsOf(ann))[0]).toMatchObject({ enough: false, verdict: { value: ["neg"] } });
    const rows = await test.db.verification.findMany({
      where: { sessionId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(rows.map((row) => [row.verifierId, row.status, row.current, row.inSharedSession])).toEqual([
      [ann.userId, "UNSURE", false, false],
      [bo.userId, "CONFIRMS", true, false],
      [ann.userId, "CORRECTS", true, false],
    ]);
  });

  it("keeps a person's verdicts in two such sessions and outside apart", async () => {
    const ann = person(0);
    const key = await keyAt(0);
    const outside = { jobId, items: [{ annotationId: key, value: ["neu"] }] };
    await patchSession(test.db, world.member, { id: sessionId, state: "closed" });
    await writeVerifications(test.db, ann, outside);
    await patchSession(test.db, world.member, { id: sessionId, state: "open" });
    await decide(ann, key, ["neg"]);
    const first = sessionId;
    sessionId = (await open()).id;
    await decide(ann, key, ["pos"]);
    const rows = await test.db.verification.findMany({ where: { verifierId: ann.userId, current: true } });
    expect(new Map(rows.map((row) => [row.sessionId, row.value[0]]))).toEqual(
      new Map([
        [null, "neu"],
        [first, "neg"],
        [sessionId, "pos"],
      ]),
    );
  });

  it("is closed for everybody at once, also for who comes later", async () => {
    await decide(person(0), await keyAt(0), ["pos"]);
    await patchSession(test.db, world.member, { id: sessionId, state: "closed" });
    expect(await errorCode(decide(person(1), await keyAt(0), ["pos"]))).toBe("closed");
    expect(await errorCode(nextItem(test.db, person(1), { id: sessionId }))).toBe("closed");
  });
});

describe("next in an independent session", () => {
  const take = (who: ProjectActor, skip: string[] = []) => nextItem(test.db, who, { id: sessionId, skip });
  const nameOf = async (who: ProjectActor, skip: string[] = []) => (await take(who, skip))?.item.externalId;

  it("hands a record to as many people as it wants verdicts, those who hold it among them", async () => {
    expect(await nameOf(person(0))).toBe("r00");
    expect(await nameOf(person(1))).toBe("r00");
    expect(await nameOf(person(2))).toBe("r01");
    const slots = await test.db.sessionLease.findMany({
      where: { sessionId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(slots.map(({ slot }) => slot)).toEqual([0, 1, 0]);
    // Without a lease nobody comes between those who hold it.
    expect(await decide(person(3), await keyAt(0), ["pos"])).toBe("held");
    expect(await decide(person(0), await keyAt(0), ["pos"])).toBe("CONFIRMS");
    expect(await nameOf(person(0))).toBe("r01");
    expect(await nameOf(person(3))).toBe("r02");
    expect(await decide(person(1), await keyAt(0), ["pos"])).toBe("CONFIRMS");
    expect(await nameOf(person(4))).toBe("r02");
  });

  it("gives a place back when a lease ends, and nothing to who has decided everything", async () => {
    const held = await take(person(0));
    await take(person(1));
    await giveBackLease(test.db, person(0), { id: held?.lease.id ?? "" });
    expect(await nameOf(person(2))).toBe("r00");
    for (const item of await itemsOf(person(3)))
      if (item.externalId !== "r00") await decide(person(3), item.annotationId, ["pos"]);
    expect(await take(person(3))).toBeNull();
  });

  it("never has more verdicts than it wants, nor more people on a record, whatever they do at once", async () => {
    const random = seededRandom(7);
    const keys = (await itemsOf(world.member)).map(({ annotationId }) => annotationId);
    const codes = new Map<string, number>();
    const note = (code = "none") => codes.set(code, (codes.get(code) ?? 0) + 1);
    const work = async (who: ProjectActor) => {
      for (let turn = 0; turn < 3 * RECORDS; turn++) {
        if (random() < 0.3) {
          note(await decide(who, keys[Math.floor(random() * keys.length)] ?? "", ["neg"]));
          continue;
        }
        const given = await take(who);
        if (!given) return;
        if (random() < 0.15) await giveBackLease(test.db, who, { id: given.lease.id });
        else {
          // What was handed out is never refused.
          expect(await decide(who, given.item.annotationId, ["pos"])).toBe("CONFIRMS");
        }
      }
    };
    await Promise.all(people.map(work));
    const verdicts = await test.db.verification.groupBy({
      by: ["annotationId"],
      where: { sessionId, current: true, status: { not: null } },
      _count: true,
    });
    expect(verdicts).toHaveLength(RECORDS);
    for (const { _count } of verdicts) expect(_count).toBe(OVERLAP);
    expect((codes.get("enough_verdicts") ?? 0) + (codes.get("held") ?? 0)).toBeGreaterThan(0);
  });
});

it("takes a person's first verdict by REST while a live commit makes them known", async () => {
  const { id } = await open({ mode: "shared" });
  const who = person(0);
  const { items } = await listSessionItems(test.db, who, { id, limit: 1, sort: "position" });
  const live = await test.pool.connect();
  try {
    await live.query("begin");
    await live.query(`select 1 from "CollabRoom" where "sessionId" = $1 for update`, [id]);
    const byRest = writeVerifications(test.db, who, {
      sessionId: id,
      items: [{ annotationId: items[0]?.annotationId ?? "", value: ["neg"] }],
    });
    await waitFor("REST to wait for the room", async () => {
      const { rowCount } = await live.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    await live.query(
      `insert into "Annotator" ("projectId", "id", "kind", "name") values ($1, $2, 'user', 'Ann')
       on conflict ("projectId", "id") do update set "name" = excluded."name"`,
      [who.projectId, who.userId],
    );
    await live.query("commit");
    expect(await byRest).toMatchObject({ items: [{ id: expect.any(String) }] });
  } finally {
    live.release();
  }
});
