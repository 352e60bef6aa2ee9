import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AggregationPolicy } from "@/contracts/aggregation";
import { createSessionInput } from "@/contracts/sessions";
import { optionsOfKey } from "@/contracts/value-key";
import { reconcile } from "@/server/modules/reconciliation";
import { createSession, patchSession } from "@/server/modules/verification";
import { isAppError } from "@/server/platform/errors";
import { openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { startWorker } from "@/server/platform/queue";
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
import { waitFor } from "@/server/testing/wait-for";
import { handlers } from "@/server/worker/handlers";
import { createAggregation, getAggregation, previewAggregation } from ".";
import { fitDawidSkene } from "./policies/dawid-skene";
import { fitMace } from "./policies/mace";
import { outcomeOf } from "./policies/outcome";
import { rateAnnotators } from "./policies/rate-annotators";
import { finish } from "./policies/testing/tables";
import { weightedMajority } from "./policies/weighted-majority";
import { createRatedProject, RATERS, type RatedProject, ratedTable } from "./testing/rated-project";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const label = "sentiment";
const page = { limit: 1000, show: "all" } as const;

async function readRows({ member }: RatedProject, id: string) {
  const { items } = await getAggregation(test.db, member, { id, ...page });
  return new Map(items.map((row) => [row.recordId, row]));
}

describe("final labels by an estimate", () => {
  let world: RatedProject;
  beforeAll(async () => {
    // Of another project, whose labels must count nowhere.
    await createRatedProject(test.db);
    world = await createRatedProject(test.db);
  });

  const weightsOf = ({ ids }: RatedProject) =>
    Object.fromEntries(Object.entries(RATERS).map(([rater, accuracy]) => [idOf(ids, rater), accuracy]));
  const idOf = (ids: RatedProject["ids"], rater: string) =>
    Object.entries(ids).find(([name]) => name === rater)?.[1] ?? "";

  it("say nothing of annotators while a session hides labels", async () => {
    const rated = await createRatedProject(test.db);
    const { id } = await createAggregation(test.db, rated.member, { label, policy: "dawid-skene" });
    const reviewer = await createMember(test.db, { project: rated.project, role: "reviewer", name: "Bo" });
    const told = async (who = reviewer) =>
      (await getAggregation(test.db, who, { id, ...page })).model?.annotators.length ?? null;
    expect(await told()).toBe(5);
    const jobIds = [rated.ids.claude];
    const session = await createSession(
      test.db,
      rated.member,
      createSessionInput.parse({ project: "p", label, jobIds, blindShare: 0.1 }),
    );
    expect([await told(), await told(rated.member)]).toEqual([null, 5]);
    await patchSession(test.db, rated.member, { id: session.id, state: "closed" });
    expect(await told()).toBe(5);
  });

  it.each([
    ["weighted", "weighted"],
    ["dawid-skene", "model"],
    ["mace", "model"],
  ] as const)("%s are what the plain function says of each record", async (policy, source) => {
    const weights = policy === "weighted" ? weightsOf(world) : undefined;
    const table = ratedTable(world, weights);
    const fit =
      policy === "weighted"
        ? weightedMajority(table)
        : finish(policy === "mace" ? fitMace(table) : fitDawidSkene(table)).fit;
    const asked = { label, policy, ...(weights ? { weights } : {}) };
    const preview = await previewAggregation(test.db, world.member, asked);
    const made = await createAggregation(test.db, world.member, asked);
    expect(preview.counts).toEqual(made.counts);
    const rows = await readRows(world, made.id);
    expect(rows.size).toBe(table.records.length);
    let right = 0;
    for (const [row, record] of table.records.entries()) {
      const expected = outcomeOf(table, fit, row);
      const found = rows.get(record);
      expect(found).toMatchObject({
        value: expected.value === null ? null : optionsOfKey(expected.value),
        confidence: expected.confidence === null ? null : expect.closeTo(expected.confidence, 3),
        entropy: expect.closeTo(expected.entropy, 2),
        provenance: { source, votes: expected.votes, annotators: expected.annotatorIds, verifier: null },
      });
      expect(found?.tie).toEqual(expected.tie);
      expect(found?.provenance.jobs.map(({ jobId }) => jobId)).toEqual(
        expected.annotatorIds.filter((id) => id !== world.ids.ann),
      );
      if (expected.value === world.truth.get(record)) right++;
    }
    expect(right / rows.size).toBeGreaterThan(0.85);
    const again = await previewAggregation(test.db, world.member, asked);
    expect(again.changes).toEqual({ snapshot: made.id, added: 0, changed: 0, removed: 0 });

    const { model } = await getAggregation(test.db, world.member, { id: made.id, ...page });
    expect(made.model).toEqual(model);
    expect(model?.families).toEqual([
      { family: "gpt", annotators: [world.ids.gpt, world.ids["gpt again"]].sort() },
    ]);
    const rated = rateAnnotators(table, fit);
    for (const { id, name, votes, weight, accuracy, trust, confusion } of model?.annotators ?? []) {
      const own = rated[table.annotators.indexOf(id)];
      expect(votes).toBe(own?.votes);
      if (id === world.ids.ann) expect(name).toBe("Ann");
      expect(weight).toBe(weights?.[id] ?? null);
      if (policy === "weighted") expect([accuracy, trust, confusion]).toEqual([null, null, null]);
      else {
        expect(accuracy).toBeCloseTo(own?.accuracy ?? Number.NaN, 3);
        expect(confusion?.pos?.pos).toBeCloseTo(own?.confusion.get("pos")?.get("pos") ?? Number.NaN, 2);
      }
      if (policy === "mace") expect(trust).toBeGreaterThan(id === world.ids.ann ? 0.7 : 0);
      else expect(trust).toBeNull();
    }
    expect(model?.annotators).toHaveLength(5);
    expect(model?.logLikelihood ?? null).toEqual(
      fit.logLikelihood === null ? null : expect.closeTo(fit.logLikelihood, 2),
    );
  });

  it("leave the last word to whoever reconciled, and count what they disagreed with", async () => {
    const asked = { label, policy: "dawid-skene" } as const;
    const before = await createAggregation(test.db, world.member, asked);
    const [recordId = ""] = world.truth.keys();
    const was = (await readRows(world, before.id)).get(recordId);
    const value = was?.value?.includes("neu") ? ["pos"] : ["neu"];
    await reconcile(test.db, world.member, { label, items: [{ recordId, value, base: null }] });
    const after = await createAggregation(test.db, world.member, asked);
    const row = (await readRows(world, after.id)).get(recordId);
    expect(row).toMatchObject({ value, provenance: { source: "reconciliation" } });
    expect(after.counts).toMatchObject({ records: before.counts.records, reconciled: 1 });
    expect(after.model).toEqual(before.model);
  });

  it("differ where not all who voted gave what is final, though a model is never quite sure", async () => {
    const { id, counts } = await createAggregation(test.db, world.member, { label, policy: "mace" });
    const rows = await readRows(world, id);
    const differing = [...rows.values()].filter(
      ({ provenance }) => provenance.source === "model" && provenance.annotators.length < provenance.votes,
    );
    expect(counts.differing).toBe(differing.length);
    expect(differing.length).toBeLessThan(rows.size);
    const shown = await getAggregation(test.db, world.member, { id, limit: 1000, show: "differing" });
    expect(shown.items.map(({ recordId }) => recordId)).toEqual(differing.map(({ recordId }) => recordId));
  });

  it("count only whom they name", async () => {
    const annotators = [world.ids.ann, world.ids.claude];
    const two = await createAggregation(test.db, world.member, { label, policy: "mace", annotators });
    expect(two.model?.annotators.map(({ id }) => id)).toEqual([...annotators].sort());
    const weights = { [world.ids.ann]: 2, [world.ids.careless]: 1 };
    const weighed = await createAggregation(test.db, world.member, { label, policy: "weighted", weights });
    expect(weighed).toMatchObject({ weights, smoothing: null, counts: { ties: 0 } });
    expect(weighed.annotators?.toSorted()).toEqual(Object.keys(weights).sort());
    const rows = await readRows(world, weighed.id);
    for (const { annotator, record, value } of world.said)
      if (annotator === world.ids.ann && rows.get(record)?.provenance.source === "weighted")
        expect(rows.get(record)?.value).toEqual(optionsOfKey(value));
  });

  it("can give an agent one vote a record, that of its newest version there", async () => {
    const { gpt, "gpt again": again } = world.ids;
    const projectId = world.project.id;
    const versionOf = async (id: string) => {
      const where = { projectId_id: { projectId, id } };
      return (await test.db.job.findUniqueOrThrow({ where, include: { agentVersion: true } })).agentVersion;
    };
    const { agentId } = await versionOf(gpt);
    const { id } = await versionOf(again);
    await test.db.agentVersion.update({
      where: { projectId_id: { projectId, id } },
      data: { agentId, version: 2 },
    });
    const newest = { label, policy: "dawid-skene", versions: "newest" } as const;
    const { model } = await createAggregation(test.db, world.member, newest);
    const labelled = (by: string) =>
      new Set(world.said.filter(({ annotator }) => annotator === by).map(({ record }) => record));
    const [old, newer] = [labelled(gpt), labelled(again)];
    const votes = new Map(model?.annotators.map((one) => [one.id, one.votes]));
    expect(votes.get(again)).toBe(newer.size);
    expect(votes.get(gpt)).toBe([...old].filter((record) => !newer.has(record)).length);
  });

  it("say what is missing or wrong, at its place", async () => {
    const { ids, member } = world;
    const other = newId();
    const problems = async (asked: Record<string, unknown> & { policy: AggregationPolicy }) => {
      const error = await createAggregation(test.db, member, { label, ...asked }).catch((e: unknown) => e);
      return isAppError(error) ? [error.status, ...(error.errors ?? []).map(({ path }) => path)] : [error];
    };
    expect(await problems({ policy: "weighted" })).toEqual([422, "weights"]);
    expect(await problems({ policy: "weighted", weights: {} })).toEqual([422, "weights"]);
    expect(await problems({ policy: "weighted", weights: { [other]: 1 } })).toEqual([
      422,
      `weights.${other}`,
    ]);
    expect(
      await problems({ policy: "weighted", annotators: [ids.ann, ids.gpt], weights: { [ids.ann]: 1 } }),
    ).toEqual([422, `weights.${ids.gpt}`]);
    expect(
      await problems({ policy: "weighted", annotators: [ids.ann], weights: { [ids.ann]: 1, [ids.gpt]: 1 } }),
    ).toEqual([422, `weights.${ids.gpt}`]);
    expect(await problems({ policy: "mace", weights: { [ids.ann]: 1 } })).toEqual([422, "weights"]);
    expect(await problems({ policy: "mace", smoothing: 0.1 })).toEqual([422, "smoothing"]);
    expect(await problems({ policy: "dawid-skene", label: "place" })).toEqual([422, "policy"]);
    const foreign = await createLabelledProject(test.db);
    const theirs = await addJob(foreign);
    expect(await problems({ policy: "weighted", weights: { [theirs]: 1 } })).toEqual([
      422,
      `weights.${theirs}`,
    ]);
    const before = await test.db.aggregation.count({ where: { projectId: foreign.project.id } });
    const nothing = await createAggregation(test.db, foreign.member, { label, policy: "dawid-skene" });
    expect([before, nothing.counts.records, nothing.model?.annotators]).toEqual([0, 0, []]);
  });
});

describe("a label of many values", () => {
  const options = Array.from({ length: 21 }, (_, n) => `v${String(n).padStart(2, "0")}`);
  const pairs = options.flatMap((a, n) => options.slice(n + 1).map((b) => [a, b])).slice(0, 201);
  const asked = { label, policy: "mace" } as const;
  let world: LabelledProject;
  let labels: (readonly [string, string[]])[];
  let job: string;
  beforeAll(async () => {
    world = await createLabelledProject(test.db, {
      labels: [
        {
          name: label,
          level: "record",
          multi: true,
          options: options.map((value) => ({ value, text: value })),
        },
      ],
    });
    const records = await addRecords(
      world,
      pairs.map((_, n) => ({ externalId: `${n}` })),
    );
    // Far apart, so that there are several batches.
    await test.db.record.updateMany({
      where: { projectId: world.project.id },
      data: { position: { multiply: 500 } },
    });
    job = await addJob(world);
    labels = [...records.values()].map((id, n) => [id, pairs[n] ?? []] as const);
    await addLabels(world, job, labels.slice(1));
  });

  it("is estimated in the background", async () => {
    const snapshot = await createAggregation(test.db, world.member, asked);
    expect(snapshot).toMatchObject({ status: "running", model: null });
    const { pool, db } = test;
    const listener = openEventListener(test.url);
    const log = pino({ level: "silent" });
    const worker = await startWorker({ pool, db, listener, log, concurrency: 1, handlers });
    const ended = () => db.aggregation.findFirst({ where: { id: snapshot.id, status: { not: "running" } } });
    await waitFor("the snapshot", ended, 60_000);
    await worker.stop();
    await listener.close();
    const made = await getAggregation(db, world.member, { id: snapshot.id, ...page });
    expect(made).toMatchObject({ status: "ready", counts: { records: 200, decided: 200 } });
    expect(made.items.map(({ recordId, value }) => [recordId, value])).toEqual(labels.slice(1));
    // A table of 200 by 200 is more than a snapshot keeps.
    expect(made.model?.annotators).toEqual([
      expect.objectContaining({ id: job, votes: 200, confusion: null }),
    ]);
  });

  it("that are more than 200 is refused, and nothing kept", async () => {
    const count = () => test.db.aggregation.count({ where: { projectId: world.project.id } });
    const before = await count();
    await addLabels(world, job, labels.slice(0, 1));
    expect(await errorCode(createAggregation(test.db, world.member, asked))).toBe("invalid");
    expect(await errorCode(previewAggregation(test.db, world.member, asked))).toBe("invalid");
    expect(await count()).toBe(before);
  });
});
