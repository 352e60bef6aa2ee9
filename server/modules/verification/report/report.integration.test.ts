import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { ensureAnnotator } from "@/server/modules/annotations";
import { writeVerdicts } from "@/server/modules/verification/write-verdicts";
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
import { createSession, getSession, getSessionReport, patchSession, writeVerifications } from "..";

let test: TestDatabase;
let world: LabelledProject;
let job: string;
let recordIds: string[];
let ada: ProjectActor;
let bo: ProjectActor;
let annotator: ProjectActor;

beforeAll(async () => {
  test = await createTestDatabase();
  world = await createLabelledProject(test.db);
  const names = Array.from({ length: 6 }, (_, n) => ({ externalId: `r${n}` }));
  recordIds = [...(await addRecords(world, names)).values()];
  job = await addJob(world, "Agent one");
  await addLabels(
    world,
    job,
    recordIds.map((id) => [id, ["pos"]] as const),
  );
  ada = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ada" });
  bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  annotator = await createMember(test.db, { project: world.project, role: "annotator", name: "Cy" });
  for (const { projectId, userId: id, userName: name } of [ada, bo, annotator])
    await ensureAnnotator(test.db, { projectId, id, kind: "user", name });
});
afterAll(() => test.drop());

async function open() {
  const session = await createSession(
    test.db,
    world.member,
    createSessionInput.parse({
      project: "airline",
      label: "sentiment",
      jobIds: [job],
      members: [annotator.userId],
    }),
  );
  const items = await test.db.sessionItem.findMany({
    where: { projectId: world.member.projectId, sessionId: session.id },
    orderBy: { position: "asc" },
  });
  type Said = {
    status: "CONFIRMS" | "CORRECTS" | "UNSURE" | null;
    value?: string[];
    ms?: number;
    overtaken?: boolean;
    together?: boolean;
  };
  const say = async (
    who: ProjectActor,
    place: number,
    { status, value = ["pos"], ms, overtaken, together }: Said,
  ) => {
    const { annotationId = "", recordId = "" } = items[place] ?? {};
    await writeVerdicts(test.db, {
      projectId: who.projectId,
      sessionId: session.id,
      shared: true,
      verdicts: [
        {
          annotationId,
          recordId,
          jobId: job,
          label: "sentiment",
          verifierId: who.userId,
          status,
          value: status === "UNSURE" || status === null ? [] : value,
          activeMs: ms,
          overtaken,
          together,
          decidedAt: new Date().toISOString(),
        },
      ],
    });
  };
  const report = async (who: ProjectActor = world.member, closing?: number) =>
    getSessionReport(test.db, who, { id: session.id, closing });
  return { id: session.id, items, say, report };
}

describe("the report of a session", () => {
  it("of one that nobody has touched says so, without a figure that was not observed", async () => {
    const { report } = await open();
    const { report: empty, closings } = await report();
    expect(closings).toEqual([]);
    expect(empty).toMatchObject({
      jobs: [{ id: job, name: "Agent one" }],
      counts: { total: 6, left: 6 },
      confirmed: { seen: null, blind: null },
      corrections: [],
      people: [],
      agreement: { seen: null, blind: null },
      overtaken: 0,
      firstVerdictAt: null,
      closedAt: null,
    });
  });

  it("rests its shares on what was looked at, and tells what was decided together beside them", async () => {
    const { id, say, report } = await open();
    await say(ada, 0, { status: "CONFIRMS" });
    await say(ada, 1, { status: "CORRECTS", value: ["neg"] });
    for (const place of [2, 3, 4, 5]) await say(ada, place, { status: "CONFIRMS", together: true });
    await say(bo, 5, { status: "CORRECTS", value: ["neg"] });
    const { report: now } = await report();
    expect(now.counts).toMatchObject({ verified: 6, confirmed: 4, corrected: 2 });
    expect(now.confirmed.seen).toMatchObject({ n: 3, count: 1 });
    expect(now.apart).toEqual({ together: 3, contradicting: 0 });
    expect(now.agreement.seen).toBeNull();
    expect(await getSession(test.db, world.member, { id })).toMatchObject({
      counts: { confirmed: 4, corrected: 2 },
      agreement: { n: 3, point: 1 / 3 },
      apart: { together: 3, contradicting: 0 },
    });
  });

  it("counts corrections, people, their time, and agreement where two looked", async () => {
    const { say, report } = await open();
    await say(ada, 0, { status: "CONFIRMS", ms: 1000 });
    await say(ada, 1, { status: "CORRECTS", value: ["neg"], ms: 3000 });
    await say(ada, 2, { status: "UNSURE", ms: 500 });
    await say(ada, 2, { status: "CORRECTS", value: ["neg"], ms: 8500 });
    await say(ada, 3, { status: "CONFIRMS" });
    await say(bo, 0, { status: "CORRECTS", value: ["neu"], ms: 2000 });
    await say(bo, 1, { status: "CORRECTS", value: ["neg"], overtaken: true });
    await say(bo, 4, { status: "CONFIRMS" });
    await say(bo, 4, { status: null });
    const { report: now } = await report();
    expect(now.counts).toMatchObject({ total: 6, verified: 4, confirmed: 1, corrected: 3, left: 2 });
    expect(now.confirmed.seen).toMatchObject({ n: 4, count: 1, point: 0.25 });
    expect(now.confirmed.blind).toBeNull();
    expect(now.corrections).toEqual([
      { from: ["pos"], to: ["neg"], count: 2, of: 4 },
      { from: ["pos"], to: ["neu"], count: 1, of: 4 },
    ]);
    expect(now.overtaken).toBe(1);
    expect(now.people).toMatchObject([
      { name: "Ada", verdicts: 4, confirmed: 2, corrected: 2, unsure: 0, overtaken: 0 },
      { name: "Bo", verdicts: 2, confirmed: 0, corrected: 2, overtaken: 1 },
    ]);
    // Ada: 1 s, 3 s and 9 s on three labels; one had no measured time.
    expect(now.people[0]).toMatchObject({ activeMs: 13_000, timed: 3, medianSeconds: 3 });
    expect(now.people[0]?.perHour).toBeCloseTo((3 * 3_600_000) / 13_000);
    expect(now.agreement.seen?.all).toMatchObject({ n: 2, count: 1, point: 0.5 });
    expect(now.agreement.seen?.pairs).toMatchObject([{ share: { n: 2, count: 1 } }]);
    // Observed 1/2; Ada gives pos and neg once each, Bo neu and neg: expected 1/4.
    expect(now.agreement.seen?.pairs[0]?.kappa).toBeCloseTo((0.5 - 0.25) / 0.75);
    expect(now.firstVerdictAt).not.toBeNull();
  });

  it("never mixes labels that were hidden with those that were seen, and takes the first word on hidden ones", async () => {
    const { id, items, say, report } = await open();
    const { projectId } = world.member;
    await test.db.sessionItem.updateMany({
      where: { projectId, sessionId: id, position: { in: [0, 1] } },
      data: { blind: true },
    });
    await say(ada, 0, { status: "CONFIRMS" });
    await say(bo, 0, { status: "CORRECTS", value: ["neg"] });
    await say(ada, 1, { status: "CORRECTS", value: ["neg"] });
    await say(ada, 2, { status: "CONFIRMS" });
    await test.db.verification.updateMany({
      where: {
        projectId,
        sessionId: id,
        recordId: { in: items.slice(0, 2).map(({ recordId }) => recordId) },
      },
      data: { blind: true },
    });
    // After it was shown, Ada comes round.
    await say(ada, 1, { status: "CONFIRMS" });
    const { report: now } = await report();
    expect(now.confirmed).toMatchObject({ seen: { n: 1, count: 1 }, blind: { n: 3, count: 1 } });
    expect(now.agreement.seen).toBeNull();
    expect(now.agreement.blind?.all).toMatchObject({ n: 1, count: 0 });
  });

  it("tells a person their own pace, and everybody's to whoever may open sessions", async () => {
    const { say, report } = await open();
    await say(ada, 0, { status: "CONFIRMS", ms: 1000 });
    await say(annotator, 0, { status: "CONFIRMS", ms: 2000 });
    const { report: own } = await report(annotator);
    expect(own.people.map(({ name }) => name)).toEqual(["Cy"]);
    expect(own.agreement.seen).toMatchObject({ all: { n: 1 }, pairs: [] });
    expect((await report(bo)).report.people).toHaveLength(2);
    const viewer = await createMember(test.db, { project: world.project, role: "viewer" });
    expect((await report(viewer)).report.people).toEqual([]);
  });

  it("tells nobody in an open independent session what others say, before they have decided themselves", async () => {
    const session = await createSession(
      test.db,
      world.member,
      createSessionInput.parse({
        project: "airline",
        label: "sentiment",
        jobIds: [job],
        mode: "independent",
        verdictsPerItem: 2,
      }),
    );
    const say = (who: ProjectActor, place: number, value: string[]) =>
      writeVerifications(test.db, who, {
        jobId: job,
        sessionId: session.id,
        items: [{ recordId: recordIds[place], label: "sentiment", value }],
      });
    await say(ada, 0, ["neg"]);
    await say(bo, 0, ["pos"]);
    await say(bo, 1, ["neg"]);
    const seen = async (who: ProjectActor) =>
      (await getSessionReport(test.db, who, { id: session.id })).report;
    expect(await seen(ada)).toMatchObject({
      counts: { verified: 1, confirmed: 1, corrected: 1 },
      corrections: [{ to: ["neg"], count: 1, of: 2 }],
      agreement: { seen: { all: { n: 1, count: 0 } } },
    });
    expect((await seen(world.member)).counts).toMatchObject({ verified: 2, corrected: 2 });
    await patchSession(test.db, world.member, { id: session.id, state: "closed" });
    expect((await seen(ada)).counts).toMatchObject({ verified: 2, confirmed: 1, corrected: 2, left: 4 });
  });

  it("is kept with each closing, and what came later is in the next one", async () => {
    const { id, say, report } = await open();
    await say(ada, 0, { status: "CONFIRMS" });
    const turn = (state: "open" | "closed") => patchSession(test.db, world.member, { id, state });
    await turn("closed");
    await turn("closed");
    const first = await report();
    expect(first.closings.map(({ number }) => number)).toEqual([1]);
    expect(first.closings[0]?.by.id).toBe(world.member.userId);
    expect(first.report).toMatchObject({ counts: { verified: 1 }, closedAt: first.closings[0]?.closedAt });
    await turn("open");
    await say(bo, 1, { status: "CORRECTS", value: ["neg"] });
    expect((await report()).report).toMatchObject({ counts: { verified: 2 }, closedAt: null });
    await turn("closed");
    const second = await report();
    expect(second.closings.map(({ number }) => number)).toEqual([2, 1]);
    expect(second.report.counts.verified).toBe(2);
    expect((await report(world.member, 1)).report).toEqual(first.report);
    expect(await errorCode(report(world.member, 3))).toBe("not_found");
  });
});
