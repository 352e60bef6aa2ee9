import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stratum } from "@/contracts/subsets";
import { searchRecords } from "@/server/modules/search";
import { completeEnv } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { changeSubsetRecords, createSubset, previewSubset } from "..";

/** Some thousand records are written and drawn from more than once. */
const LONG = 60_000;

let test: TestDatabase;
let labelled: LabelledProject;
let records: Map<string, string>;
let jobId: string;
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
  labelled = await createLabelledProject(test.db);
  // 60 of the north, 30 of the south, 10 of nowhere.
  const regions = Array.from({ length: 100 }, (_, at) => (at < 60 ? "north" : at < 90 ? "south" : null));
  records = await addRecords(
    labelled,
    regions.map((region, at) => ({ externalId: `e${at}`, metadata: { at, ...(region ? { region } : {}) } })),
  );
  jobId = await addJob(labelled);
  const ids = [...records.values()];
  await addLabels(
    labelled,
    jobId,
    ids.slice(0, 40).map((id) => [id, ["pos"]] as const),
    { conf: 0.95 },
  );
  await addLabels(
    labelled,
    jobId,
    ids.slice(40, 50).map((id) => [id, ["neg"]] as const),
    { conf: 1 },
  );
  await addLabels(
    labelled,
    jobId,
    ids.slice(50, 60).map((id) => [id, ["neg"]] as const),
    { conf: 0.05 },
  );
}, LONG);
afterAll(() => test.drop());

type Input = Parameters<typeof createSubset>[2];
const draw = (sample: Input["sample"], rest: Partial<Input> = {}) =>
  createSubset(test.db, labelled.member, { name: "Sample", kind: "static", ...rest, sample });
const drawn = async (subset: string) => {
  const found = await searchRecords(test.db, labelled.member, {
    query: { subset },
    limit: 1000,
    include: [],
    total: "fast",
  });
  return found.items.map(({ id }) => id);
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (isAppError(error) ? [error.code, error.errors?.[0]?.path] : String(error)),
  );
const stratum = (value: Stratum["value"], all: number, sampled: number): Stratum => ({
  value,
  records: all,
  sampled,
  inclusion: sampled / all,
});

describe("a stratified sample", () => {
  it("keeps N_h, n_h and the exact chance of each record", async () => {
    const subset = await draw({ size: 20, seed: 3, stratifyBy: { metadata: "region" } });
    const strata = [stratum("north", 60, 12), stratum("south", 30, 6), stratum(null, 10, 2)];
    expect(subset).toMatchObject({ count: 20, sample: { size: 20, seed: 3, from: 100, strata } });
    const rows = await test.db.subsetRecord.findMany({ where: { subsetId: subset.id } });
    const chances = rows.map(({ recordId, inclusion }) => [regionOf(recordId), inclusion]);
    expect(new Set(chances.map((one) => JSON.stringify(one)))).toEqual(
      new Set(strata.map(({ value, inclusion }) => JSON.stringify([value, inclusion]))),
    );
    // Horvitz–Thompson: the weights of those drawn add up to all there were.
    const weights = rows.reduce((sum, { inclusion }) => sum + 1 / (inclusion ?? Number.NaN), 0);
    expect(weights).toBeCloseTo(100, 9);
  });

  it("is what its preview says", async () => {
    const sample = {
      share: 0.25,
      seed: 1,
      stratifyBy: { label: "sentiment", annotator: `job:${jobId}` },
      allocation: "equal" as const,
    };
    const preview = await previewSubset(test.db, labelled.member, { sample });
    const subset = await draw(sample);
    expect(preview).toEqual({
      count: 25,
      strata: [stratum(["neg"], 20, 8), stratum(["pos"], 40, 8), stratum(null, 40, 9)],
    });
    expect(subset.sample?.strata).toEqual(preview.strata);
  });

  it("is drawn by confidence in bins of equal width, the last of which holds 1", async () => {
    const confidence = { label: "sentiment", annotator: jobId };
    const subset = await draw({ size: 10, seed: 1, stratifyBy: { confidence, bins: 10 } });
    expect(subset.sample?.strata?.map(({ value, records: all }) => [value, all])).toEqual([
      [[0, 0.1], 10],
      [[0.9, 1], 50],
      [null, 40],
    ]);
  });

  it("takes what is given of each stratum, and nothing of others", async () => {
    const subset = await draw({
      seed: 1,
      stratifyBy: { metadata: "region" },
      allocation: [
        { stratum: "south", size: 30 },
        { stratum: null, size: 1 },
      ],
    });
    expect(subset.count).toBe(31);
    expect(subset.sample?.strata).toEqual([
      stratum("north", 60, 0),
      stratum("south", 30, 30),
      stratum(null, 10, 1),
    ]);
  });

  it("repeats with its seed and differs with another", async () => {
    const sample = (seed: number) => draw({ size: 20, seed, stratifyBy: { metadata: "region" } });
    const [one, same, other] = [await sample(5), await sample(5), await sample(6)];
    expect(await drawn(same.id)).toEqual(await drawn(one.id));
    expect(await drawn(other.id)).not.toEqual(await drawn(one.id));
  });

  it("leaves out what other subsets hold, also of listed records", async () => {
    const first = await draw({ size: 50, seed: 1 });
    const rest = await draw({ size: 100, seed: 1 }, { exclude: [first.id] });
    expect(rest).toMatchObject({ count: 50, sample: { from: 50 } });
    const both = new Set([...(await drawn(first.id)), ...(await drawn(rest.id))]);
    expect(both.size).toBe(100);
    const recordIds = [...records.values()].slice(0, 30);
    const listed = await draw({ share: 1, seed: 1 }, { recordIds, exclude: [first.id] });
    const held = new Set(await drawn(first.id));
    expect(await drawn(listed.id)).toEqual(recordIds.filter((id) => !held.has(id)));
  });

  it("does not change by hand, since its chances would no longer be true", async () => {
    const subset = await draw({ size: 5, seed: 1 });
    const [add = ""] = records.values();
    expect(
      await refusal(changeSubsetRecords(test.db, labelled.member, { id: subset.id, add: [add] })),
    ).toEqual(["subset_sampled", undefined]);
  });

  it.each<[string, Input["sample"], string]>([
    ["fewer records than strata", { size: 2, seed: 1, stratifyBy: { metadata: "region" } }, "sample.size"],
    ["a share that is fewer", { share: 0.02, seed: 1, stratifyBy: { metadata: "region" } }, "sample.share"],
    ["a name that nothing has", { size: 9, seed: 1, stratifyBy: { metadata: "regin" } }, "sample.stratifyBy"],
    ["an allocation of nothing", { size: 9, seed: 1, allocation: "equal" }, "sample.allocation"],
    [
      "more of a stratum than there is",
      { seed: 1, stratifyBy: { metadata: "region" }, allocation: [{ stratum: "south", size: 31 }] },
      "sample.allocation.0.size",
    ],
    [
      "a stratum that isn't there",
      { seed: 1, stratifyBy: { metadata: "region" }, allocation: [{ stratum: "east", size: 1 }] },
      "sample.allocation.0.stratum",
    ],
  ])("can't be of %s", async (_what, sample, path) => {
    expect(await refusal(draw(sample))).toEqual(["invalid", path]);
  });

  it("has something to be drawn from", async () => {
    const query = { keyword: "no such word" };
    expect(await refusal(draw({ size: 1, seed: 1 }, { query }))).toEqual(["invalid", "sample"]);
  });
});

describe("a sample of a hundred thousand records", () => {
  it("adds up, in strata and in weights", { timeout: LONG }, async () => {
    const big = await createLabelledProject(test.db);
    await execute(
      test.db,
      sql`insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position")
        select gen_random_uuid(), ${big.project.id}::uuid, 'r' || n, 'text', jsonb_build_object('k', n % 100), n
        from generate_series(1, 100000) n`,
    );
    const subset = await createSubset(test.db, big.member, {
      name: "Big",
      kind: "static",
      sample: { share: 0.1, seed: 9, stratifyBy: { metadata: "k" } },
    });
    expect(subset.count).toBe(10_000);
    expect(subset.sample?.strata).toHaveLength(100);
    const [sums] = await queryRows<{ drawn: number; weight: number; chances: number }>(
      test.db,
      sql`select count(*)::int as "drawn", sum(1 / "inclusion")::float8 as "weight",
          count(distinct "inclusion")::int as "chances"
        from "SubsetRecord" where "projectId" = ${big.project.id}::uuid`,
    );
    expect(sums).toEqual({ drawn: 10_000, weight: 100_000, chances: 1 });
  });
});

function regionOf(recordId: string): string | null {
  const at = [...records.values()].indexOf(recordId);
  return at < 60 ? "north" : at < 90 ? "south" : null;
}
