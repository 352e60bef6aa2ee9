import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putSchema } from "@/server/modules/projects";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  addVerdict,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { getLabelShares, getOverview } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const doneSteps = async (world: LabelledProject) =>
  (await getOverview(test.db, world.member)).steps.filter(({ done }) => done).map(({ step }) => step);

async function verifiedWorld() {
  const world = await createLabelledProject(test.db);
  const records = await addRecords(
    world,
    ["a", "b", "c", "d"].map((externalId) => ({ externalId })),
  );
  const ids = [...records.values()];
  const [a = "", b = "", c = ""] = ids;
  const job = await addJob(world, "First");
  await addLabels(
    world,
    job,
    ids.map((id) => [id, ["pos"]] as const),
  );
  const later = await addJob(world, "Second");
  await addLabels(world, later, [[c, ["neu"]]]);
  const verdict = { jobId: job, verifier: world.member };
  await addVerdict(world, { ...verdict, recordId: a, status: "CONFIRMS", value: ["pos"] });
  await addVerdict(world, { ...verdict, recordId: b, status: "CORRECTS", value: ["neg"] });
  return { world, job };
}

describe("the overview", () => {
  it("ticks each step as soon as it is done, and no other", async () => {
    const world = await createLabelledProject(test.db);
    expect(await doneSteps(world)).toEqual(["schema"]);
    await addRecords(world, [{ externalId: "a" }]);
    expect(await doneSteps(world)).toEqual(["schema", "records"]);
    await createMember(test.db, { project: world.project, role: "reviewer" });
    expect(await doneSteps(world)).toEqual(["schema", "records", "members"]);
    await addJob(world);
    expect(await doneSteps(world)).toEqual(["schema", "records", "members", "agent", "job"]);
  });

  it("shows agents with how often people confirmed them", async () => {
    const { world, job } = await verifiedWorld();
    const { agents, newestJobId } = await getOverview(test.db, world.member);
    expect(agents.map(({ name, jobs, lastJob }) => [name, jobs, lastJob?.status])).toEqual([
      ["Second", 1, "succeeded"],
      ["First", 1, "succeeded"],
    ]);
    expect(agents[0]?.confirmed).toBeNull();
    expect(agents[1]?.confirmed).toMatchObject({ n: 2, point: 0.5 });
    expect(agents[1]?.lastJob?.id).toBe(job);
    expect(newestJobId).not.toBe(job);
  });

  it("counts of each record the verdict, else the newest label", async () => {
    const { world } = await verifiedWorld();
    expect(await getLabelShares(test.db, world.member)).toEqual([
      {
        label: "sentiment",
        n: 4,
        verified: 2,
        values: [
          { value: ["pos"], count: 2 },
          { value: ["neg"], count: 1 },
          { value: ["neu"], count: 1 },
        ],
      },
    ]);
  });

  it("lists what happened, newest first, the verdicts of one person together", async () => {
    const { world } = await verifiedWorld();
    await putSchema(test.db, world.member, {
      labelSchema: [{ name: "other", level: "record", options: [{ value: "x", text: "x" }] }],
    });
    const { activity } = await getOverview(test.db, world.member);
    expect(activity.filter(({ kind }) => kind === "verdicts")).toMatchObject([{ count: 2 }]);
    expect(activity[0]).toMatchObject({ kind: "schema", target: "2" });
    expect(activity.map(({ at }) => at)).toEqual(
      activity
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
  });

  it("names the subset that a job ran on, and the session in which verdicts were given", async () => {
    const { world, job } = await verifiedWorld();
    const { projectId, userId } = world.member;
    const subset = await test.db.subset.create({
      data: { id: newId(), projectId, name: "hard ones", kind: "static", createdById: userId },
    });
    await test.db.job.update({ where: { id: job }, data: { subsetId: subset.id } });
    const { id: schemaId } = await test.db.labelSchema.findFirstOrThrow({
      where: { projectId, active: true },
    });
    const session = await test.db.verificationSession.create({
      data: {
        id: newId(),
        projectId,
        name: "Round one",
        labelName: "sentiment",
        schemaId,
        mode: "shared",
        jobIds: [job],
        createdById: userId,
      },
    });
    await test.db.verification.updateMany({ where: { projectId }, data: { sessionId: session.id } });
    const { activity } = await getOverview(test.db, world.member);
    expect(activity.filter(({ kind }) => kind === "verdicts")).toMatchObject([
      { target: session.id, name: "Round one", count: 2 },
    ]);
    expect(activity.filter(({ kind }) => kind === "job").map(({ name, subset }) => [name, subset])).toEqual([
      ["Second", null],
      ["First", "hard ones"],
    ]);
  });

  it("says which query found the records that a job ran on", async () => {
    const { world, job } = await verifiedWorld();
    const query = { and: [{ keyword: "late" }, { not: { keyword: "bag" } }] };
    await test.db.job.update({ where: { id: job }, data: { query } });
    const { activity } = await getOverview(test.db, world.member);
    expect(activity.filter(({ kind }) => kind === "job").map((entry) => [entry.name, entry.query])).toEqual([
      ["Second", null],
      ["First", query],
    ]);
  });

  it("holds nothing of another project", async () => {
    await verifiedWorld();
    const other = await createLabelledProject(test.db);
    const { agents, newestJobId, steps } = await getOverview(test.db, other.member);
    expect({ agents, newestJobId }).toEqual({ agents: [], newestJobId: null });
    expect(steps.filter(({ done }) => done)).toHaveLength(1);
    expect(await getLabelShares(test.db, other.member)).toEqual([]);
  });

  it("shows an annotator no work of others", async () => {
    const { world } = await verifiedWorld();
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    expect(await getOverview(test.db, annotator)).toMatchObject({ steps: [], agents: [], activity: [] });
    expect(await getLabelShares(test.db, annotator)).toEqual([]);
  });
});
