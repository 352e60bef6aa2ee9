import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { distributionInput, statisticsFilter } from "@/contracts/project-statistics";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { createAggregation } from "@/server/modules/aggregation";
import { ensureAnnotator } from "@/server/modules/annotations";
import { reconcile } from "@/server/modules/reconciliation";
import { deleteRecord } from "@/server/modules/records";
import { createSubset } from "@/server/modules/subsets";
import { createSession, listSessionItems, writeVerifications } from "@/server/modules/verification";
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
import { getContributions, getDistribution, getProgress } from "..";

const label = "sentiment";
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
  const names = Array.from({ length: 8 }, (_, at) => ({ externalId: `r${at}` }));
  ids = [...(await addRecords(world, names)).values()];
  jobId = await addJob(world, "Careful");
  await addLabels(
    world,
    jobId,
    ids.slice(0, 6).map((id, at) => [id, [at < 4 ? "pos" : "neg"]]),
  );
  const member = (name: string) => createMember(test.db, { project: world.project, role: "reviewer", name });
  [ann, bo] = [await member("Ann"), await member("Bo")];
});

const at = (place: number) => ids[place] ?? "";
const say = (
  place: number,
  verifier: ProjectActor,
  status: "CONFIRMS" | "CORRECTS" | "UNSURE",
  more: { value?: string[]; createdAt?: Date } = {},
) => addVerdict(world, { jobId, recordId: at(place), verifier, status, value: ["pos"], ...more });
/** Ann's own labels. */
async function annLabels(...values: [place: number, value: string][]): Promise<void> {
  const { projectId, userId, userName } = ann;
  await ensureAnnotator(test.db, { projectId, id: userId, kind: "user", name: userName });
  await addLabels(
    world,
    userId,
    values.map(([place, value]) => [at(place), [value]]),
  );
}
const whole = { by: "annotator" as const, label };

describe("progress", () => {
  it("counts records once, by label and up to each day, by what stands and without deleted records", async () => {
    await annLabels([0, "pos"], [7, "neu"]);
    await say(0, ann, "CONFIRMS", { createdAt: new Date("2026-03-01T23:30:00Z") });
    await say(1, ann, "CORRECTS", { createdAt: new Date("2026-03-03T00:10:00Z"), value: ["neg"] });
    await say(2, bo, "UNSURE", { createdAt: new Date("2026-03-02T12:00:00Z") });
    await say(3, bo, "CONFIRMS", { createdAt: new Date("2026-03-01T12:00:00Z") });
    await deleteRecord(test.db, world.member, { id: at(3) });
    const { days, ...found } = await getProgress(test.db, world.member, {});
    expect(found).toEqual({
      asOf: expect.any(String),
      n: 7,
      labelled: 6,
      verified: 2,
      reconciled: 0,
      labels: [{ label, labelled: 6, verified: 2, reconciled: 0 }],
    });
    expect(days.slice(0, 2)).toEqual([
      { day: "2026-03-01", labelled: 0, verified: 1, reconciled: 0 },
      { day: "2026-03-03", labelled: 0, verified: 2, reconciled: 0 },
    ]);
    expect(days.at(-1)).toMatchObject({ labelled: 6, verified: 2 });
    const since = "2026-03-03T00:00:00Z";
    expect((await getProgress(test.db, world.member, { since })).days[0]?.day).toBe("2026-03-03");
    const march = await getProgress(test.db, world.member, { since: "2026-02-01T00:00:00Z", until: since });
    expect(march.days).toEqual([{ day: "2026-03-01", labelled: 0, verified: 1, reconciled: 0 }]);
    expect(march.verified).toBe(2);
  });

  it("is narrowed to a subset, and to whom it was done by", async () => {
    await annLabels([0, "pos"], [7, "neu"]);
    await say(1, bo, "CONFIRMS");
    const subset = await createSubset(test.db, world.member, {
      name: "Some",
      kind: "static",
      recordIds: [at(0), at(1), at(6)],
    });
    expect(await getProgress(test.db, world.member, { subsetId: subset.id })).toMatchObject({
      n: 3,
      labelled: 2,
      verified: 1,
    });
    expect(await getProgress(test.db, world.member, { annotators: [ann.userId] })).toMatchObject({
      n: 8,
      labelled: 2,
      verified: 0,
    });
    expect(await errorCode(getProgress(test.db, world.member, { subsetId: newId() }))).toBe("invalid_query");
    expect(await errorCode(getProgress(test.db, world.member, { label: "nothing" }))).toBe("invalid");
    const now = "2026-03-03T00:00:00Z";
    expect(await errorCode(getProgress(test.db, world.member, { since: now, until: now }))).toBe("invalid");
  });

  it("counts decisions where annotators differ, while they stand", async () => {
    await annLabels([4, "pos"]);
    await reconcile(test.db, bo, { label, items: [{ recordId: at(4), value: ["pos"], base: null }] });
    expect(await getProgress(test.db, world.member, {})).toMatchObject({ reconciled: 1 });
    expect(await getContributions(test.db, world.member, {})).toMatchObject({
      people: [
        { name: "Ann", labels: 1, verdicts: 0, reconciled: 0 },
        { name: "Bo", labels: 0, verdicts: 0, reconciled: 1 },
      ],
    });
  });
});

describe("distribution", () => {
  it("counts each option by people, by jobs, in verdicts and in the newest snapshot of a policy", async () => {
    await annLabels([0, "neg"], [7, "neu"], [6, "neu"]);
    await say(0, ann, "CONFIRMS");
    await say(4, bo, "CORRECTS");
    await say(5, bo, "UNSURE");
    expect(await getDistribution(test.db, world.member, whole)).toEqual({
      asOf: expect.any(String),
      n: 3,
      label,
      by: "annotator",
      options: ["pos", "neg", "neu"],
      groups: [{ kind: "user", id: ann.userId, name: "Ann", n: 3, counts: [0, 1, 2] }],
    });
    expect(await getDistribution(test.db, world.member, { label, by: "job" })).toMatchObject({
      n: 6,
      groups: [{ kind: "job", id: jobId, name: "Careful", n: 6, counts: [4, 2, 0] }],
    });
    await createAggregation(test.db, world.member, { label, policy: "majority" });
    const { id } = await createAggregation(test.db, world.member, { label, policy: "majority" });
    expect((await getDistribution(test.db, world.member, { label, by: "policy" })).groups).toEqual([
      { kind: "snapshot", id, name: "majority", n: 7, counts: [3, 2, 2] },
      { kind: "verified", id: null, name: "", n: 2, counts: [2, 0, 0] },
    ]);
  });

  it("leaves out what was given at other times, by others, and on deleted records", async () => {
    await annLabels([0, "neg"], [7, "neu"]);
    await deleteRecord(test.db, world.member, { id: at(7) });
    expect((await getDistribution(test.db, world.member, whole)).groups[0]?.counts).toEqual([0, 1, 0]);
    const until = "2020-01-01T00:00:00Z";
    expect(await getDistribution(test.db, world.member, { ...whole, until })).toMatchObject({
      n: 0,
      groups: [],
    });
    const others = { ...whole, annotators: [bo.userId] };
    expect((await getDistribution(test.db, world.member, others)).groups).toEqual([]);
  });

  it("counts options that the schema has no more, and the options of several in one label", async () => {
    await addLabels(world, jobId, [[at(6), ["neg", "old"]]]);
    expect(await getDistribution(test.db, world.member, { label, by: "job" })).toMatchObject({
      n: 7,
      options: ["pos", "neg", "neu", "old"],
      groups: [{ n: 7, counts: [4, 3, 0, 1] }],
    });
  });
});

describe("contributions", () => {
  it("tells what each person did that stands, and how fast to whoever may open sessions", async () => {
    await annLabels([0, "neg"]);
    const timed = await say(0, ann, "CONFIRMS", { createdAt: new Date("2026-03-01T12:00:00Z") });
    await test.db.verification.update({ where: { id: timed }, data: { activeMs: 4_000 } });
    const bulk = await say(1, bo, "CONFIRMS");
    await test.db.verification.update({ where: { id: bulk }, data: { activeMs: 10, together: true } });
    await say(2, bo, "UNSURE");
    await addVerdict(world, {
      jobId,
      recordId: at(3),
      verifier: bo,
      status: "CORRECTS",
      value: ["neg"],
      current: false,
    });
    const found = await getContributions(test.db, world.member, {});
    expect(found).toMatchObject({
      n: 4,
      people: [
        { id: ann.userId, labels: 1, verdicts: 1, confirmed: 1, medianSeconds: 4, medianReason: null },
        { id: bo.userId, labels: 0, verdicts: 2, confirmed: 1, unsure: 1, together: 1, medianSeconds: null },
      ],
    });
    expect(found.days.find(({ day }) => day === "2026-03-01")).toEqual({
      day: "2026-03-01",
      id: ann.userId,
      labels: 0,
      verdicts: 1,
      reconciled: 0,
    });
    const viewer = await createMember(test.db, { project: world.project, role: "viewer", name: "Vi" });
    const seen = await getContributions(test.db, viewer, { until: "2026-04-01T00:00:00Z" });
    expect(seen.people).toMatchObject([
      {
        id: ann.userId,
        labels: 0,
        verdicts: 1,
        medianSeconds: null,
        medianReason: expect.stringMatching(/fast/),
      },
    ]);
  });

  it("counts nothing that an independent session hides from the reader", async () => {
    const session = await createSession(
      test.db,
      world.member,
      createSessionInput.parse({ project: "p", label, jobIds: [jobId], mode: "independent" }),
    );
    const { items } = await listSessionItems(test.db, ann, { id: session.id, limit: 9, sort: "position" });
    const decide = (who: ProjectActor, count: number) =>
      writeVerifications(test.db, who, {
        sessionId: session.id,
        items: items.slice(0, count).map(({ annotationId }) => ({ annotationId, value: ["pos"] })),
      });
    await decide(ann, 4);
    await decide(bo, 1);
    const verdictsOf = async (who: ProjectActor) =>
      (await getContributions(test.db, who, {})).people.map(({ name, verdicts }) => [name, verdicts]);
    expect(await verdictsOf(bo)).toEqual([
      ["Ann", 1],
      ["Bo", 1],
    ]);
    expect(await verdictsOf(world.member)).toEqual([
      ["Ann", 4],
      ["Bo", 1],
    ]);
    expect((await getProgress(test.db, bo, {})).verified).toBe(1);
    expect((await getDistribution(test.db, bo, { label, by: "policy" })).n).toBe(1);
    expect((await getDistribution(test.db, ann, { label, by: "policy" })).n).toBe(4);
  });
});

it("is of one project, and for the team alone", async () => {
  await say(0, ann, "CONFIRMS");
  const other = await createLabelledProject(test.db);
  const asked = { annotators: [ann.userId, jobId] };
  expect(await getProgress(test.db, other.member, asked)).toMatchObject({ n: 0, labelled: 0, days: [] });
  expect((await getDistribution(test.db, other.member, { label, by: "policy" })).groups).toEqual([]);
  expect((await getContributions(test.db, other.member, asked)).people).toEqual([]);
  const annotator = await createMember(test.db, { project: world.project, role: "annotator", name: "Cy" });
  for (const work of [
    getProgress(test.db, annotator, {}),
    getDistribution(test.db, annotator, whole),
    getContributions(test.db, annotator, {}),
  ])
    expect(await errorCode(work)).toBe("forbidden");
});

it("reads a list in an address, and refuses what is no id", () => {
  const [one, two] = [newId(), newId()];
  const filter = (annotators: unknown) => statisticsFilter.safeParse({ project: "p", annotators });
  expect(filter(`${one},${two}`).data?.annotators).toEqual([one, two]);
  expect(filter([one, two]).data?.annotators).toEqual([one, two]);
  expect(filter("me").success).toBe(false);
  expect(distributionInput.parse({ project: "p", label }).by).toBe("annotator");
});
