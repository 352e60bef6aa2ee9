import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { agreementInput } from "@/contracts/agreement";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { ensureAnnotator } from "@/server/modules/annotations";
import { createSession, patchSession, writeVerifications } from "@/server/modules/verification";
import { isAppError } from "@/server/platform/errors";
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
import { seededRandom } from "@/server/testing/seeded-random";
import { cohenKappa, measureAgreement } from ".";
import { krippendorffAlpha } from "./statistics/agreement/krippendorff-alpha";
import { countsOf } from "./statistics/agreement/patterns";

let test: TestDatabase;
let world: LabelledProject;
let records: string[];
let ann: ProjectActor;
let bo: ProjectActor;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await createLabelledProject(test.db, { labels: [sentiment, stars, topics, place] });
  const made = await addRecords(
    world,
    Array.from({ length: 40 }, (_, at) => ({ externalId: `r${at}` })),
  );
  records = [...made.values()];
  ann = await createMember(test.db, { project: world.project, role: "reviewer", name: "Ann" });
  bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  for (const { userId, userName } of [ann, bo])
    await ensureAnnotator(test.db, { projectId: world.project.id, id: userId, kind: "user", name: userName });
});

const labelOf = (name: string, values: readonly string[], more: object = {}) => ({
  name,
  level: "record",
  options: values.map((value) => ({ value, text: value })),
  ...more,
});
const sentiment = labelOf("sentiment", ["pos", "neg", "neu"]);
const stars = labelOf("stars", ["1", "2", "3", "4", "5"]);
const topics = labelOf("topics", ["bags", "crew"], { multi: true });
const place = labelOf("place", ["city", "airport"], { level: "span" });

const measure = (asked: object = {}, who = world.member) =>
  measureAgreement(
    test.db,
    who,
    agreementInput.parse({ project: world.project.slug, label: "sentiment", ...asked }),
  );
const at = (index: number): string => records[index] ?? "";
const label = (annotatorId: string, values: readonly (string | null)[], name = "sentiment") =>
  addLabels(
    world,
    annotatorId,
    values.flatMap((value, index) => (value === null ? [] : [[at(index), [value]] as const])),
    { label: name },
  );
/** Of a refused call, what was wrong. */
const problemsOf = (asked: object, who?: ProjectActor) =>
  measure(asked, who).then(
    () => "no error",
    (error: unknown) => (isAppError(error) ? (error.errors ?? error.code) : error),
  );
const numbersOf = ({ annotators }: Awaited<ReturnType<typeof measure>>) =>
  Object.fromEntries(annotators.map(({ name, n }) => [name, n]));

describe("measureAgreement", () => {
  it("is over what each labelled, counted as if record by record", async () => {
    const random = seededRandom(17);
    const jobs = [await addJob(world, "One"), await addJob(world, "Two")];
    const annotators = [...jobs, ann.userId];
    const options = ["pos", "neg", "neu", "old"];
    const given = annotators.map(() =>
      records.map((_, index) =>
        random() < 0.25 ? null : (options[random() < 0.6 ? index % 3 : Math.floor(4 * random())] ?? null),
      ),
    );
    for (const [who, values] of given.entries()) await label(annotators[who] ?? "", values);

    const found = await measure({ annotators: annotators.join(",") });
    const patterns = records.map((_, index) => ({
      values: given.flatMap((values) => {
        const value = values[index];
        return value ? [options.indexOf(value)] : [];
      }),
      count: 1,
    }));
    expect(found.n).toBe(patterns.filter(({ values }) => values.length > 1).length);
    expect(found.n).toBeLessThan(40);
    expect(found.outside).toBe(given.flat().filter((value) => value === "old").length);
    expect(found.outside).toBeGreaterThan(0);
    expect(found.alpha.value).toBeCloseTo(
      krippendorffAlpha(patterns, "nominal")(countsOf(patterns)) ?? 0,
      12,
    );
    const [low = 1, high = -1] = found.alpha.interval ?? [];
    expect(low).toBeLessThan(found.alpha.value ?? -1);
    expect(high).toBeGreaterThan(found.alpha.value ?? 1);
    expect(found.fleiss).toEqual({ n: found.n, value: null, interval: null, reason: "unequal_raters" });
    expect(found.ac1.value).toBeGreaterThan(0);
    expect(found.perOption.map(({ value }) => value)).toEqual(["pos", "neg", "neu"]);
    const isPos = patterns.map(({ values }) => ({
      values: values.map((value) => Number(value === 0)),
      count: 1,
    }));
    expect(found.perOption[0]?.alpha.value).toBeCloseTo(
      krippendorffAlpha(isPos, "nominal")(countsOf(isPos)) ?? 0,
      12,
    );
    expect(found.annotators).toEqual(
      annotators.map((id, who) => ({
        id,
        name: ["One", "Two", "Ann"][who],
        kind: who === 2 ? "user" : "job",
        n: given[who]?.filter(Boolean).length,
      })),
    );
    expect(found.pairs).toHaveLength(3);
    for (const pair of found.pairs) {
      const [a, b] = [given[annotators.indexOf(pair.a)], given[annotators.indexOf(pair.b)]];
      const cells = records.flatMap((_, index) => {
        const [x, y] = [a?.[index], b?.[index]];
        return x && y ? [{ a: x, b: y, count: 1 }] : [];
      });
      const { n, kappa } = cohenKappa(cells);
      expect(pair).toMatchObject({
        n,
        agree: cells.filter((cell) => cell.a === cell.b).length,
        reason: null,
      });
      expect(pair.kappa).toBeCloseTo(kappa ?? 0, 12);
      expect(pair.interval?.[0]).toBeLessThan(pair.kappa ?? -1);
    }
    const { asOf, ...again } = await measure({ annotators });
    expect(again).toEqual({ ...found, asOf: undefined });
    expect(Date.parse(asOf)).not.toBeNaN();
  });

  it("has no value, and says why, for one annotator, no overlap, one value, and full agreement", async () => {
    const jobs = [await addJob(world, "One"), await addJob(world, "Two"), await addJob(world, "Three")];
    const [one = "", two = "", three = ""] = jobs;
    await label(one, new Array<string>(20).fill("pos"));
    const nothing = { n: 0, value: null, interval: null, reason: "no_overlap" };
    expect(await measure({ annotators: [one] })).toMatchObject({
      n: 0,
      alpha: nothing,
      ac1: nothing,
      pairs: [],
    });
    await label(two, [...new Array<null>(20).fill(null), "pos"]);
    const apart = await measure({ annotators: [one, two] });
    expect(apart).toMatchObject({ n: 0, alpha: nothing, fleiss: nothing, ac1: nothing });
    expect(apart.pairs).toMatchObject([{ n: 0, agree: 0, kappa: null, reason: "no_overlap" }]);
    await label(three, new Array<string>(20).fill("pos"));
    const single = await measure({ annotators: [one, three] });
    expect(single.alpha).toEqual({ n: 20, value: null, interval: null, reason: "single_category" });
    expect(single.ac1).toEqual({ n: 20, value: 1, interval: null, reason: "no_spread" });
    expect(single.pairs).toMatchObject([{ n: 20, agree: 20, kappa: null, reason: "single_category" }]);
  });

  it("takes the twenty with the most labels unless others are named, and says how many it left out", async () => {
    const jobs: string[] = [];
    for (let index = 0; index < 22; index++) {
      jobs.push(await addJob(world, `Job ${index}`));
      await label(jobs[index] ?? "", new Array<string>(22 - index).fill("pos"));
    }
    const found = await measure();
    expect(found.annotators.map(({ id }) => id)).toEqual(jobs.slice(0, 20));
    expect(found.annotatorsLeftOut).toBe(2);
    expect((await measure({ annotators: jobs.slice(20) })).annotatorsLeftOut).toBe(0);
  });

  it("keeps to the project, the subset and what is not deleted", async () => {
    const [one, two] = [await addJob(world, "One"), await addJob(world, "Two")];
    for (const job of [one, two]) await label(job, ["pos", "neg", "neu", "pos"]);
    const other = await createLabelledProject(test.db);
    const [foreign = ""] = (await addRecords(other, [{ externalId: "r0" }])).values();
    const stranger = await addJob(other, "Stranger");
    await addLabels(other, stranger, [[foreign, ["pos"]]]);
    const whole = await measure();
    expect(whole).toMatchObject({
      n: 4,
      annotators: [
        { name: "One", n: 4 },
        { name: "Two", n: 4 },
      ],
    });
    const subset = await test.db.subset.create({
      data: {
        id: newId(),
        projectId: world.project.id,
        name: "three",
        kind: "static",
        createdById: world.member.userId,
        records: { create: [0, 1, 2].map((index) => ({ recordId: at(index) })) },
      },
    });
    await test.db.record.update({ where: { id: at(0) }, data: { deletedAt: new Date() } });
    expect(await measure({ subsetId: subset.id })).toMatchObject({ n: 2, pairs: [{ n: 2, agree: 2 }] });
    expect(await problemsOf({ annotators: [one, stranger] })).toEqual([
      { path: "annotators.1", message: "is no job, person or import of this project" },
    ]);
  });

  it("measures order and numbers where the options have them, and refuses where not", async () => {
    const [one, two] = [await addJob(world, "One"), await addJob(world, "Two")];
    const near = Array.from({ length: 20 }, (_, index) => 1 + (index % 5));
    await label(one, near.map(String), "stars");
    await label(
      two,
      near.map((value) => String(value === 5 ? 4 : value)),
      "stars",
    );
    const nominal = await measure({ label: "stars" });
    for (const metric of ["ordinal", "interval", "ratio"]) {
      const found = await measure({ label: "stars", metric, weights: "quadratic" });
      expect(found.alpha.value).toBeGreaterThan(nominal.alpha.value ?? 1);
      expect(found.pairs[0]?.kappa).toBeGreaterThan(nominal.pairs[0]?.kappa ?? 1);
    }
    // What is no option has no place in the order.
    for (const job of [one, two]) await addLabels(world, job, [[at(30), ["old"]]], { label: "stars" });
    expect(await measure({ label: "stars" })).toMatchObject({ outside: 2, n: 21, alpha: { n: 21 } });
    expect(await measure({ label: "stars", metric: "ordinal", weights: "linear" })).toMatchObject({
      outside: 2,
      n: 21,
      alpha: { n: 20 },
      ac1: { n: 21 },
      pairs: [{ n: 20 }],
    });
    expect(await problemsOf({ metric: "interval" })).toMatchObject([{ path: "metric" }]);
    expect(await problemsOf({ label: "topics", metric: "ordinal", weights: "linear" })).toMatchObject([
      { path: "metric" },
      { path: "weights" },
    ]);
    expect(await problemsOf({ label: "place" })).toMatchObject([{ path: "label" }]);
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    expect(await problemsOf({}, annotator)).toBe("forbidden");
  });
});

describe("the basis", () => {
  it("parts what was given unseen from what was given after a label was shown", async () => {
    const job = await addJob(world, "Job");
    await label(job, new Array<string>(8).fill("pos"));
    const said = (recordId: string, value: string, more: object = {}) =>
      addVerdict(world, {
        jobId: job,
        recordId,
        verifier: ann,
        status: value === "pos" ? "CONFIRMS" : "CORRECTS",
        value: [value],
        ...more,
      });
    // Judged first, then labelled by herself: she had seen the job's label.
    await said(at(0), "neg", { createdAt: new Date(Date.UTC(2026, 0, 1)) });
    await label(ann.userId, ["neg", "neg"]);
    // Labelled by herself, then judged.
    await said(at(1), "pos");
    const together = await said(at(2), "pos");
    await test.db.verification.update({ where: { id: together }, data: { together: true } });
    await said(at(3), "pos", { current: false, createdAt: new Date(Date.UTC(2026, 0, 1)) });
    await said(at(3), "neu", { createdAt: new Date(Date.UTC(2026, 0, 2)) });
    await said(at(4), "neg", { status: "UNSURE", value: [] });
    await addLabels(world, bo.userId, [[at(5), ["neg"]]]);
    await test.db.annotation.updateMany({
      where: { projectId: world.project.id, annotatorId: bo.userId },
      data: { metadata: { resolvedFrom: job } },
    });

    const unseen = await measure();
    expect(numbersOf(unseen)).toEqual({ Job: 8, Ann: 1 });
    expect(unseen.pairs).toMatchObject([{ n: 1, agree: 0 }]);
    const shown = await measure({ basis: "shown" });
    expect(numbersOf(shown)).toEqual({ Ann: 3 });
    await addVerdict(world, {
      jobId: job,
      recordId: at(3),
      verifier: bo,
      status: "CORRECTS",
      value: ["neu"],
    });
    expect((await measure({ basis: "shown" })).pairs).toMatchObject([{ n: 1, agree: 1 }]);
    expect(numbersOf(await measure({ basis: "shown", annotators: [job, bo.userId] }))).toEqual({
      Job: 0,
      Bo: 1,
    });
  });

  it("counts the first verdict on a hidden label as unseen, later ones as shown", async () => {
    const job = await addJob(world, "Job");
    await label(job, ["pos", "pos"]);
    const session = await createSession(
      test.db,
      world.member,
      createSessionInput.parse({ project: "p", label: "sentiment", jobIds: [job], blindShare: 1 }),
    );
    const [item] = await test.db.sessionItem.findMany({ where: { sessionId: session.id, recordId: at(0) } });
    const decide = (who: ProjectActor, value: string) =>
      writeVerifications(test.db, who, {
        sessionId: session.id,
        items: [{ annotationId: item?.annotationId ?? "", value: [value] }],
      });
    await decide(ann, "neg");
    expect(numbersOf(await measure())).toEqual({ Job: 2, Ann: 1 });
    expect((await measure({ basis: "shown" })).annotators).toEqual([]);
    await decide(ann, "pos");
    expect(await measure()).toMatchObject({ pairs: [{ n: 1, agree: 0 }] });
    expect(numbersOf(await measure({ basis: "shown" }))).toEqual({ Ann: 1 });
    // From Bo the job's label is hidden, and with it what Ann made of it.
    expect((await measure({}, bo)).annotators).toEqual([]);
    expect((await measure({ basis: "shown" }, bo)).annotators).toEqual([]);
    await decide(bo, "pos");
    expect(numbersOf(await measure({}, bo))).toEqual({ Job: 1, Ann: 1, Bo: 1 });
  });

  it("holds nothing that an independent session hides from whoever asks", async () => {
    const job = await addJob(world, "Job");
    await label(job, ["pos", "pos"]);
    const session = await createSession(
      test.db,
      world.member,
      createSessionInput.parse({ project: "p", label: "sentiment", jobIds: [job], mode: "independent" }),
    );
    const items = await test.db.sessionItem.findMany({ where: { sessionId: session.id } });
    const decide = (who: ProjectActor, count: number) =>
      writeVerifications(test.db, who, {
        sessionId: session.id,
        items: items.slice(0, count).map(({ annotationId }) => ({ annotationId, value: ["neg"] })),
      });
    await decide(ann, 2);
    const seenBy = async (who: ProjectActor) => numbersOf(await measure({ basis: "shown" }, who));
    expect(await seenBy(bo)).toEqual({});
    expect(await seenBy(world.member)).toEqual({ Ann: 2 });
    await decide(bo, 1);
    expect(await seenBy(bo)).toEqual({ Ann: 1, Bo: 1 });
    await patchSession(test.db, world.member, { id: session.id, state: "closed" });
    expect(await seenBy(bo)).toEqual({ Ann: 2, Bo: 1 });
  });
});
