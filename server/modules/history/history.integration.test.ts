import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HistoryEntry } from "@/contracts/history";
import type { ProjectActor } from "@/server/modules/access";
import { resolveLabel, writeAnnotations, writeAnswers, writeJobLabels } from "@/server/modules/annotations";
import { reconcile } from "@/server/modules/reconciliation";
import { searchRecords } from "@/server/modules/search";
import { createSession, writeVerifications } from "@/server/modules/verification";
import { inTransaction } from "@/server/platform/db";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { addJob, addLabels, addRecords, createLabelledProject } from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { listHistory, restoreEntry } from ".";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const options = ["pos", "neg", "neu"].map((value) => ({ value, text: value }));
const labels = [
  { name: "sentiment", level: "record", options },
  { name: "parts", level: "span", options },
];

async function labelledWorld() {
  const world = await createLabelledProject(test.db, { labels });
  const [id = "", other = ""] = (
    await addRecords(world, [{ externalId: "a", content: "Oslo in Norway" }, { externalId: "b" }])
  ).values();
  const people = await Promise.all(
    ["Ann", "Bea", "Cy"].map((name) =>
      createMember(test.db, { project: world.project, role: "reviewer", name }),
    ),
  );
  return { world, id, other, people };
}

const all = { limit: 200 } as const;

async function give(
  actor: ProjectActor,
  recordId: string,
  given: { name: string; value: string[]; start?: number; end?: number }[],
): Promise<void> {
  await writeAnnotations(test.db, actor, { items: [{ recordId, labels: given }] });
}

describe("the history of a record", () => {
  it("holds exactly what three people did, whatever it was, from old to new", async () => {
    const act = fc.record({
      by: fc.nat(2),
      what: fc.constantFrom("label", "span", "verdict", "decide", "restore"),
      value: fc.constantFrom("pos", "neg", "neu", null),
      span: fc.constantFrom([0, 4], [8, 14]),
      pick: fc.nat(1000),
    });
    const runs = fc.sample(fc.array(act, { minLength: 25, maxLength: 40 }), { numRuns: 4, seed: 3 });
    for (const acts of runs) {
      const { world, id, people } = await labelledWorld();
      const job = await addJob(world);
      await addLabels(world, job, [[id, ["pos"]]], { conf: 0.7 });
      const expected: string[] = [tell("Agent", "sentiment", -1, null, ["pos"])];
      const standing = new Map<string, string[] | null>();
      const spans = new Map<number, Map<number, string[]>>(people.map((_, at) => [at, new Map()]));
      // A decision that is made again after a vote has changed is a new one: it was made on other votes.
      let decidedOn = "";
      const votes = () =>
        JSON.stringify(
          people.map((_, at) => standing.get(`verdict ${at}`) ?? standing.get(`label ${at}`) ?? null),
        );
      const did = (by: number, label: string, place: number, value: string[] | null, key: string) => {
        const before = standing.get(key) ?? null;
        const same = JSON.stringify(before) === JSON.stringify(value);
        if (same && (key !== "decision" || decidedOn === votes())) return;
        if (key === "decision") decidedOn = votes();
        standing.set(key, value);
        expected.unshift(tell(people[by]?.userName ?? "", label, place, before, value));
      };
      for (const { by, what, value, span, pick } of acts) {
        const actor = people[by];
        if (!actor) throw new Error("nobody acts");
        const given = value === null ? null : [value];
        const [start = 0, end = 0] = span;
        if (what === "label") {
          await give(actor, id, [{ name: "sentiment", value: given ?? [] }]);
          did(by, "sentiment", -1, given, `label ${by}`);
        } else if (what === "span") {
          const own = spans.get(by) ?? new Map<number, string[]>();
          if (given) own.set(start, given);
          else own.delete(start);
          const marks = [...own].map(([from, chosen]) => ({
            name: "parts",
            value: chosen,
            start: from,
            end: from === 0 ? 4 : 14,
          }));
          await give(actor, id, marks.length > 0 ? marks : [{ name: "parts", value: [] }]);
          did(by, "parts", start, given, `span ${by} ${start} ${end}`);
        } else if (what === "verdict" && given) {
          await writeVerifications(test.db, actor, {
            jobId: job,
            items: [{ recordId: id, label: "sentiment", value: given }],
          });
          did(by, "sentiment", -1, given, `verdict ${by}`);
        } else if (what === "decide") {
          const { items } = await listHistory(test.db, actor, { ...all, id });
          const base = items.find(({ kind, current }) => kind === "reconciliation" && current)?.id ?? null;
          if (base === null && given === null) continue;
          await reconcile(test.db, actor, {
            label: "sentiment",
            items: [{ recordId: id, value: given, base }],
          });
          did(by, "sentiment", -1, given, "decision");
        } else if (what === "restore") {
          const { items } = await listHistory(test.db, actor, { ...all, id });
          const base = items.find(({ kind, current }) => kind === "reconciliation" && current)?.id ?? null;
          const open = items.filter(({ restorable, value: old }) => restorable && old !== null);
          const entry = open[pick % Math.max(1, open.length)];
          if (!entry) continue;
          await restoreEntry(test.db, actor, { id, entryId: entry.id, base });
          const key =
            entry.kind === "reconciliation"
              ? "decision"
              : entry.start === undefined
                ? `label ${by}`
                : `span ${by} ${entry.start} ${entry.end}`;
          if (entry.start !== undefined) spans.get(by)?.set(entry.start, entry.value ?? []);
          did(by, entry.label, entry.start ?? -1, entry.value, key);
        }
      }
      const found: HistoryEntry[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listHistory(test.db, world.member, { id, limit: 7, cursor });
        expect(page.total).toBe(expected.length);
        found.push(...page.items);
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(
        found.map(({ by, label, start = -1, before, value }) => tell(by.name, label, start, before, value)),
      ).toEqual(expected);
    }
  });

  it("is narrowed to a label and to an annotator, with the verdicts on their labels", async () => {
    const { world, id, people } = await labelledWorld();
    const [ann, bea] = people;
    if (!ann || !bea) throw new Error("nobody is there");
    const job = await addJob(world);
    await addLabels(world, job, [[id, ["pos"]]]);
    await give(ann, id, [{ name: "parts", value: ["pos"], start: 0, end: 4 }]);
    await writeVerifications(test.db, bea, {
      jobId: job,
      items: [{ recordId: id, label: "sentiment", value: ["neg"] }],
    });
    const of = async (which: { label?: string; annotatorId?: string }) =>
      (await listHistory(test.db, world.member, { ...all, id, ...which })).items.map(({ kind, by }) => [
        kind,
        by.name,
      ]);
    expect(await of({ label: "parts" })).toEqual([["label", "Ann"]]);
    expect(await of({ annotatorId: job })).toEqual([
      ["verdict", "Bea"],
      ["label", "Agent"],
    ]);
    expect(await of({ annotatorId: bea.userId })).toEqual([["verdict", "Bea"]]);
    expect(await errorCode(listHistory(test.db, ann, { ...all, id, cursor: "x" }))).toBe("invalid_cursor");
  });

  it("says how a label came about", async () => {
    const { world, id, people } = await labelledWorld();
    const [ann] = people;
    if (!ann) throw new Error("nobody is there");
    const job = await addJob(world);
    await addLabels(world, job, [[id, ["pos"]]]);
    await inTransaction(test.db, (tx) =>
      resolveLabel(
        tx,
        ann,
        { label: "sentiment", value: ["neg"], schemaVersion: 1 },
        { ids: [id], metadata: {} },
      ),
    );
    const { items } = await listHistory(test.db, world.member, { ...all, id });
    expect(items.map(({ origin }) => origin)).toEqual(["resolved", "job"]);
  });

  it("keeps from a reviewer what an open independent session hides, until they have decided there", async () => {
    const { world, id, people } = await labelledWorld();
    const [ann, bea] = people;
    if (!ann || !bea) throw new Error("nobody is there");
    const job = await addJob(world);
    await addLabels(world, job, [[id, ["pos"]]]);
    const { id: sessionId } = await createSession(test.db, world.member, {
      label: "sentiment",
      jobIds: [job],
      order: "confidence",
      mode: "independent",
      blindShare: 0,
      members: [],
    });
    const verdict = async (actor: ProjectActor, value: string) =>
      writeVerifications(test.db, actor, {
        jobId: job,
        sessionId,
        items: [{ recordId: id, label: "sentiment", value: [value] }],
      });
    const seenBy = async (actor: ProjectActor) =>
      (await listHistory(test.db, actor, { ...all, id })).items.map(({ by, value }) => [by.name, value]);
    await verdict(ann, "neg");
    expect(await seenBy(bea)).toEqual([["Agent", ["pos"]]]);
    await verdict(bea, "neu");
    expect(await seenBy(bea)).toEqual([
      ["Bea", ["neu"]],
      ["Ann", ["neg"]],
      ["Agent", ["pos"]],
    ]);
  });

  it("keeps so too what others marked and took away, and that they found nothing to mark", async () => {
    const { world, id, people } = await labelledWorld();
    const [ann, bea] = people;
    if (!ann || !bea) throw new Error("nobody is there");
    const job = await addJob(world);
    await test.db.job.update({ where: { id: job }, data: { labels: ["parts"] } });
    await writeJobLabels(test.db, {
      projectId: world.project.id,
      jobId: job,
      schemaVersion: 1,
      rows: [
        {
          ...{ recordId: id, label: "parts", level: "span", value: ["pos"], start: 8, end: 14 },
          ...{ conf: null, confMethod: null, confReason: null, probabilities: null },
        },
      ],
    });
    const { id: sessionId } = await createSession(test.db, world.member, {
      label: "parts",
      jobIds: [job],
      order: "confidence",
      mode: "independent",
      blindShare: 0,
      members: [],
    });
    await give(ann, id, [{ name: "parts", value: ["neg"], start: 0, end: 4 }]);
    await give(ann, id, [{ name: "parts", value: [] }]);
    await writeAnswers(test.db, ann, {
      items: [{ recordId: id, label: "parts", value: [], spans: [], status: "NONE" }],
    });
    await give(ann, id, [{ name: "sentiment", value: ["pos"] }]);
    await writeAnswers(test.db, ann, {
      items: [{ recordId: id, label: "parts", value: [], spans: [], status: "UNSURE" }],
    });
    const seenBy = async (actor: ProjectActor) =>
      (await listHistory(test.db, actor, { ...all, id })).items.map(({ by, label }) => `${by.name} ${label}`);
    const doubted = async (actor: ProjectActor) =>
      (
        await searchRecords(test.db, actor, {
          query: { label: { name: "parts", op: "doubted" } },
          limit: 9,
          include: [],
        })
      ).items.length;
    expect(await seenBy(bea)).toEqual(["Ann sentiment", "Agent parts"]);
    expect(await seenBy(ann)).toHaveLength(6);
    expect([await doubted(bea), await doubted(ann)]).toEqual([0, 1]);
    const [{ annotationId = "" } = {}] = await test.db.sessionItem.findMany({ where: { sessionId } });
    await writeVerifications(test.db, bea, { sessionId, items: [{ annotationId, value: ["pos"] }] });
    expect(await seenBy(bea)).toHaveLength(7);
    expect(await doubted(bea)).toBe(1);
  });

  it("is nobody's who does not reach the record, and tells an annotator what is theirs", async () => {
    const { world, id, people } = await labelledWorld();
    const [ann] = people;
    if (!ann) throw new Error("nobody is there");
    await give(ann, id, [{ name: "sentiment", value: ["pos"] }]);
    const elsewhere = await labelledWorld();
    expect(await errorCode(listHistory(test.db, elsewhere.world.member, { ...all, id }))).toBe("not_found");
    const outsider = await createMember(test.db, { project: world.project, role: "annotator" });
    expect(await errorCode(listHistory(test.db, outsider, { ...all, id }))).toBe("not_found");
  });
});

describe("setting an earlier value again", () => {
  it("is a new entry that names it, and leaves other spans alone", async () => {
    const { id, people } = await labelledWorld();
    const [ann] = people;
    if (!ann) throw new Error("nobody is there");
    const other = { name: "parts", value: ["neu"], start: 8, end: 14 };
    await give(ann, id, [{ name: "parts", value: ["pos"], start: 0, end: 4 }, other]);
    await give(ann, id, [other]);
    const before = (await listHistory(test.db, ann, { ...all, id })).items;
    const first = before.find(({ start, value }) => start === 0 && value !== null);
    expect(first?.restorable).toBe(true);
    expect(await restoreEntry(test.db, ann, { id, entryId: first?.id ?? "" })).toEqual({ changed: true });
    expect(await restoreEntry(test.db, ann, { id, entryId: first?.id ?? "" })).toEqual({ changed: false });
    const after = (await listHistory(test.db, ann, { ...all, id })).items;
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toMatchObject({
      value: ["pos"],
      before: null,
      origin: "restored",
      restoredFrom: first?.id,
      current: true,
    });
  });

  it("is its author's alone for a label, and of whoever reconciles for a decision", async () => {
    const { world, id, people } = await labelledWorld();
    const [ann, bea] = people;
    if (!ann || !bea) throw new Error("nobody is there");
    await give(ann, id, [{ name: "sentiment", value: ["pos"] }]);
    await give(ann, id, [{ name: "sentiment", value: ["neg"] }]);
    const [, label] = (await listHistory(test.db, bea, { ...all, id })).items;
    expect(label?.restorable).toBe(false);
    expect(await errorCode(restoreEntry(test.db, bea, { id, entryId: label?.id ?? "" }))).toBe("forbidden");
    expect(await errorCode(restoreEntry(test.db, bea, { id, entryId: id }))).toBe("not_found");

    const decide = async (value: string[], base: string | null) => {
      const { items } = await reconcile(test.db, ann, {
        label: "sentiment",
        items: [{ recordId: id, value, base }],
      });
      const [answer] = items;
      if (!answer || !("reconciliation" in answer)) throw new Error("it was refused");
      return answer.reconciliation.id;
    };
    const first = await decide(["pos"], null);
    const second = await decide(["neg"], first);
    expect(await errorCode(restoreEntry(test.db, bea, { id, entryId: first, base: first }))).toBe(
      "overtaken",
    );
    expect(await restoreEntry(test.db, bea, { id, entryId: first, base: second })).toEqual({ changed: true });
    const { items } = await listHistory(test.db, world.member, { ...all, id, annotatorId: bea.userId });
    expect(items.filter(({ overtaken }) => !overtaken)).toMatchObject([
      { kind: "reconciliation", value: ["pos"], before: ["neg"], restoredFrom: first, current: true },
    ]);
    expect(items.filter(({ overtaken }) => overtaken)).toHaveLength(0);
    const annotator = await createMember(test.db, { project: world.project, role: "annotator" });
    expect(await errorCode(restoreEntry(test.db, annotator, { id, entryId: second }))).toBe("forbidden");
  });
});

describe("setting again what today's schema no longer takes", () => {
  it("is refused for a label and for a decision alike", async () => {
    const { world, id, people } = await labelledWorld();
    const [ann] = people;
    if (!ann) throw new Error("nobody is there");
    const decide = async (value: string[], base: string | null) => {
      const { items } = await reconcile(test.db, ann, {
        label: "sentiment",
        items: [{ recordId: id, value, base }],
      });
      const [answer] = items;
      if (!answer || !("reconciliation" in answer)) throw new Error("it was refused");
      return answer.reconciliation.id;
    };
    await give(ann, id, [{ name: "sentiment", value: ["neu"] }]);
    await give(ann, id, [{ name: "sentiment", value: ["pos"] }]);
    const first = await decide(["neu"], null);
    const base = await decide(["pos"], first);
    const { items } = await listHistory(test.db, ann, { ...all, id });
    const label = items.find(({ kind, value }) => kind === "label" && value?.[0] === "neu");
    const fewer = labels.map((one) => ({ ...one, options: options.slice(0, 2) }));
    const projectId = world.project.id;
    await test.db.labelSchema.updateMany({ where: { projectId }, data: { labels: fewer } });
    for (const entryId of [label?.id ?? "", first])
      expect(await errorCode(restoreEntry(test.db, ann, { id, entryId, base }))).toBe("invalid_value");
    const { items: after } = await listHistory(test.db, ann, { ...all, id });
    expect(after).toHaveLength(items.length);
  });
});

const tell = (who: string, label: string, place: number, before: string[] | null, value: string[] | null) =>
  `${who} ${label} ${place}: ${before ?? "–"} → ${value ?? "–"}`;
