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
import {
  createSession,
  giveBackLease,
  keepLease,
  listSessionItems,
  nextItem,
  patchSession,
  writeVerifications,
} from "..";

let test: TestDatabase;
let world: LabelledProject;
let sessionId: string;
let people: ProjectActor[];
const RECORDS = 30;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await createLabelledProject(test.db);
  const names = Array.from({ length: RECORDS }, (_, at) => `r${String(at).padStart(2, "0")}`);
  const records = await addRecords(
    world,
    names.map((externalId) => ({ externalId })),
  );
  const jobs = [await addJob(world, "One"), await addJob(world, "Two")];
  for (const job of jobs)
    for (const [at, id] of [...records.values()].entries())
      await addLabels(world, job, [[id, ["pos"]]], { conf: at / 100 });
  const made = await createSession(
    test.db,
    world.member,
    createSessionInput.parse({ project: "p", label: "sentiment", jobIds: jobs }),
  );
  sessionId = made.id;
  people = await Promise.all(
    ["Ann", "Bo", "Cy", "Di", "Ed"].map((name) =>
      createMember(test.db, { project: world.project, role: "reviewer", name }),
    ),
  );
});

const next = (who: ProjectActor | undefined, skip: string[] = []) => {
  if (!who) throw new Error("nobody");
  return nextItem(test.db, who, { id: sessionId, skip });
};
const decide = async (who: ProjectActor, annotationIds: readonly string[]) =>
  (
    await writeVerifications(test.db, who, {
      sessionId,
      items: annotationIds.map((annotationId) => ({ annotationId, value: ["pos"] })),
    })
  ).items.map((item) => ("error" in item ? item.error.code : item.status));
const expire = () => test.db.sessionLease.updateMany({ data: { expiresAt: new Date(0) } });
describe("next", () => {
  it("hands out the records in the session's order, each to one person, with the labels of all jobs", async () => {
    const given = [];
    for (const person of people) given.push(await next(person));
    expect(given.map((one) => one?.item.externalId)).toEqual(["r00", "r01", "r02", "r03", "r04"]);
    expect(given[0]?.item.annotations).toHaveLength(2);
    expect(given[0]?.item.annotationId).toBe(given[0]?.item.annotations[0]?.annotationId);
    const { items } = await listSessionItems(test.db, world.member, {
      id: sessionId,
      limit: 3,
      sort: "position",
    });
    expect(items.map(({ holder }) => holder?.name)).toEqual(["Ann", "Ann", "Bo"]);
  });

  it("gives the same again, unless it is skipped, by record or by label", async () => {
    const [ann, bo] = people;
    const first = await next(ann);
    expect((await next(ann))?.lease.id).toBe(first?.lease.id);
    const second = await next(ann, [first?.item.recordId ?? ""]);
    expect(second?.item.externalId).toBe("r01");
    expect((await next(bo))?.item.externalId).toBe("r00");
    const third = await next(ann, [second?.item.annotationId ?? ""]);
    // The other label of that record is still to be decided, and not skipped.
    expect(third?.item.externalId).toBe("r01");
    expect(third?.item.annotationId).toBe(second?.item.annotationId);
  });

  it("ends a lease by the verdict, by giving it back, or when it isn't prolonged; only its owner can do either", async () => {
    const [ann, bo] = people;
    if (!ann || !bo) throw new Error("nobody");
    const first = await next(ann);
    expect(await errorCode(keepLease(test.db, bo, { id: first?.lease.id ?? "" }))).toBe("not_found");
    await giveBackLease(test.db, bo, { id: first?.lease.id ?? "" });
    expect((await next(bo))?.item.externalId).toBe("r01");
    expect(
      Date.parse((await keepLease(test.db, ann, { id: first?.lease.id ?? "" })).expiresAt),
    ).toBeGreaterThan(Date.parse(first?.lease.expiresAt ?? "") - 1);
    await expire();
    expect(await errorCode(keepLease(test.db, ann, { id: first?.lease.id ?? "" }))).toBe("not_found");
    expect((await next(bo))?.item.externalId).toBe("r00");
    await giveBackLease(test.db, bo, { id: (await next(bo))?.lease.id ?? "" });
    expect((await next(ann))?.item.externalId).toBe("r00");
  });

  it("can't be kept by who was sent out of the session", async () => {
    const guest = await createMember(test.db, { project: world.project, role: "annotator", name: "Guest" });
    await patchSession(test.db, world.member, { id: sessionId, members: [guest.userId] });
    const id = (await next(guest))?.lease.id ?? "";
    await keepLease(test.db, guest, { id });
    await patchSession(test.db, world.member, { id: sessionId, members: [] });
    expect(await errorCode(keepLease(test.db, guest, { id }))).toBe("not_found");
  });

  it("refuses others' verdicts on what is held, and lets them stand on what is free", async () => {
    const [ann, bo] = people;
    if (!ann || !bo) throw new Error("nobody");
    const mine = await next(ann);
    const ids = mine?.item.annotations.map(({ annotationId }) => annotationId) ?? [];
    expect(await decide(bo, ids)).toEqual(["held", "held"]);
    const { items } = await listSessionItems(test.db, world.member, {
      id: sessionId,
      limit: 100,
      sort: "position",
    });
    const free = items.find(({ externalId }) => externalId === "r09")?.annotationId ?? "";
    expect(await decide(bo, [free])).toEqual(["CONFIRMS"]);
    expect(await decide(ann, ids)).toEqual(["CONFIRMS", "CONFIRMS"]);
    expect(await test.db.sessionLease.count({ where: { sessionId } })).toBe(0);
  });

  it("is refused in a closed session, and in another project's", async () => {
    const other = await createLabelledProject(test.db);
    const stranger = await createMember(test.db, { project: other.project, role: "reviewer" });
    expect(await errorCode(next(stranger))).toBe("not_found");
    await patchSession(test.db, world.member, { id: sessionId, state: "closed" });
    expect(await errorCode(next(people[0]))).toBe("closed");
    const viewer = await createMember(test.db, { project: world.project, role: "viewer" });
    expect(await errorCode(next(viewer))).toBe("forbidden");
  });

  it("never gives one record to two people, whatever they do at once, until all is decided", async () => {
    const random = seededRandom(5);
    const holders = new Map<string, string>();
    const decided = new Set<string>();
    const work = async (who: ProjectActor) => {
      for (;;) {
        const given = await next(who);
        if (!given) return;
        const { recordId, annotations } = given.item;
        expect([undefined, who.userId]).toContain(holders.get(recordId));
        expect(decided.has(recordId)).toBe(false);
        holders.set(recordId, who.userId);
        if (random() < 0.2) {
          holders.delete(recordId);
          await giveBackLease(test.db, who, { id: given.lease.id });
          continue;
        }
        decided.add(recordId);
        holders.delete(recordId);
        expect(
          await decide(
            who,
            annotations.map(({ annotationId }) => annotationId),
          ),
        ).toEqual(["CONFIRMS", "CONFIRMS"]);
      }
    };
    await Promise.all(people.map(work));
    expect(decided.size).toBe(RECORDS);
    expect(await test.db.verification.count({ where: { sessionId, current: true } })).toBe(2 * RECORDS);
  });
});
