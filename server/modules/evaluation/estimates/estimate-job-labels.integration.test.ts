import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { deleteRecord } from "@/server/modules/records";
import { createSession, listSessionItems, writeVerifications } from "@/server/modules/verification";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import {
  addJob,
  addLabels,
  addRecords,
  addVerdict,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { estimateJobLabels, wilsonInterval } from "..";

const RECORDS = 60;
let test: TestDatabase;
let world: LabelledProject;
let jobId: string;
let ids: string[];
let ann: ProjectActor;
let bo: ProjectActor;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await createLabelledProject(test.db);
  ids = [
    ...(
      await addRecords(
        world,
        Array.from({ length: RECORDS }, (_, at) => ({ externalId: `r${at}` })),
      )
    ).values(),
  ];
  jobId = await addJob(world);
  // Two thirds pos, the surest last; every fifth is wrong.
  for (const [at, id] of ids.entries())
    await addLabels(world, jobId, [[id, [at % 3 === 0 ? "neg" : "pos"]]], { conf: (at + 40) / 100 });
  [ann, bo] = (await Promise.all(
    ["Ann", "Bo"].map((name) => createMember(test.db, { project: world.project, role: "reviewer", name })),
  )) as [ProjectActor, ProjectActor];
});

const given = (at: number) => (at % 3 === 0 ? "neg" : "pos");
const right = (at: number) => (at % 5 === 0 ? "neu" : given(at));
const ask = (who: ProjectActor = world.member) =>
  estimateJobLabels(test.db, who, { jobId, label: "sentiment" });
const open = (more: object) =>
  createSession(
    test.db,
    world.member,
    createSessionInput.parse({ project: "p", label: "sentiment", jobIds: [jobId], ...more }),
  );
const itemsOf = async (sessionId: string) =>
  (await listSessionItems(test.db, world.member, { id: sessionId, limit: 200, sort: "position" })).items;

/** Says what is right of the items of a session that are asked for. */
async function verify(
  sessionId: string,
  who: ProjectActor,
  which: (blind: boolean, place: number) => boolean,
) {
  const items = (await itemsOf(sessionId)).filter(({ blind }, place) => which(blind, place));
  const { items: answers } = await writeVerifications(test.db, who, {
    sessionId,
    items: items.map(({ annotationId, recordId }) => ({
      annotationId,
      value: [right(ids.indexOf(recordId))],
    })),
  });
  expect(answers.filter((answer) => "error" in answer)).toEqual([]);
  return items;
}

describe("the estimate of a job's labels", () => {
  it("says why there is none before anybody has checked, with what the job gave", async () => {
    const none = await ask();
    expect(none).toMatchObject({
      n: 0,
      population: RECORDS,
      basis: null,
      selection: null,
      correct: 0,
      accuracy: {
        value: null,
        interval: null,
        method: null,
        reason: expect.stringMatching(/Nobody has checked/),
      },
      always: { interval: null },
      reason: expect.stringMatching(/Nobody has checked/),
    });
    expect(none.shares.map(({ value, raw, share }) => [value, raw, share])).toEqual([
      ["pos", 40 / 60, null],
      ["neg", 20 / 60, null],
      ["neu", 0, null],
    ]);
    const strata = none.strata.map(({ population }) => population);
    expect(strata.reduce((sum, count) => sum + count, 0)).toBe(RECORDS);
    expect(strata.length).toBe(10);
  });

  it("rests on blind verdicts alone, as on a sample drawn at random, whatever the order", async () => {
    const { id } = await open({ blindShare: 0.5, order: "confidence" });
    const blind = await verify(id, ann, (isBlind) => isBlind);
    const wrong = blind.filter(({ recordId }) => ids.indexOf(recordId) % 5 === 0).length;
    const seenFirst = await verify(id, ann, (isBlind, place) => !isBlind && place < 20);
    expect(seenFirst.length).toBeGreaterThan(0);
    // A blind verdict that is changed after the label was seen counts as it was.
    await writeVerifications(test.db, ann, {
      sessionId: id,
      items: [{ annotationId: blind[0]?.annotationId ?? "", value: ["pos"] }],
    });
    const found = await ask();
    expect(found).toMatchObject({
      n: 30,
      basis: "blind",
      selection: "random",
      correct: 30 - wrong,
      accuracy: { value: (30 - wrong) / 30, method: "wilson", reason: null },
      reason: null,
    });
    const [low, high] = found.accuracy.interval ?? [1, 0];
    const [lower, upper] = wilsonInterval(30 - wrong, 30) ?? [1, 0];
    // Half of all is known: narrower than of an endless population, and what is watched is wider.
    expect(low).toBeGreaterThan(lower);
    expect(high).toBeLessThan(upper);
    expect(found.always.interval?.[0]).toBeLessThan(low);
    const neu = found.shares.find(({ value }) => value === "neu");
    expect(neu).toMatchObject({ share: wrong / 30, raw: 0, method: "wilson" });
  });

  it("weighs by strata what people chose, and refuses where kinds of labels were never checked", async () => {
    const { id } = await open({ order: "confidence" });
    await verify(id, ann, (_, place) => place < 20);
    const refused = await ask();
    expect(refused).toMatchObject({
      n: 20,
      basis: "verified",
      selection: "chosen",
      accuracy: { value: null, interval: null, method: null },
      always: { interval: null },
      reason: expect.stringMatching(
        /of 37 of the 60 labels none like them was checked: pos with confidence 0.\d\d to/,
      ),
    });
    await verify(id, ann, (_, place) => place >= 20 && place % 2 === 0);
    const found = await ask();
    expect(found).toMatchObject({
      n: 40,
      selection: "chosen",
      accuracy: { method: "stratified" },
      reason: null,
    });
    const bySize = found.strata.reduce(
      (sum, { population, checked, correct }) => sum + (population / RECORDS) * (correct / checked),
      0,
    );
    expect(found.accuracy.value).toBeCloseTo(bySize, 9);
    expect(found.strata.every(({ checked, correct }) => correct <= checked)).toBe(true);
    // Everything checked: nothing is uncertain, however it was chosen.
    await verify(id, ann, (_, place) => place >= 20 && place % 2 === 1);
    expect(await ask()).toMatchObject({
      n: RECORDS,
      selection: "random",
      accuracy: { value: 0.8, interval: [0.8, 0.8] },
      always: { interval: [0.8, 0.8] },
    });
  });

  it("takes a session in random order as drawn at random, one of a part of the labels not", async () => {
    const part = await open({ order: "random", query: { keyword: "Text of r1" } });
    await verify(part.id, ann, () => true);
    expect(await ask()).toMatchObject({ n: 11, selection: "chosen" });
    const { id } = await open({ order: "random" });
    await verify(id, ann, (_, place) => place < 32);
    expect(await ask()).toMatchObject({
      basis: "verified",
      selection: "random",
      accuracy: { method: "wilson" },
    });
  });

  it("weighs by 1/π where records were drawn with chances of their own", async () => {
    const { id } = await open({ order: "random" });
    await test.db
      .$executeRaw`update "SessionItem" set "inclusion" = case when "position" < 20 then 1 else 0.5 end
      where "sessionId" = ${id}::uuid`;
    // 20 that came in for sure, and 20 of 40 others of which the session holds every second.
    await test.db.$executeRaw`delete from "SessionItem" where "sessionId" = ${id}::uuid and "position" >= 40`;
    const done = await verify(id, ann, () => true);
    const isRight = ({ recordId }: { recordId: string }) => ids.indexOf(recordId) % 5 !== 0;
    const certain = done.slice(0, 20).filter(isRight).length;
    const others = done.slice(20).filter(isRight).length;
    const found = await ask();
    expect(found).toMatchObject({ n: 40, selection: "weighted", accuracy: { method: "hajek" } });
    expect(found.accuracy.value).toBeCloseTo((certain + 2 * others) / 60, 9);
    expect(found.always).toEqual({ interval: null, reason: expect.stringMatching(/drawn at random/) });
  });

  it("counts neither what was given at a stroke, nor what nobody could tell, nor deleted records", async () => {
    const say = (at: number, status: "CONFIRMS" | "CORRECTS" | "UNSURE", value: string[]) =>
      addVerdict(world, { jobId, recordId: ids[at] ?? "", verifier: ann, status, value });
    for (let at = 0; at < 10; at++) {
      const id = await say(at, "CONFIRMS", [given(at)]);
      await test.db.verification.update({ where: { id }, data: { together: true } });
    }
    expect(await ask()).toMatchObject({ n: 0, basis: null, together: 10, accuracy: { value: null } });
    await say(10, "CONFIRMS", ["pos"]);
    await say(11, "CORRECTS", ["neu"]);
    await say(12, "UNSURE", []);
    await say(13, "CONFIRMS", ["pos"]);
    await deleteRecord(test.db, world.member, { id: ids[13] ?? "" });
    expect(await ask()).toMatchObject({ n: 2, correct: 1, unsure: 1, together: 10, population: RECORDS - 1 });
  });

  it("tells nobody what is hidden from them", async () => {
    const { id } = await open({ mode: "independent", verdictsPerItem: 2 });
    const [first] = await verify(id, ann, (_, place) => place < 20);
    expect(await ask(ann)).toMatchObject({ n: 20 });
    expect(await ask(bo)).toMatchObject({ n: 0, basis: null });
    await writeVerifications(test.db, bo, {
      sessionId: id,
      items: [{ annotationId: first?.annotationId ?? "", value: ["pos"] }],
    });
    expect(await ask(bo)).toMatchObject({ n: 1 });
    const blind = await open({ blindShare: 0.5 });
    const own = await verify(blind.id, ann, (isBlind, place) => isBlind && place < 20);
    expect((await ask(ann)).population).toBe(30 + own.length);
    expect((await ask(bo)).population).toBe(30);
    expect((await ask()).population).toBe(RECORDS);
  });

  it("refuses a job of another project, a label that it has not given, and annotators", async () => {
    const other = await createLabelledProject(test.db);
    expect(await errorCode(estimateJobLabels(test.db, other.member, { jobId, label: "sentiment" }))).toBe(
      "invalid",
    );
    await expect(estimateJobLabels(test.db, world.member, { jobId, label: "topic" })).rejects.toMatchObject({
      errors: [{ path: "label", message: "is none of the job's labels; they are: sentiment" }],
    });
    const annotator = await createMember(test.db, { project: world.project, role: "annotator", name: "Cy" });
    expect(await errorCode(ask(annotator))).toBe("forbidden");
  });
});
