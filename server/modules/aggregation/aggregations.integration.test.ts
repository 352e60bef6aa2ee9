import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureAnnotator } from "@/server/modules/annotations";
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
import { seededRandom } from "@/server/testing/seeded-random";
import { createAggregation, getAggregation, listAggregations, previewAggregation } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const page = { limit: 1000, show: "all" } as const;
const verifiedFirst = { label: "sentiment", policy: "verified-first" } as const;
const byMajority = { label: "sentiment", policy: "majority" } as const;

/** Four records, two jobs that differ on the second and third; a verdict on the second, can't tell on the third. */
async function smallWorld() {
  const world = await createLabelledProject(test.db);
  const ids = await addRecords(
    world,
    ["a", "b", "c", "d", "unlabelled"].map((externalId) => ({ externalId })),
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
    [a, ["pos"]],
    [b, ["neg"]],
    [c, ["neu"]],
  ]);
  const bo = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  const verdict = { jobId: first, verifier: bo } as const;
  const verdictId = await addVerdict(world, { ...verdict, recordId: b, status: "CORRECTS", value: ["neu"] });
  await addVerdict(world, { ...verdict, recordId: c, status: "UNSURE", value: [] });
  return { world, ids: { a, b, c, d }, first, second, bo, verdictId };
}

describe("final labels", () => {
  it("are the verdict, else the majority, and say where they come from", async () => {
    const { world, ids, first, second, bo, verdictId } = await smallWorld();
    const snapshot = await createAggregation(test.db, world.member, verifiedFirst);
    expect(snapshot).toMatchObject({
      ...verifiedFirst,
      annotators: null,
      schemaVersion: 1,
      status: "ready",
      progress: null,
      error: null,
      counts: {
        records: 4,
        decided: 3,
        ties: 1,
        verified: 1,
        reconciled: 0,
        differing: 1,
        distribution: { pos: 1, neu: 2 },
      },
      createdBy: { id: world.member.userId },
    });
    const { items, total, nextCursor } = await getAggregation(test.db, world.member, {
      id: snapshot.id,
      ...page,
    });
    expect([total, nextCursor]).toEqual([4, null]);
    const job = (jobId: string) => ({ jobId, agentId: expect.any(String), agentVersion: 1 });
    const inOrder = [first, second].sort();
    const vote = { source: "majority", verdictId: null, verifier: null, verdict: null };
    expect(items).toEqual([
      {
        recordId: ids.a,
        externalId: "a",
        content: "Text of a",
        deleted: false,
        value: ["pos"],
        confidence: 1,
        entropy: 0,
        provenance: { ...vote, annotators: inOrder, jobs: inOrder.map(job), votes: 2 },
      },
      {
        recordId: ids.b,
        externalId: "b",
        content: "Text of b",
        deleted: false,
        value: ["neu"],
        confidence: 1,
        entropy: 0,
        provenance: {
          source: "verdict",
          verdictId,
          verifier: { id: bo.userId, name: "Bo" },
          verdict: "CORRECTS",
          annotators: [first],
          jobs: [job(first)],
          votes: 0,
        },
      },
      {
        recordId: ids.c,
        externalId: "c",
        content: "Text of c",
        deleted: false,
        value: null,
        tie: ["neg", "neu"],
        confidence: null,
        entropy: 1,
        provenance: { ...vote, annotators: inOrder, jobs: inOrder.map(job), votes: 2 },
      },
      expect.objectContaining({ recordId: ids.d, value: ["neu"], confidence: 1 }),
    ]);
    const shown = async (show: "ties" | "verified" | "differing") => {
      const found = await getAggregation(test.db, world.member, { id: snapshot.id, ...page, show });
      expect(found.total).toBe(found.items.length);
      return found.items.map(({ externalId }) => externalId);
    };
    expect([await shown("ties"), await shown("verified"), await shown("differing")]).toEqual([
      ["c"],
      ["b"],
      ["c"],
    ]);
  });

  it("by majority know nothing of verdicts, and count only whom they name", async () => {
    const { world, second } = await smallWorld();
    const all = await createAggregation(test.db, world.member, byMajority);
    expect(all.counts).toMatchObject({ records: 4, decided: 2, ties: 2, verified: 0, differing: 2 });
    const one = await createAggregation(test.db, world.member, { ...byMajority, annotators: [second] });
    expect(one).toMatchObject({ annotators: [second], counts: { records: 3, decided: 3, ties: 0 } });
  });

  it("can give an agent one vote a record, that of its newest version which labelled it and counts", async () => {
    const { world, ids, first, second } = await smallWorld();
    await makeVersionTwo(world, { of: first, by: second });
    const newest = { ...byMajority, versions: "newest" as const };
    expect(await createAggregation(test.db, world.member, byMajority)).toMatchObject({ versions: "every" });
    expect((await previewAggregation(test.db, world.member, newest)).counts).toMatchObject({
      decided: 4,
      ties: 0,
    });
    const snapshot = await createAggregation(test.db, world.member, newest);
    expect(snapshot).toMatchObject({ versions: "newest", counts: { records: 4, decided: 4, ties: 0 } });
    const { items } = await getAggregation(test.db, world.member, { id: snapshot.id, ...page });
    expect(items.map(({ recordId, value, provenance }) => [recordId, value, provenance.annotators])).toEqual([
      [ids.a, ["pos"], [second]],
      [ids.b, ["neg"], [second]],
      [ids.c, ["neu"], [second]],
      [ids.d, ["neu"], [first]],
    ]);
    const old = await createAggregation(test.db, world.member, { ...newest, annotators: [first] });
    expect(old.counts).toMatchObject({ records: 4, distribution: { pos: 2, neg: 1, neu: 1 } });
  });

  it("count people's own labels among the votes", async () => {
    const { world, ids, bo } = await smallWorld();
    await ensureAnnotator(test.db, { projectId: world.project.id, id: bo.userId, kind: "user", name: "Bo" });
    await addLabels(world, bo.userId, [[ids.c, ["neu"]]]);
    const { id } = await createAggregation(test.db, world.member, byMajority);
    const { items } = await getAggregation(test.db, world.member, { id, ...page });
    expect(items[2]).toMatchObject({ value: ["neu"], confidence: 2 / 3, provenance: { votes: 3 } });
    expect(items[2]?.provenance.annotators).toContain(bo.userId);
    expect(items[2]?.provenance.jobs).toHaveLength(1);
  });

  it("never change once made; a preview tells what a new snapshot would change, and writes nothing", async () => {
    const { world, ids, first, second } = await smallWorld();
    expect(await previewAggregation(test.db, world.member, verifiedFirst)).toMatchObject({
      estimate: null,
      counts: { records: 4 },
      changes: null,
    });
    const snapshot = await createAggregation(test.db, world.member, verifiedFirst);
    const before = await getAggregation(test.db, world.member, { id: snapshot.id, ...page });
    const verdict = { verifier: world.member, status: "CORRECTS", value: ["neg"] } as const;
    await addVerdict(world, { ...verdict, jobId: second, recordId: ids.c });
    const [extra = ""] = (await addRecords(world, [{ externalId: "e" }])).values();
    await addLabels(world, first, [[extra, ["pos"]]]);
    await test.db.record.update({ where: { id: ids.a }, data: { deletedAt: new Date() } });

    expect(await previewAggregation(test.db, world.member, verifiedFirst)).toMatchObject({
      counts: { records: 4, ties: 0, verified: 2 },
      changes: { snapshot: snapshot.id, added: 1, changed: 1, removed: 1 },
    });
    const after = await getAggregation(test.db, world.member, { id: snapshot.id, ...page });
    expect(after.items).toEqual(
      before.items.map((row) => (row.recordId === ids.a ? { ...row, deleted: true } : row)),
    );
    expect((await listAggregations(test.db, world.member, { limit: 10 })).total).toBe(1);
  });

  it("of many records are what deciding each alone gives, page by page", async () => {
    const world = await createLabelledProject(test.db);
    const ids = await addRecords(
      world,
      Array.from({ length: 2300 }, (_, index) => ({ externalId: `${index}` })),
    );
    const random = seededRandom(4);
    const votes = new Map<string, string[]>();
    for (let job = 0; job < 3; job++) {
      const labels = [...ids.values()].flatMap((id) => {
        const value = ["pos", "neg", "neu", "none"][Math.floor(random() * 4)] ?? "none";
        if (value === "none") return [];
        votes.set(id, [...(votes.get(id) ?? []), value]);
        return [[id, [value]] as const];
      });
      await addLabels(world, await addJob(world), labels);
    }
    const expected = [...ids.values()].flatMap((id) => {
      const given = votes.get(id);
      if (!given) return [];
      const times = (value: string) => given.filter((one) => one === value).length;
      const most = Math.max(...given.map(times));
      const front = ["neg", "neu", "pos"].filter((value) => times(value) === most);
      return [
        {
          recordId: id,
          value: front.length === 1 ? front : null,
          tie: front.length === 1 ? undefined : front,
        },
      ];
    });
    const { id, counts } = await createAggregation(test.db, world.member, byMajority);
    expect(counts.records).toBe(expected.length);
    expect(counts.ties).toBe(expected.filter(({ tie }) => tie).length);
    const rows = [];
    for (let cursor: string | undefined; ; ) {
      const found = await getAggregation(test.db, world.member, { id, limit: 997, show: "all", cursor });
      rows.push(...found.items);
      if (found.nextCursor === null) break;
      cursor = found.nextCursor;
    }
    expect(rows.map(({ recordId, value, tie }) => ({ recordId, value, tie }))).toEqual(expected);
  });

  it("are listed newest first, by label, page by page", async () => {
    const { world } = await smallWorld();
    const made = [];
    for (let i = 0; i < 3; i++) made.push((await createAggregation(test.db, world.member, byMajority)).id);
    const first = await listAggregations(test.db, world.member, { limit: 2 });
    const rest = await listAggregations(test.db, world.member, { limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(made.reverse());
    expect([first.total, rest.nextCursor]).toEqual([3, null]);
    expect((await listAggregations(test.db, world.member, { label: "tone", limit: 2 })).items).toEqual([]);
    expect(await errorCode(listAggregations(test.db, world.member, { limit: 2, cursor: "x" }))).toBe(
      "invalid_cursor",
    );
  });

  it("stay within their project and its team", async () => {
    const { world } = await smallWorld();
    const other = await createLabelledProject(test.db);
    const { id } = await createAggregation(test.db, world.member, byMajority);
    expect(await errorCode(getAggregation(test.db, other.member, { id, ...page }))).toBe("not_found");
    expect((await listAggregations(test.db, other.member, { limit: 10 })).items).toEqual([]);
    const foreign = await addJob(other);
    const named = { ...byMajority, annotators: [foreign] };
    expect(await errorCode(createAggregation(test.db, world.member, named))).toBe("invalid");
    expect(await errorCode(createAggregation(test.db, world.member, { ...byMajority, label: "tone" }))).toBe(
      "invalid",
    );
    expect(await errorCode(getAggregation(test.db, world.member, { id: newId(), ...page }))).toBe(
      "not_found",
    );
    await refusedByRole(world, id);
  });
});

/** Makes one job another's successor: of the same agent, version 2. */
async function makeVersionTwo(
  { member: { projectId } }: LabelledProject,
  { of, by }: { of: string; by: string },
): Promise<void> {
  const jobs = { old: await agentVersionOf(projectId, of), newer: await agentVersionOf(projectId, by) };
  const { agentId } = jobs.old;
  await test.db.agentVersion.update({
    where: { projectId_id: { projectId, id: jobs.newer.id } },
    data: { agentId, version: 2 },
  });
}

async function agentVersionOf(projectId: string, jobId: string) {
  const { agentVersion } = await test.db.job.findUniqueOrThrow({
    where: { projectId_id: { projectId, id: jobId } },
    include: { agentVersion: true },
  });
  return agentVersion;
}

async function refusedByRole({ project }: LabelledProject, id: string): Promise<void> {
  const annotator = await createMember(test.db, { project, role: "annotator" });
  expect(await errorCode(getAggregation(test.db, annotator, { id, ...page }))).toBe("forbidden");
  expect(await errorCode(listAggregations(test.db, annotator, { limit: 1 }))).toBe("forbidden");
  const viewer = await createMember(test.db, { project, role: "viewer" });
  expect(await errorCode(createAggregation(test.db, viewer, byMajority))).toBe("forbidden");
  expect(await errorCode(previewAggregation(test.db, viewer, byMajority))).toBe("no error");
}
