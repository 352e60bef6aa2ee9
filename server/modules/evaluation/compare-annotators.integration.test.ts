import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
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
import { compareAnnotators, listLabellers, valueKey } from ".";
import { scoreComparison } from "./statistics/compare";
import { countJointly } from "./statistics/testing/count-jointly";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const multi = {
  name: "topics",
  level: "record",
  multi: true,
  options: ["bags", "crew", "delay"].map((value) => ({ value, text: value })),
};
const sentiment = {
  name: "sentiment",
  level: "record",
  options: ["pos", "neg", "neu"].map((value) => ({ value, text: value })),
};

const withGold = (gold: JsonValue | undefined): Record<string, JsonValue> =>
  gold === undefined ? {} : { gold };

/** The problems of a refused comparison. */
const problemsOf = (work: Promise<unknown>) =>
  work.then(
    () => "no error",
    (error: unknown) => (isAppError(error) ? (error.errors ?? error.code) : error),
  );

/** The expected figures, counted record by record. */
function scoresOf(
  gold: Map<string, string[]> | undefined,
  labels: readonly (readonly [id: string, values: Map<string, string[]>])[],
  options: readonly string[],
) {
  const keys = (values: Map<string, string[]>) =>
    new Map([...values].filter(([, value]) => value.length > 0).map(([id, value]) => [id, valueKey(value)]));
  const counts = countJointly({
    ...(gold ? { gold: keys(gold) } : {}),
    annotators: labels.map(([id, values]) => ({ id, labels: keys(values) })),
    options,
  });
  return { goldInvalid: counts.goldInvalid, ...scoreComparison(counts) };
}

async function randomLabels(
  world: LabelledProject,
  records: Iterable<string>,
  random: () => number,
  label: string,
) {
  const options = label === "topics" ? ["bags", "crew", "delay"] : ["pos", "neg", "neu", "old"];
  const values = new Map<string, string[]>();
  for (const recordId of records) {
    if (random() < 0.2) continue;
    if (label === "topics")
      values.set(
        recordId,
        options.filter(() => random() < 0.4),
      );
    else values.set(recordId, [options[Math.floor(random() * options.length)] ?? "pos"]);
  }
  const jobId = await addJob(world);
  await addLabels(world, jobId, values, { label });
  return [jobId, values] as const;
}

describe("compareAnnotators", () => {
  it.each(["sentiment", "topics"])(
    "counts in the database what is counted record by record: %s",
    async (label) => {
      const world = await createLabelledProject(test.db, { labels: [sentiment, multi] });
      const random = seededRandom(label.length);
      const drawn = [
        undefined,
        "",
        "pos",
        "neg",
        "neu",
        "wrong",
        '["bags"]',
        '["delay","bags"]',
        ["crew", "bags", "crew"],
        ["x"],
        7,
        null,
      ];
      const metadata = Array.from({ length: 300 }, () => drawn[Math.floor(random() * drawn.length)]);
      const ids = await addRecords(
        world,
        metadata.map((gold, index) => ({
          externalId: `${index}`,
          metadata: withGold(gold),
        })),
      );
      await test.db.metadataName.create({
        data: { projectId: world.project.id, name: "gold", type: "json", position: 0, visibility: "gold" },
      });
      const jobs = [];
      for (let job = 0; job < 3; job++) jobs.push(await randomLabels(world, ids.values(), random, label));

      const asGold = (value: (typeof drawn)[number]): string[] => {
        if (value === undefined || value === null || value === "") return [];
        if (Array.isArray(value)) return value;
        const text = String(value);
        return label === "topics" && text.startsWith("[")
          ? ["delay", "bags"].filter((one) => text.includes(one))
          : [text];
      };
      const gold = new Map(metadata.map((value, index) => [ids.get(`${index}`) ?? "", asGold(value)]));
      const options = (label === "topics" ? multi : sentiment).options.map(({ value }) => value);
      const annotators = jobs.map(([id]) => id);
      const result = await compareAnnotators(test.db, world.member, {
        label,
        annotators,
        gold: { metadata: "gold" },
      });
      const expected = scoresOf(gold, jobs, options);
      expect(result.goldInvalid).toBe(expected.goldInvalid);
      expect(result.goldInvalid).toBeGreaterThan(0);
      expect(result.annotators).toEqual(
        expected.annotators.map((score) => ({ ...score, name: "Agent", examples: 0 })),
      );
      expect(result.pairs).toEqual(expected.pairs);

      const alone = await compareAnnotators(test.db, world.member, { label, annotators });
      expect(alone.pairs).toEqual(scoresOf(undefined, jobs, options).pairs);
    },
  );

  it("takes as gold the newest current verdict that decides, another annotator, or a snapshot", async () => {
    const world = await createLabelledProject(test.db);
    const ids = await addRecords(
      world,
      ["a", "b", "c", "d"].map((externalId) => ({ externalId })),
    );
    const [a = "", b = "", c = "", d = ""] = ids.values();
    const [first, second] = [await addJob(world, "First"), await addJob(world, "Second")];
    await addLabels(world, first, [
      [a, ["pos"]],
      [b, ["pos"]],
      [c, ["neg"]],
      [d, ["neu"]],
    ]);
    await addLabels(world, second, [
      [a, ["neg"]],
      [b, ["pos"]],
      [c, ["neg"]],
    ]);
    const bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
    const verdict = { jobId: first, verifier: world.member };
    await addVerdict(world, {
      ...verdict,
      recordId: a,
      status: "CONFIRMS",
      value: ["pos"],
      createdAt: at(1),
    });
    await addVerdict(world, {
      ...verdict,
      recordId: a,
      verifier: bo,
      status: "CORRECTS",
      value: ["neg"],
      createdAt: at(2),
    });
    await addVerdict(world, { ...verdict, recordId: b, status: "CORRECTS", value: ["neu"], current: false });
    await addVerdict(world, { ...verdict, recordId: c, status: "UNSURE", value: [] });
    await addVerdict(world, { ...verdict, recordId: d, status: "CONFIRMS", value: ["neu"] });
    const compare = (gold: Parameters<typeof compareAnnotators>[2]["gold"]) =>
      compareAnnotators(test.db, world.member, { label: "sentiment", annotators: [first, second], gold });

    const verified = await compare({ verified: true });
    expect(verified.annotators).toMatchObject([
      { name: "First", n: 2, correct: 1, confusion: { neg: { pos: 1 }, neu: { neu: 1 } } },
      { name: "Second", n: 1, correct: 1 },
    ]);
    expect(verified.pairs).toMatchObject([{ n: 1, both: 0, onlyB: 1, overlap: 3, conflicts: 1 }]);

    const other = await compare({ annotator: second });
    expect(other.annotators).toMatchObject([
      { n: 3, correct: 2 },
      { n: 3, correct: 3 },
    ]);

    const snapshot = await test.db.aggregation.create({
      data: {
        id: newId(),
        projectId: world.project.id,
        labelName: "sentiment",
        policy: "majority",
        options: {},
        schemaVersion: 1,
        counts: {},
        createdById: world.member.userId,
        labels: {
          create: [
            { recordId: a, position: 0, value: ["pos"], tie: [], provenance: {} },
            { recordId: b, position: 1, value: [], tie: ["pos", "neg"], provenance: {} },
          ],
        },
      },
    });
    expect((await compare({ final: snapshot.id })).annotators).toMatchObject([
      { n: 1, correct: 1 },
      { n: 1, correct: 0 },
    ]);
  });

  it("stays within a subset, a query, and what was not deleted", async () => {
    const world = await createLabelledProject(test.db);
    const ids = await addRecords(
      world,
      ["a", "b", "c", "d"].map((externalId) => ({ externalId })),
    );
    const [a = "", b = "", c = "", d = ""] = ids.values();
    const job = await addJob(world);
    await addLabels(
      world,
      job,
      [...ids.values()].map((id) => [id, ["pos"]] as const),
    );
    const gold = await addJob(world);
    await addLabels(world, gold, [
      [a, ["pos"]],
      [b, ["neg"]],
      [c, ["neg"]],
      [d, ["pos"]],
    ]);
    await test.db.record.update({ where: { id: d }, data: { deletedAt: new Date() } });
    const subset = await test.db.subset.create({
      data: {
        id: newId(),
        projectId: world.project.id,
        name: "two",
        kind: "static",
        createdById: world.member.userId,
        records: { create: [{ recordId: a }, { recordId: b }] },
      },
    });
    const n = async (narrow: { subsetId?: string; query?: Record<string, never> | { ids: string[] } }) => {
      const input = { label: "sentiment", annotators: [job], gold: { annotator: gold }, ...narrow };
      const { annotators } = await compareAnnotators(test.db, world.member, input);
      return annotators.map((score) => [score.correct, score.n]);
    };
    expect(await n({})).toEqual([[1, 3]]);
    expect(await n({ subsetId: subset.id })).toEqual([[1, 2]]);
    expect(await n({ subsetId: subset.id, query: { ids: [b, c] } })).toEqual([[0, 1]]);
    expect(await n({ query: { ids: [c] } })).toEqual([[0, 1]]);
  });

  it("knows nothing of other projects, and refuses annotators", async () => {
    const [world, other] = [await createLabelledProject(test.db), await createLabelledProject(test.db)];
    const foreign = await addJob(other);
    const own = await addJob(world);
    const compare = (input: Partial<Parameters<typeof compareAnnotators>[2]>, member = world.member) =>
      problemsOf(compareAnnotators(test.db, member, { label: "sentiment", annotators: [own], ...input }));
    expect(await compare({ annotators: [own, foreign, own] })).toEqual([
      { path: "annotators.1", message: "is no job, person or import of this project" },
      { path: "annotators.2", message: "stands twice" },
    ]);
    expect(await compare({ gold: { annotator: foreign } })).toMatchObject([{ path: "gold.annotator" }]);
    expect(await compare({ gold: { final: newId() } })).toMatchObject([{ path: "gold.final" }]);
    expect(await compare({ gold: { metadata: "pseudo_label" } })).toMatchObject([{ path: "gold.metadata" }]);
    expect(await compare({ label: "tone" })).toMatchObject([{ path: "label" }]);
    expect(await compare({ subsetId: newId() })).toMatchObject([{ path: "query.subset" }]);
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    expect(await compare({}, annotator)).toBe("forbidden");
    expect(await problemsOf(listLabellers(test.db, annotator, { label: "sentiment" }))).toBe("forbidden");
  });

  it("lists who has labelled, with the agent of a job", async () => {
    const world = await createLabelledProject(test.db);
    const ids = await addRecords(world, [{ externalId: "a" }, { externalId: "b" }]);
    const [a = "", b = ""] = ids.values();
    const job = await addJob(world, "Careful");
    await addLabels(world, job, [
      [a, ["pos"]],
      [b, ["neg"]],
    ]);
    await addJob(world, "Idle");
    const { items } = await listLabellers(test.db, world.member, { label: "sentiment" });
    expect(items).toMatchObject([
      {
        id: job,
        kind: "job",
        name: "Careful",
        records: 2,
        agent: { name: "Careful", version: 1, model: "gpt-test" },
      },
    ]);
  });
});
