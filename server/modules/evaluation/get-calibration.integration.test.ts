import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { calibrationInput, calibrationOutput } from "@/contracts/calibration";
import { createSessionInput } from "@/contracts/sessions";
import { createSubsetInput } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import { writeJobLabels } from "@/server/modules/annotations";
import { createSubset } from "@/server/modules/subsets";
import {
  createSession,
  listSessionItems,
  patchSession,
  writeVerifications,
} from "@/server/modules/verification";
import { isAppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { getCalibration } from ".";
import { measureCalibration } from "./statistics/calibration/measure-calibration";
import type { CalibrationRow } from "./statistics/calibration/recalibration";

const RECORDS = 120;
const options = ["pos", "neg", "neu"];

let test: TestDatabase;
let world: LabelledProject;
let ann: ProjectActor;
let bo: ProjectActor;
let jobId: string;
let records: string[];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await createLabelledProject(test.db);
  records = await fill(world);
  jobId = await addJob(world, "One");
  await label(world, jobId, records);
  ann = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ann" });
  bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
});

const fill = async (project: LabelledProject) => {
  const added = await addRecords(
    project,
    Array.from({ length: RECORDS }, (_, at) => ({
      externalId: `r${at}`,
      metadata: { gold: truthAt(at), odd: at === 0 ? "no option" : "pos" },
    })),
  );
  await test.db.metadataName.createMany({
    data: ["gold", "odd"].map((name, position) => ({
      projectId: project.project.id,
      name,
      type: "text",
      position,
      visibility: "gold",
    })),
  });
  return [...added.values()];
};
/** The record at a place has this confidence, and "pos" is right for two of three. */
const confAt = (at: number) => 0.35 + (0.6 * at) / RECORDS;
const truthAt = (at: number) => (at % 3 === 0 ? "neg" : "pos");
const probabilitiesAt = (at: number) => ({
  pos: confAt(at),
  neg: 0.75 * (1 - confAt(at)),
  neu: 0.25 * (1 - confAt(at)),
});

const label = (
  { db, project }: LabelledProject,
  job: string,
  ids: readonly string[],
  silent = new Set<number>(),
) =>
  writeJobLabels(db, {
    projectId: project.id,
    jobId: job,
    schemaVersion: 1,
    rows: ids.map((recordId, at) => ({
      recordId,
      label: "sentiment",
      level: "record",
      value: ["pos"],
      conf: silent.has(at) ? null : confAt(at),
      confMethod: silent.has(at) ? null : "option-probability",
      confReason: silent.has(at) ? "no_logprobs" : null,
      probabilities: silent.has(at) ? null : probabilitiesAt(at),
    })),
  });

const open = (more: object = {}) =>
  createSession(
    test.db,
    world.member,
    createSessionInput.parse({ project: "p", label: "sentiment", jobIds: [jobId], ...more }),
  );
const itemsOf = async (id: string) =>
  (await listSessionItems(test.db, world.member, { id, limit: RECORDS, sort: "position" })).items;
/** A person says what is right of the session's labels, as far as `choose` has them decide. */
async function decide(
  who: ProjectActor,
  sessionId: string,
  choose: (item: { recordId: string; blind: boolean }) => { value: string[]; status?: "UNSURE" } | null,
  more: object = {},
) {
  const items = (await itemsOf(sessionId)).flatMap(({ annotationId, recordId, blind }) => {
    const said = choose({ recordId, blind });
    return said ? [{ annotationId, ...said, ...more }] : [];
  });
  const { items: answers } = await writeVerifications(test.db, who, { sessionId, items });
  expect(answers.filter((answer) => "error" in answer)).toEqual([]);
  return items.length;
}
const placeOf = (recordId: string) => records.indexOf(recordId);
const truthfully = ({ recordId }: { recordId: string }) => ({ value: [truthAt(placeOf(recordId))] });

const ask = async (who: ProjectActor, more: object = {}) =>
  calibrationOutput.parse(
    await getCalibration(
      test.db,
      who,
      calibrationInput.parse({ project: "p", jobId, label: "sentiment", ...more }),
    ),
  );
const rowsOf = (places: readonly number[], weightAt: (at: number) => number): CalibrationRow[] =>
  places.map((at) => ({
    recordId: records[at] ?? "",
    conf: confAt(at),
    correct: truthAt(at) === "pos",
    weight: weightAt(at),
    options: {
      probabilities: Object.values(probabilitiesAt(at)),
      given: 0,
      truth: options.indexOf(truthAt(at)),
    },
  }));
const places = Array.from({ length: RECORDS }, (_, at) => at);

describe("getCalibration", () => {
  it("rests on first blind verdicts, weighted by the chance with which their sessions took them", async () => {
    const third = await open({ sample: { size: 40, seed: 7 }, blindShare: 1 });
    const half = await open({ blindShare: 0.5 });
    const inThird = (await itemsOf(third.id)).map(({ recordId }) => placeOf(recordId));
    const blindInHalf = (await itemsOf(half.id)).flatMap((item) =>
      item.blind ? [placeOf(item.recordId)] : [],
    );
    const unsure = new Set(inThird.slice(0, 2));
    await decide(ann, third.id, (item) =>
      unsure.has(placeOf(item.recordId)) ? { value: [], status: "UNSURE" } : truthfully(item),
    );
    // What one has seen is decided again, wrongly: it is no first verdict.
    await decide(ann, third.id, (item) => (unsure.has(placeOf(item.recordId)) ? null : { value: ["neu"] }));
    const later = blindInHalf.filter((at) => !inThird.includes(at));
    await decide(ann, half.id, (item) => {
      const at = placeOf(item.recordId);
      // Seen labels, and those that the other session has, count by nothing that is said here.
      return later.includes(at) ? truthfully(item) : unsure.has(at) ? null : { value: ["neu"] };
    });
    const known = [...inThird.filter((at) => !unsure.has(at)), ...later].sort((a, b) => a - b);
    const expected = measureCalibration(
      rowsOf(known, (at) => (inThird.includes(at) ? 3 : 2)),
      "equal-mass",
    );
    expect(known.length).toBeGreaterThan(50);

    const told = await ask(world.member);
    expect(told).toMatchObject({
      jobId,
      label: "sentiment",
      truth: "blind",
      sawLabel: false,
      blindN: known.length,
      n: known.length,
      withoutConf: 0,
      sampledOf: null,
    });
    expect(told.effectiveN).toBeCloseTo(expected.effectiveN ?? 0, 9);
    expect(told.effectiveN).toBeLessThan(known.length);
    expect(told.bins.map(({ n }) => n)).toEqual(expected.figures?.bins.map(({ n }) => n));
    for (const name of ["ece", "eceByChance", "logLoss", "auroc", "accuracy", "meanConf"] as const)
      expect(told[name]).toBeCloseTo(expected.figures?.[name] ?? Number.NaN, 9);
    expect(told.brier?.score).toBeCloseTo(expected.figures?.brier.score ?? Number.NaN, 9);
    const { temperature } = told.recalibration ?? {};
    expect(temperature?.n).toBe(known.length);
    expect(temperature?.fit?.T).toBeCloseTo(expected.figures?.recalibration.temperature.fit?.T ?? 0, 6);
    expect(temperature?.fit?.eceAfter).toBeCloseTo(
      expected.figures?.recalibration.temperature.fit?.eceAfter ?? Number.NaN,
      6,
    );
    expect(told.recalibration?.isotonic).toMatchObject({ fit: null, reason: "too_few", needs: 200 });

    // Who has decided nothing may not even count: neither the verdicts nor the hidden labels themselves.
    const shown = RECORDS - new Set([...inThird, ...blindInHalf]).size;
    expect(await ask(bo)).toMatchObject({ blindN: 0, truth: "verified", n: shown });
    expect(await ask(bo, { truth: "metadata:gold" })).toMatchObject({ n: shown });
    for (const { id } of [third, half]) await patchSession(test.db, world.member, { id, state: "closed" });
    expect(await ask(bo)).toMatchObject({ truth: "blind", n: known.length, ece: told.ece });
  });

  it("takes verdicts that were given one by one where there is no blind one, and says that people saw the label", async () => {
    const { id } = await open();
    await decide(ann, id, (item) => (placeOf(item.recordId) < 45 ? truthfully(item) : null));
    await decide(ann, id, (item) => (placeOf(item.recordId) >= 60 ? { value: ["pos"] } : null), {
      together: true,
    });
    await decide(ann, id, (item) => (placeOf(item.recordId) === 50 ? { value: [], status: "UNSURE" } : null));
    const { figures } = measureCalibration(
      rowsOf(places.slice(0, 45), () => 1),
      "equal-width",
    );
    const told = await ask(bo, { bins: "equal-width" });
    expect(told).toMatchObject({ truth: "verified", sawLabel: true, blindN: 0, n: 45, effectiveN: 45 });
    expect(told.ece).toBeCloseTo(figures?.ece ?? Number.NaN, 9);
    expect(told.bins.map(({ from }) => from)).toEqual(figures?.bins.map(({ from }) => from));
    expect(told.recalibration?.temperature).toMatchObject({ n: 45, needs: 50, fit: null, reason: "too_few" });
    expect(await ask(bo, { truth: "blind" })).toMatchObject({ n: 0, reason: "too_few", ece: null, bins: [] });
  });

  it("counts nobody's verdicts of an open independent session but one's own", async () => {
    const { id } = await open({ mode: "independent" });
    await decide(ann, id, truthfully);
    expect(await ask(ann)).toMatchObject({ n: RECORDS });
    expect(await ask(bo)).toMatchObject({ n: 0, reason: "too_few" });
    await decide(bo, id, (item) => (placeOf(item.recordId) < 35 ? truthfully(item) : null));
    expect(await ask(bo)).toMatchObject({ n: 35 });
  });

  it("takes gold of the records, on the records of a subset", async () => {
    const silent = await addJob(world, "Two");
    await label(world, silent, records, new Set(places.slice(0, 100)));
    const gold = { truth: "metadata:gold" };
    const told = await ask(bo, { ...gold, bins: "equal-width" });
    expect(told).toMatchObject({ truth: "metadata:gold", sawLabel: false, blindN: null, n: RECORDS });
    expect(told.accuracy).toBeCloseTo(2 / 3, 9);
    const subset = await createSubset(
      test.db,
      world.member,
      createSubsetInput.parse({ project: "p", name: "Some", recordIds: records.slice(0, 33) }),
    );
    expect(await ask(bo, { ...gold, subsetId: subset.id })).toMatchObject({ n: 33 });
    expect(await ask(bo, { truth: "metadata:odd" })).toMatchObject({
      n: RECORDS - 1,
      accuracy: 1,
      auroc: null,
    });
    expect(await ask(bo, { ...gold, jobId: silent })).toMatchObject({
      n: 20,
      withoutConf: 100,
      reason: "too_few",
      ece: null,
    });
    const mute = await addJob(world, "Three");
    await label(world, mute, records, new Set(places));
    expect(await ask(bo, { ...gold, jobId: mute })).toMatchObject({
      n: 0,
      withoutConf: RECORDS,
      reason: "no_conf",
    });
  });

  it("draws from many labels by the ids of their records, the same each time, and says so", async () => {
    const values = Array.from({ length: 200 }, (_, at) => `option ${at}`);
    const many = await createLabelledProject(test.db, {
      labels: [{ name: "topic", level: "record", options: values.map((value) => ({ value, text: value })) }],
    });
    const at600 = Array.from({ length: 600 }, (_, at) => at);
    const added = await addRecords(
      many,
      at600.map((at) => ({ externalId: `r${at}`, metadata: { gold: values[at % 2] ?? "" } })),
    );
    await test.db.metadataName.create({
      data: { projectId: many.project.id, name: "gold", type: "text", position: 0, visibility: "gold" },
    });
    const job = await addJob(many);
    const rows = [...added.values()].map((id) => [id, ["option 0"]] as const);
    await addLabels(many, job, rows, { label: "topic", conf: 0.6 });
    const told = await ask(many.member, { jobId: job, label: "topic", truth: "metadata:gold" });
    expect(told).toMatchObject({ n: 500, sampledOf: 600, bins: [{ from: 0.6, to: 0.6, n: 500 }] });
    expect(Math.abs((told.accuracy ?? 0) - 0.5)).toBeLessThan(0.06);
    expect(told.recalibration?.temperature).toMatchObject({ n: 0, reason: "no_probabilities" });
    const again = await ask(many.member, { jobId: job, label: "topic", truth: "metadata:gold" });
    expect({ ...again, asOf: told.asOf }).toEqual(told);
  });

  it("knows only jobs, labels, gold and verdicts of the project, and refuses the rest by its path", async () => {
    const other = await createLabelledProject(test.db);
    const theirJob = await addJob(other);
    await label(other, theirJob, await fill(other));
    const problems = (more: object, who = bo) =>
      ask(who, more).then(
        () => "no error",
        (error: unknown) =>
          isAppError(error) ? (error.errors?.map(({ path }) => path) ?? error.code) : error,
      );
    expect(await problems({ jobId: theirJob })).toEqual(["jobId"]);
    expect(await problems({ jobId: newId() })).toEqual(["jobId"]);
    expect(await problems({ jobId: ann.userId })).toEqual(["jobId"]);
    expect(await problems({ label: "topics" })).toEqual(["label"]);
    expect(await problems({ truth: "metadata:nothing" })).toEqual(["truth"]);
    expect(calibrationInput.safeParse({ project: "p", jobId, label: "x", truth: "final" }).success).toBe(
      false,
    );
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    expect(await problems({}, annotator)).toBe("forbidden");
  });
});
