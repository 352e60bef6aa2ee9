import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReconcileAnswer } from "@/contracts/reconciliations";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations, writeAnswers } from "@/server/modules/annotations";
import { openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
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
import { waitFor } from "@/server/testing/wait-for";
import {
  getDisagreements,
  listDisagreements,
  listReconciliations,
  lookAtDisagreement,
  reconcile,
  undoReconciliations,
  watchReconciliations,
} from ".";
import { entropyOfVotes } from "./entropy-of-votes";
import { announceDecisions, reconciliationTopic } from "./reconciliation-topic";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const label = "sentiment";
const all = { label, state: "all", order: "position", limit: 200 } as const;

/** a: both jobs agree; b: they differ; c: they differ and Bo corrected one; d: one job alone. */
async function smallWorld() {
  const world = await createLabelledProject(test.db);
  const ids = await addRecords(
    world,
    ["a", "b", "c", "d"].map((externalId) => ({ externalId })),
  );
  const [a = "", b = "", c = "", d = ""] = ids.values();
  const [first, second] = [await addJob(world, "First"), await addJob(world, "Second")];
  await addLabels(world, first, [[a, ["pos"]]], { conf: 0.9 });
  await addLabels(world, first, [[b, ["pos"]]], { conf: 0.8 });
  await addLabels(world, first, [
    [c, ["neg"]],
    [d, ["neu"]],
  ]);
  await addLabels(world, second, [
    [a, ["pos"]],
    [b, ["neg"]],
    [c, ["neu"]],
  ]);
  const bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  const cy = await createMember(test.db, { project: world.project, role: "reviewer", name: "Cy" });
  await addVerdict(world, { jobId: first, verifier: bo, recordId: c, status: "CORRECTS", value: ["neu"] });
  return { world, ids: { a, b, c, d }, first, second, bo, cy };
}

const decideOne = async (
  actor: ProjectActor,
  item: { recordId: string; value: string[] | null; base?: string | null; note?: string },
): Promise<ReconcileAnswer> => {
  const { items } = await reconcile(test.db, actor, { label, items: [{ base: null, ...item }] });
  const [answer] = items;
  if (!answer) throw new Error("no answer");
  return answer;
};

const decisionOf = (answer: ReconcileAnswer) => {
  if (!("reconciliation" in answer)) throw new Error(answer.error.message);
  return answer.reconciliation;
};

async function giveLabel(actor: ProjectActor, recordId: string, value: string[]) {
  await writeAnnotations(test.db, actor, { items: [{ recordId, labels: [{ name: label, value }] }] });
}

describe("disagreements", () => {
  it("are the records on which any two differ, a verdict being its author's vote", async () => {
    const { world, ids, first, second, bo } = await smallWorld();
    const found = await listDisagreements(test.db, world.member, all);
    expect(found.items.map(({ externalId, state }) => [externalId, state])).toEqual([
      ["b", "open"],
      ["c", "open"],
    ]);
    expect(found).toMatchObject({
      total: 2,
      counts: { open: 2, reconciled: 0, changed: 0 },
      nextCursor: null,
    });
    const [b, c] = found.items;
    expect(
      b?.votes.map(({ annotator, value, conf, verdict }) => [annotator.id, value, conf, verdict]),
    ).toEqual([
      [first, ["pos"], 0.8, null],
      [second, ["neg"], null, null],
    ]);
    expect(b?.entropy).toBeCloseTo(1, 6);
    expect(c?.votes[0]).toMatchObject({
      annotator: { id: bo.userId, kind: "user", name: "Bo" },
      value: ["neu"],
      verdict: "CORRECTS",
    });
    const among = async (who: { annotators?: string[]; kinds?: ("user" | "job")[] }) =>
      (await listDisagreements(test.db, world.member, { ...all, ...who })).items.map(
        ({ recordId }) => recordId,
      );
    expect(await among({ kinds: ["job"] })).toEqual([ids.b, ids.c]);
    expect(await among({ kinds: ["user"] })).toEqual([]);
    expect(await among({ annotators: [second, bo.userId] })).toEqual([]);
    expect(await among({ annotators: [first, bo.userId] })).toEqual([ids.c]);
  });

  it("are narrowed by a query, and are nobody's business in another project or for an annotator", async () => {
    const { world, ids } = await smallWorld();
    const narrowed = await listDisagreements(test.db, world.member, { ...all, query: { ids: [ids.c] } });
    expect(narrowed.items.map(({ recordId }) => recordId)).toEqual([ids.c]);
    expect(narrowed.counts.open).toBe(1);
    const elsewhere = await smallWorld();
    expect((await listDisagreements(test.db, elsewhere.world.member, all)).items).toHaveLength(2);
    expect(await getDisagreements(test.db, elsewhere.world.member, { label, recordIds: [ids.b] })).toEqual({
      items: [],
    });
    expect(await decideOne(elsewhere.world.member, { recordId: ids.b, value: ["pos"] })).toMatchObject({
      error: { code: "not_found" },
    });
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    const viewer = await createMember(test.db, { project: world.project, role: "viewer" });
    expect(await errorCode(listDisagreements(test.db, annotator, all))).toBe("forbidden");
    expect(await errorCode(decideOne(viewer, { recordId: ids.b, value: ["pos"] }))).toBe("forbidden");
    expect(await errorCode(listDisagreements(test.db, world.member, { ...all, label: "x" }))).toBe("invalid");
    expect(await errorCode(listDisagreements(test.db, world.member, { ...all, cursor: "x" }))).toBe(
      "invalid_cursor",
    );
  });

  it("are those that counting each record alone gives, in every order and page by page", async () => {
    const world = await createLabelledProject(test.db);
    const drawn = fc.sample(
      fc.array(fc.tuple(fc.nat(4), fc.constantFrom("pos", "neg", "neu"), fc.option(fc.nat(20))), {
        maxLength: 6,
      }),
      { numRuns: 120, seed: 7 },
    );
    const ids = [
      ...(
        await addRecords(
          world,
          drawn.map((_, at) => ({ externalId: `${at}` })),
        )
      ).values(),
    ];
    const jobs = await Promise.all(Array.from({ length: 5 }, () => addJob(world)));
    const cast = ids.map(() => new Map<string, { value: string[]; conf: number | null }>());
    for (const [at, given] of drawn.entries())
      for (const [who, value, conf] of given)
        cast[at]?.set(jobs[who] ?? "", { value: [value], conf: conf === null ? null : conf / 20 });
    for (const [at, votes] of cast.entries())
      for (const [job, { value, conf }] of votes)
        await addLabels(world, job, [[ids[at] ?? "", value]], { conf });
    const expected = ids.flatMap((recordId, at) => {
      const votes = [...(cast[at]?.values() ?? [])];
      const confs = votes.flatMap(({ conf }) => conf ?? []);
      const entropy = entropyOfVotes(votes);
      return entropy > 0 ? [{ recordId, at, entropy, conf: Math.min(2, ...confs) }] : [];
    });
    expect(expected.length).toBeGreaterThan(30);
    const keys = { entropy: "entropy", conf: "conf", position: "at" } as const;
    for (const order of ["entropy", "conf", "position"] as const) {
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listDisagreements(test.db, world.member, { ...all, order, limit: 7, cursor });
        expect(page.total).toBe(expected.length);
        found.push(...page.items.map(({ recordId }) => recordId));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      const by = (one: (typeof expected)[number]) => (order === "entropy" ? -1 : 1) * one[keys[order]];
      const sorted = expected.toSorted(
        (one, other) => (Math.abs(by(one) - by(other)) < 1e-9 ? 0 : by(one) - by(other)) || one.at - other.at,
      );
      expect(found).toEqual(sorted.map(({ recordId }) => recordId));
    }
  });

  it("on spans are places that not everybody who marked the text has marked alike", async () => {
    const world = await createLabelledProject(test.db, {
      labels: [
        {
          name: "place",
          level: "span",
          options: [
            { value: "city", text: "City" },
            { value: "land", text: "Land" },
          ],
        },
      ],
    });
    const [id = ""] = (await addRecords(world, [{ externalId: "a", content: "Oslo in Norway" }])).values();
    const people = await Promise.all(
      ["Ann", "Bea"].map((name) => createMember(test.db, { project: world.project, role: "reviewer", name })),
    );
    const marks = [
      [
        { start: 0, end: 4, value: ["city"] },
        { start: 8, end: 14, value: ["land"] },
      ],
      [{ start: 0, end: 4, value: ["city"] }],
    ];
    for (const [at, person] of people.entries())
      await writeAnnotations(test.db, person, {
        items: [{ recordId: id, labels: (marks[at] ?? []).map((mark) => ({ name: "place", ...mark })) }],
      });
    const asked = { ...all, label: "place" } as const;
    const { items } = await listDisagreements(test.db, world.member, asked);
    expect(items).toMatchObject([
      { recordId: id, start: 8, end: 14, votes: [{ value: ["land"] }, { value: [] }], state: "open" },
    ]);
    const cy = await createMember(test.db, { project: world.project, role: "reviewer", name: "Cy" });
    await writeAnswers(test.db, cy, {
      items: [{ recordId: id, label: "place", value: [], spans: [], status: "NONE" }],
    });
    // Who found none votes against both.
    const doubted = await listDisagreements(test.db, world.member, asked);
    expect(doubted.items.map(({ start, votes }) => [start, votes.map(({ value }) => value)])).toEqual([
      [0, [["city"], ["city"], []]],
      [8, [["land"], [], []]],
    ]);
    const spot = { recordId: id, start: 8, end: 14, base: null };
    const wrong = await reconcile(test.db, world.member, {
      label: "place",
      items: [
        { ...spot, value: ["sea"] },
        { recordId: id, value: ["land"], base: null },
        { ...spot, start: 9, end: 99, value: [] },
      ],
    });
    expect(wrong.items).toMatchObject([
      { error: { code: "invalid_value" } },
      { error: { code: "invalid_value" } },
      { error: { code: "invalid_value" } },
    ]);
    await reconcile(test.db, world.member, { label: "place", items: [{ ...spot, value: [] }] });
    const after = await listDisagreements(test.db, world.member, asked);
    expect(after.items).toMatchObject([
      { start: 0, end: 4, state: "open" },
      { start: 8, end: 14, state: "reconciled", reconciliation: { value: [] } },
    ]);
  });
});

describe("a decision", () => {
  it("stands, says by whom and why, and is marked once a vote is another", async () => {
    const { world, ids, bo } = await smallWorld();
    const made = decisionOf(await decideOne(bo, { recordId: ids.b, value: ["pos"], note: "Irony" }));
    expect(made).toMatchObject({
      value: ["pos"],
      note: "Irony",
      by: { id: bo.userId, name: "Bo" },
      current: true,
    });
    const stateOf = async (recordId: string) =>
      (await getDisagreements(test.db, world.member, { label, recordIds: [recordId] })).items[0]?.state;
    expect(await stateOf(ids.b)).toBe("reconciled");
    await giveLabel(bo, ids.b, ["neu"]);
    expect(await stateOf(ids.b)).toBe("changed");
    const listed = await listDisagreements(test.db, world.member, { ...all, state: "changed" });
    expect(listed.items.map(({ recordId }) => recordId)).toEqual([ids.b]);
    expect(listed.counts).toEqual({ open: 1, reconciled: 0, changed: 1 });
    await giveLabel(bo, ids.b, []);
    expect(await stateOf(ids.b)).toBe("reconciled");
    await giveLabel(bo, ids.b, ["neu"]);
    const again = decisionOf(
      await decideOne(bo, { recordId: ids.b, value: ["pos"], note: "Irony", base: made.id }),
    );
    expect(again.id).not.toBe(made.id);
    expect(await stateOf(ids.b)).toBe("reconciled");
    expect(
      decisionOf(await decideOne(bo, { recordId: ids.b, value: ["pos"], note: "Irony", base: again.id })).id,
    ).toBe(again.id);
  });

  it("made on votes that were seen is marked at once when one came in between", async () => {
    const { ids, bo, cy } = await smallWorld();
    const [seen] = (await getDisagreements(test.db, bo, { label, recordIds: [ids.b] })).items;
    await giveLabel(cy, ids.b, ["neu"]);
    await reconcile(test.db, bo, {
      label,
      items: [{ recordId: ids.b, value: ["pos"], base: null, votesVersion: seen?.votesVersion }],
    });
    const [now] = (await getDisagreements(test.db, bo, { label, recordIds: [ids.b] })).items;
    expect(now?.state).toBe("changed");
  });

  it("of two people at the same moment is one: the later is told what stands, and is kept", async () => {
    const { world, ids, bo, cy } = await smallWorld();
    const answers = await Promise.all([
      decideOne(bo, { recordId: ids.b, value: ["pos"] }),
      decideOne(cy, { recordId: ids.b, value: ["neg"] }),
    ]);
    const [won, lost] = answers.toSorted((one) => ("reconciliation" in one ? -1 : 1));
    const stands = won && decisionOf(won);
    expect(lost).toMatchObject({ error: { code: "overtaken" }, stands: { id: stands?.id } });
    const { items } = await listReconciliations(test.db, world.member, { limit: 10, history: true });
    expect(items.map(({ current, overtaken }) => [current, overtaken]).sort()).toEqual([
      [false, true],
      [true, false],
    ]);
    expect((await listReconciliations(test.db, world.member, { limit: 10 })).items).toEqual([stands]);
  });

  it("that says what somebody else has just said is theirs", async () => {
    const { ids, bo, cy } = await smallWorld();
    const first = decisionOf(await decideOne(bo, { recordId: ids.b, value: ["pos"] }));
    expect(decisionOf(await decideOne(cy, { recordId: ids.b, value: ["pos"] }))).toEqual(first);
  });

  it("is refused where it says nothing that can stand, and others in the same call are written", async () => {
    const { ids, bo } = await smallWorld();
    const { items } = await reconcile(test.db, bo, {
      label,
      items: [
        { recordId: ids.a, value: ["great"], base: null },
        { recordId: ids.b, value: [], base: null },
        { recordId: ids.c, value: null, base: null },
        { recordId: ids.d, value: ["pos"], base: null },
      ],
    });
    expect(items.map((item) => ("error" in item ? item.error.code : "written"))).toEqual([
      "invalid_value",
      "invalid_value",
      "nothing_decided",
      "written",
    ]);
    const twice = { recordId: ids.a, value: ["pos"], base: null };
    expect(await errorCode(reconcile(test.db, bo, { label, items: [twice, twice] }))).toBe("invalid");
  });

  it("is undone as it was made, one or twenty at once, and never over somebody else's", async () => {
    const { world, ids, bo, cy } = await smallWorld();
    const first = decisionOf(await decideOne(cy, { recordId: ids.b, value: ["neu"], note: "Mine" }));
    const { items } = await reconcile(test.db, bo, {
      label,
      items: [
        { recordId: ids.b, value: ["pos"], base: first.id },
        { recordId: ids.c, value: ["pos"], base: null },
        { recordId: ids.d, value: ["pos"], base: null },
      ],
    });
    const made = items.map(decisionOf);
    const overD = decisionOf(await decideOne(cy, { recordId: ids.d, value: ["neg"], base: made[2]?.id }));
    const undone = await undoReconciliations(test.db, bo, { ids: made.map(({ id }) => id) });
    expect(undone.items).toMatchObject([
      { reconciliation: { value: ["neu"], note: "Mine", by: { id: bo.userId }, restoredFrom: first.id } },
      { reconciliation: { value: null } },
      { error: { code: "overtaken" }, stands: { id: overD.id } },
    ]);
    expect(
      (await listReconciliations(test.db, world.member, { limit: 10 })).items.map(({ value }) => value),
    ).toEqual(expect.arrayContaining([["neu"], ["neg"]]));
    expect(await errorCode(undoReconciliations(test.db, cy, { ids: [made[0]?.id ?? ""] }))).toBe("not_found");
    // Taking the undo back again: what was undone stands again.
    const [redo] = (
      await undoReconciliations(test.db, bo, {
        ids: undone.items.slice(0, 1).map((one) => decisionOf(one).id),
      })
    ).items;
    expect(redo).toMatchObject({ reconciliation: { value: ["pos"], restoredFrom: made[0]?.id } });
  });
});

describe("who watches", () => {
  it("is told of decisions and looks on that label, and of no other", async () => {
    const { world, ids, bo } = await smallWorld();
    const listener = openEventListener(test.url);
    const stop = new AbortController();
    const news = watchReconciliations(test.db, world.member, { label, signal: stop.signal, listener });
    expect((await news.next()).value).toEqual({ recordIds: [], looks: [], arrived: false, gap: false });
    await decideOne(bo, { recordId: ids.b, value: ["pos"] });
    expect((await news.next()).value).toMatchObject({ recordIds: [ids.b] });
    await lookAtDisagreement(test.db, bo, { label: "topic", recordId: ids.a });
    await lookAtDisagreement(test.db, bo, { label, recordId: ids.c });
    const person = { id: bo.userId, name: "Bo" };
    expect((await news.next()).value).toEqual({
      recordIds: [],
      looks: [{ person, recordId: ids.c }],
      arrived: false,
      gap: false,
    });
    const bos = watchReconciliations(test.db, bo, { label, signal: stop.signal, listener });
    await bos.next();
    // Who watches already is to say where they look, and is not told to whom.
    expect((await news.next()).value).toEqual({ recordIds: [], looks: [], arrived: true, gap: false });
    stop.abort();
    await news.return(undefined);
    await bos.return(undefined);
    await listener.close();
  });
});

describe("who watches and does not read", () => {
  it("is told that there is more, and nothing piles up", async () => {
    const { world } = await smallWorld();
    const listener = openEventListener(test.url);
    const stop = new AbortController();
    const news = watchReconciliations(test.db, world.member, { label, signal: stop.signal, listener });
    await news.next();
    let heard = 0;
    const topic = reconciliationTopic(world.project.id);
    await listener.subscribe(topic, {
      onEvent: (event) => {
        if (JSON.stringify(event).includes("recordIds")) heard++;
      },
      onGap: () => undefined,
    });
    for (let n = 0; n < 10; n++)
      await announceDecisions(test.db, world.project.id, {
        label,
        recordIds: Array.from({ length: 150 }, () => newId()),
      });
    await waitFor("all of it to be heard", () => heard === 10);
    const { value } = await news.next();
    expect(value?.gap).toBe(true);
    expect(value?.recordIds.length).toBeLessThan(1000);
    stop.abort();
    await news.return(undefined);
    await listener.close();
  });
});

describe("a world of its own", () => {
  it("hides from a reviewer what an independent session hides, until they have decided", async () => {
    const { world, ids, first, bo, cy } = await smallWorld();
    await makeIndependent(world, first, ids.b);
    const seenBy = async (actor: ProjectActor) =>
      (await listDisagreements(test.db, actor, all)).items.map(({ recordId }) => recordId);
    expect(await seenBy(cy)).toEqual([ids.c]);
    expect(await seenBy(world.member)).toEqual([ids.b, ids.c]);
    expect((await getDisagreements(test.db, cy, { label, recordIds: [ids.b] })).items).toEqual([]);
    expect(await decideOne(bo, { recordId: ids.b, value: ["pos"] })).toMatchObject({
      error: { code: "not_found" },
    });
  });
});

/** An open independent session with one label of a job in it. */
async function makeIndependent(world: LabelledProject, jobId: string, recordId: string): Promise<void> {
  const { id: projectId } = world.project;
  const schema = await test.db.labelSchema.findFirstOrThrow({ where: { projectId, active: true } });
  const annotation = await test.db.annotation.findFirstOrThrow({
    where: { projectId, recordId, annotatorId: jobId },
  });
  const session = await test.db.verificationSession.create({
    data: {
      id: crypto.randomUUID(),
      projectId,
      name: "Independent",
      labelName: label,
      schemaId: schema.id,
      mode: "independent",
      jobIds: [jobId],
      createdById: world.member.userId,
    },
  });
  await test.db.sessionItem.create({
    data: { projectId, sessionId: session.id, position: 0, annotationId: annotation.id, recordId },
  });
}
