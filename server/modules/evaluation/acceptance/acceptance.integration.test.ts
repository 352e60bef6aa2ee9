import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { ensureAnnotator } from "@/server/modules/annotations";
import { createSession, patchSession } from "@/server/modules/verification";
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
import { applyAcceptance, planAcceptance, undoAcceptance } from "..";

/** So many labels at each of ten confidences, .05 to .95: the two lowest are wrong. */
const AT_EACH = 20;
const LEVELS = 10;
const TOTAL = AT_EACH * LEVELS;
const confOf = (level: number): number => (level + 0.5) / LEVELS;
const FIRST_RIGHT = 2;

let test: TestDatabase;
let world: LabelledProject;
let job: string;
let recordIds: string[];
let ann: ProjectActor;
let bo: ProjectActor;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await createLabelledProject(test.db);
  const names = Array.from({ length: TOTAL }, (_, at) => ({ externalId: `r${at}` }));
  recordIds = [...(await addRecords(world, names)).values()];
  job = await addJob(world, "One");
  for (let level = 0; level < LEVELS; level++)
    await addLabels(
      world,
      job,
      recordIds.slice(level * AT_EACH, (level + 1) * AT_EACH).map((id) => [id, ["pos"]] as const),
      { conf: confOf(level) },
    );
  ann = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ann" });
  bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  for (const { projectId, userId: id, userName: name } of [ann, bo])
    await ensureAnnotator(test.db, { projectId, id, kind: "user", name });
});

const asked = () => ({ jobId: job, label: "sentiment", epsilon: 0.1, alpha: 0.05 });
const plan = (who: ProjectActor = world.member, more: object = {}) =>
  planAcceptance(test.db, who, { ...asked(), ...more });
const apply = (who: ProjectActor = world.member, more: object = {}) =>
  applyAcceptance(test.db, who, { ...asked(), ...more });
const open = (more: object = {}) =>
  createSession(
    test.db,
    world.member,
    createSessionInput.parse({ project: "p", label: "sentiment", jobIds: [job], blindShare: 1, ...more }),
  );
const drawnSession = (size = 160) => open({ sample: { size, seed: 3 } });
const close = (id: string) => patchSession(test.db, world.member, { id, state: "closed" });

/** The labels of a session in its order, and whether they are wrong. */
async function labelsOf(sessionId: string, blind = true) {
  const items = await test.db.sessionItem.findMany({
    where: { sessionId, blind },
    orderBy: { position: "asc" },
    select: { recordId: true, annotation: { select: { id: true, conf: true } } },
  });
  return items.map(({ recordId, annotation: { id, conf } }) => ({
    annotationId: id,
    recordId,
    wrong: (conf ?? 0) < confOf(FIRST_RIGHT),
  }));
}
type Labels = Awaited<ReturnType<typeof labelsOf>>;

type Said = { status?: "UNSURE"; activeMs?: number; together?: boolean };
const verify = (sessionId: string, who: ProjectActor, labels: Labels, said: Said = {}) =>
  writeVerdicts(test.db, {
    ...{ projectId: world.project.id, sessionId, shared: true },
    verdicts: labels.map(({ wrong, ...label }) => ({
      ...label,
      ...{ jobId: job, label: "sentiment", verifierId: who.userId },
      status: wrong ? ("CORRECTS" as const) : ("CONFIRMS" as const),
      value: said.status ? [] : [wrong ? "neg" : "pos"],
      ...said,
    })),
  });

describe("a plan to accept the rest", () => {
  it("finds the lowest confidence at which the promise holds, and tells what stands behind it", async () => {
    const { id } = await drawnSession();
    const blind = await labelsOf(id);
    await verify(id, ann, blind, { activeMs: 9_000 });
    const upper = blind.filter(({ wrong }) => !wrong).length;
    const accepted = (LEVELS - FIRST_RIGHT) * AT_EACH;
    const toVerify = TOTAL - accepted - (160 - upper);
    const found = await plan();
    expect(found).toMatchObject({
      ...asked(),
      ...{ n: 160, total: TOTAL, hidden: 0, accepted, toVerify },
      threshold: confOf(FIRST_RIGHT),
      reason: null,
      ...{ checked: upper, errors: 0, needed: 0, timed: 160 },
      hours: expect.closeTo((9 * toVerify) / 3600, 6),
      hoursReason: null,
      bound: expect.closeTo(1 - 0.05 ** (1 / upper), 9),
      excluded: { unsure: 0, together: 0, undecided: 0 },
      leftOut: [],
      applied: null,
      earlier: [],
    });
    expect(found.curve.map(({ threshold }) => threshold)).toEqual(
      Array.from({ length: LEVELS }, (_, at) => confOf(LEVELS - 1 - at)),
    );
    expect(found.curve.at(-1)).toMatchObject({
      ...{ coverage: 1, accepted: TOTAL, checked: 160, errors: 160 - upper },
      risk: (160 - upper) / 160,
    });
    expect(await plan(world.member, { epsilon: 0.001 })).toMatchObject({
      threshold: null,
      reason: "too_many_errors",
      accepted: null,
      toVerify: TOTAL - 160,
    });
  });

  it("tells how many rows are missing, and that verdicts which were not blind are none", async () => {
    expect(await plan()).toMatchObject({
      ...{ n: 0, threshold: null, reason: "no_blind_rows", needed: 29 },
      ...{
        checked: null,
        errors: null,
        bound: null,
        toVerify: TOTAL,
        hours: null,
        hoursReason: "not_measured",
      },
    });
    const { id } = await open({ blindShare: 0 });
    await verify(id, ann, (await labelsOf(id, false)).slice(0, 100));
    expect(await plan()).toMatchObject({ n: 0, reason: "no_blind_rows", leftOut: [], toVerify: TOTAL - 100 });
  });

  it("counts a session once all its blind labels are decided, or it is closed", async () => {
    const { id, name } = await drawnSession();
    const blind = await labelsOf(id);
    await verify(id, ann, blind.slice(0, 150));
    expect(await plan()).toMatchObject({
      ...{ n: 0, reason: "no_blind_rows" },
      leftOut: [{ sessionId: id, name, reason: "unfinished", blind: 160, left: 10 }],
    });
    await verify(id, ann, blind.slice(150, 153), { status: "UNSURE" });
    await verify(id, ann, blind.slice(153, 155), { together: true });
    await close(id);
    expect(await plan()).toMatchObject({
      n: 150,
      leftOut: [],
      excluded: { unsure: 3, together: 2, undecided: 5 },
    });
  });

  it("takes the first word on a label, whatever was said after it was seen", async () => {
    const { id } = await drawnSession();
    const blind = await labelsOf(id);
    await verify(id, ann, blind);
    await verify(
      id,
      ann,
      blind.filter(({ wrong }) => wrong).map((label) => ({ ...label, wrong: false })),
    );
    expect((await plan()).threshold).toBe(confOf(FIRST_RIGHT));
  });

  it("leaves out sessions in which not every label had the same chance", async () => {
    const { id, name } = await open({
      query: { labelMetadata: { label: "sentiment", name: "conf", op: ">", value: 0.5 } },
    });
    const blind = await labelsOf(id);
    await verify(id, ann, blind);
    expect(await plan()).toMatchObject({
      ...{ n: 0, threshold: null },
      leftOut: [{ sessionId: id, name, reason: "unequal_chances", blind: blind.length, left: 0 }],
    });
    const drawn = await drawnSession();
    await verify(drawn.id, bo, await labelsOf(drawn.id));
    expect(await plan()).toMatchObject({ n: 160, threshold: confOf(FIRST_RIGHT) });
    // A label that the job gave since then could not have been drawn.
    const [late = ""] = (await addRecords(world, [{ externalId: "late" }])).values();
    await addLabels(world, job, [[late, ["pos"]]], { conf: 0.99 });
    expect(await plan()).toMatchObject({
      ...{ n: 0, total: TOTAL + 1 },
      leftOut: [{ reason: "unequal_chances" }, { reason: "unequal_chances" }],
    });
  });

  it("counts nothing that an open session hides from who asks, and promises nothing", async () => {
    const { id } = await open({ blindShare: 0.8 });
    await verify(id, bo, await labelsOf(id));
    expect(await plan(bo)).toMatchObject({ hidden: 0, n: 160, threshold: confOf(FIRST_RIGHT) });
    expect(await plan(ann)).toMatchObject({
      ...{ hidden: 160, total: TOTAL - 160, n: 0, threshold: null, reason: "hidden", needed: null },
      leftOut: [{ reason: "hidden" }],
    });
    expect(await errorCode(apply(ann))).toBe("hidden_verdicts");
    await close(id);
    expect(await plan(ann)).toMatchObject({ hidden: 0, threshold: confOf(FIRST_RIGHT) });
  });

  it("needs a confidence, a label that the job was asked for, and a job of the project", async () => {
    await test.db.annotation.updateMany({ where: { annotatorId: job }, data: { conf: null } });
    expect(await plan()).toMatchObject({ reason: "no_confidence", curve: [], needed: null, total: TOTAL });
    const other = await createLabelledProject(test.db);
    expect(await errorCode(plan(other.member))).toBe("invalid");
    expect(await errorCode(plan(world.member, { label: "topic" }))).toBe("invalid");
    const empty = await addJob(world, "Empty");
    expect(await plan(world.member, { jobId: empty })).toMatchObject({ reason: "no_labels", total: 0 });
  });
});

describe("accepting the rest", () => {
  it("keeps what was promised, once for a job and label, until it is undone", async () => {
    expect(await errorCode(apply())).toBe("not_certified");
    const { id: sessionId } = await drawnSession();
    await verify(sessionId, bo, await labelsOf(sessionId));
    await close(sessionId);
    const { threshold, accepted, checked, errors, bound } = await plan();
    const applied = await apply(ann);
    expect(applied).toMatchObject({
      ...asked(),
      ...{ threshold, accepted, checked, errors, bound },
      createdBy: { id: ann.userId, name: "Ann" },
      ...{ undoneAt: null, undoneBy: null },
    });
    expect(await errorCode(apply(bo))).toBe("already_accepted");
    const viewer = await createMember(test.db, { project: world.project, role: "viewer" });
    expect(await plan(viewer)).toMatchObject({ applied, hours: null, hoursReason: "not_yours" });
    expect(await errorCode(apply(viewer))).toBe("forbidden");
    const other = await createLabelledProject(test.db);
    expect(await errorCode(undoAcceptance(test.db, other.member, applied))).toBe("not_found");

    await undoAcceptance(test.db, bo, applied);
    await undoAcceptance(test.db, ann, applied);
    const { applied: none, earlier } = await plan();
    expect([none, earlier]).toEqual([
      null,
      [{ ...applied, undoneAt: expect.any(String), undoneBy: { id: bo.userId, name: "Bo" } }],
    ]);
    expect((await apply()).id).not.toBe(applied.id);
    const told = await test.db.auditEvent.findMany({
      where: { projectId: world.project.id, action: { startsWith: "labels." } },
      orderBy: { id: "asc" },
      select: { action: true },
    });
    expect(told.map(({ action }) => action)).toEqual([
      "labels.accepted",
      "labels.acceptance_undone",
      "labels.accepted",
    ]);
  });

  it("lets one of several who accept at once through", async () => {
    const { id } = await drawnSession();
    await verify(id, bo, await labelsOf(id));
    await close(id);
    const codes = await Promise.all([ann, bo, world.member].map((who) => errorCode(apply(who))));
    expect(codes.sort()).toEqual(["already_accepted", "already_accepted", "no error"]);
  });
});
