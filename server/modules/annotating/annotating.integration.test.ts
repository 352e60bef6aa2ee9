import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GivenAnswer, WorkRecord } from "@/contracts/annotating";
import type { ProjectActor } from "@/server/modules/access";
import { writeAnnotations, writeAnswers } from "@/server/modules/annotations";
import { searchRecords } from "@/server/modules/search";
import { assignSubset, createSubset, listAssignments } from "@/server/modules/subsets";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
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
import { getWork, listWork } from ".";

const option = (value: string) => ({ value, text: value });
const labels = [
  {
    name: "sentiment",
    level: "record",
    guidelines: "Read it **twice**.",
    options: ["pos", "neg"].map(option),
  },
  { name: "topics", level: "record", multi: true, options: ["crew", "delay", "food"].map(option) },
  { name: "entities", level: "span", options: ["airline", "city"].map(option) },
];

let test: TestDatabase;
let labelled: LabelledProject;
let lead: ProjectActor;
let ada: ProjectActor;
let bo: ProjectActor;
let ids: string[];
let assignmentId: string;
beforeAll(async () => {
  completeEnv({ authSecret: "a secret for tests that is long enough" });
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  labelled = await createLabelledProject(test.db, { labels });
  lead = labelled.member;
  const made = await addRecords(
    labelled,
    Array.from({ length: 6 }, (_, at) => ({
      externalId: `e${at}`,
      content: `👍🏽 number ${at}`,
      metadata: { city: "Oslo" },
    })),
  );
  ids = [...made.values()];
  [ada, bo] = [await annotator(), await annotator()];
  assignmentId = await give(ada, ids.slice(0, 4));
});

const annotator = () => createMember(test.db, { project: labelled.project, role: "annotator" });
async function give(
  to: ProjectActor,
  records: readonly string[],
  asked: Partial<Parameters<typeof assignSubset>[2]> = {},
): Promise<string> {
  const subset = await createSubset(test.db, lead, {
    name: "Part",
    kind: "static",
    query: { ids: [...records] },
  });
  const given = await assignSubset(test.db, lead, { id: subset.id, userIds: [to.userId], ...asked });
  return given.items[0]?.id ?? "";
}
const write = async (who: ProjectActor, ...items: (Partial<GivenAnswer> & { recordId: string })[]) => {
  const filled = items.map((item) => ({ label: "sentiment", value: [], spans: [], ...item }));
  return (await writeAnswers(test.db, who, { items: filled })).items;
};
const list = (who: ProjectActor, input: Partial<Parameters<typeof listWork>[2]> = { assignmentId }) =>
  listWork(test.db, who, { limit: 50, ...input });
const at = (index: number) => ids[index] ?? "";
const namesOf = ({ items }: { items: WorkRecord[] }) => items.map(({ externalId }) => externalId);
const progressOf = async () =>
  (await listAssignments(test.db, lead, { limit: 10 })).items.find(({ id }) => id === assignmentId)?.progress;

describe("the list of work", () => {
  it("holds the assignment's records page by page, with the asker's own answers and nobody else's", async () => {
    const job = await addJob(labelled);
    await addLabels(labelled, job, [[at(0), ["neg"]]]);
    const other = await give(bo, ids);
    await write(bo, { recordId: at(0), value: ["neg"] });
    await write(lead, { recordId: at(0), status: "UNSURE", reason: "the lead's own" });
    await write(ada, { recordId: at(1), value: ["pos"] });
    const first = await list(ada, { assignmentId, limit: 3 });
    const second = await list(ada, { assignmentId, limit: 3, cursor: first.nextCursor ?? "" });
    expect([namesOf(first), namesOf(second), second.nextCursor]).toEqual([["e0", "e1", "e2"], ["e3"], null]);
    expect(first.items[0]?.answers).toEqual([]);
    expect(first.items[1]?.answers).toMatchObject([{ label: "sentiment", version: 1, value: ["pos"] }]);
    expect(JSON.stringify(first)).not.toMatch(/neg|lead's own/);
    expect((await list(lead, { query: {} })).items[0]?.answers).toMatchObject([
      { status: "UNSURE", value: [] },
    ]);
    expect(await errorCode(list(ada, { assignmentId: other }))).toBe("not_found");
    expect(await errorCode(list(lead, { assignmentId }))).toBe("not_found");
    expect(await errorCode(list(ada, { subsetId: newId() }))).toBe("not_found");
  });

  it("shows an annotator no record and no metadata beyond what is opened to them", async () => {
    const found = await list(ada, { query: {} });
    expect(namesOf(found)).toEqual(["e0", "e1", "e2", "e3"]);
    expect(found.items[0]?.metadata).toEqual({});
    expect((await list(lead, { query: {} })).items[0]?.metadata).toEqual({ city: "Oslo" });
    expect(await write(ada, { recordId: at(5), value: ["pos"] })).toMatchObject([
      { state: "refused", error: { code: "not_found", path: "items.0.recordId" } },
    ]);
  });

  it("shows gold to nobody", async () => {
    const { projectId } = lead;
    const name = { projectId, name: "city", type: "string", position: 0 };
    await test.db.metadataName.upsert({
      where: { projectId_name: { projectId, name: "city" } },
      create: { ...name, visibility: "gold" },
      update: { visibility: "gold" },
    });
    expect((await list(lead, { query: {} })).items[0]?.metadata).toEqual({});
  });

  it("narrows to what is left, done, or could not be told, and by words", async () => {
    await write(
      ada,
      { recordId: at(0), value: ["pos"] },
      { recordId: at(0), label: "topics", value: ["crew", "food"] },
      { recordId: at(1), value: ["pos"] },
      { recordId: at(2), status: "UNSURE" },
      { recordId: at(2), label: "topics", status: "UNSURE" },
    );
    const states = ["todo", "done", "unsure"] as const;
    const found = await Promise.all(states.map((state) => list(ada, { assignmentId, state })));
    expect(found.map(namesOf)).toEqual([["e1", "e3"], ["e0", "e2"], ["e2"]]);
    expect(namesOf(await list(ada, { assignmentId, keyword: "NUMBER 3" }))).toEqual(["e3"]);
  });

  it("is found by a search for what somebody could not tell, an annotator's own alone by an annotator", async () => {
    await write(ada, { recordId: at(0), status: "UNSURE" });
    await write(lead, { recordId: at(1), status: "UNSURE" });
    const doubted = (who: ProjectActor, annotators: string[] = []) =>
      searchRecords(test.db, who, {
        query: { label: { name: "sentiment", op: "doubted", annotators } },
        sort: undefined,
        limit: 10,
      }).then(({ items }) => items.map(({ externalId }) => externalId));
    expect(await doubted(lead)).toEqual(["e0", "e1"]);
    expect(await doubted(lead, [`user:${ada.userId}`])).toEqual(["e0"]);
    expect(await doubted(ada)).toEqual(["e0"]);
    expect(await doubted(bo)).toEqual([]);
  });

  it("has the labels, the guidelines and how far one is", async () => {
    await write(
      ada,
      { recordId: at(0), status: "UNSURE" },
      { recordId: at(0), label: "topics", value: ["crew"] },
    );
    const work = await getWork(test.db, ada, { assignmentId });
    expect(work).toMatchObject({
      asked: ["sentiment", "topics"],
      subset: { name: "Part" },
      progress: { records: 4, done: 1, unsure: 1 },
    });
    expect(work.labels.map(({ name }) => name)).toEqual(["sentiment", "topics", "entities"]);
    expect(work.labels[0]?.guidelines).toBe("Read it **twice**.");
    const named = await give(ada, ids.slice(0, 2), { labels: ["entities"] });
    const narrow = await getWork(test.db, ada, { assignmentId: named });
    expect([narrow.asked, narrow.labels.map(({ name }) => name)]).toEqual([["entities"], ["entities"]]);
  });
});

describe("an answer", () => {
  it("counts as answered in the assignment's progress when its author can't tell, and is no label", async () => {
    await write(
      ada,
      { recordId: at(0), value: ["pos"] },
      { recordId: at(0), label: "topics", status: "UNSURE" },
    );
    expect(await progressOf()).toEqual({ records: 4, done: 1 });
    expect(await test.db.annotation.count({ where: { annotatorId: ada.userId, labelName: "topics" } })).toBe(
      0,
    );
    await write(ada, { recordId: at(0), label: "topics" });
    expect(await progressOf()).toEqual({ records: 4, done: 0 });
  });

  it("made on an older one is overtaken, and what stands is told; sent again it is saved", async () => {
    const [saved] = await write(ada, { recordId: at(0), value: ["pos"], base: 0 });
    expect(saved).toMatchObject({ state: "saved", answer: { version: 1, value: ["pos"] } });
    const stale = { recordId: at(0), value: ["neg"], base: 0 };
    expect(await write(ada, stale)).toMatchObject([
      { state: "overtaken", answer: { version: 1, value: ["pos"] } },
    ]);
    expect(await write(ada, { recordId: at(0), value: ["pos"], base: 0 })).toMatchObject([
      { state: "saved", answer: { version: 1 } },
    ]);
    // However the label changed: here by the older way, and to what it was before.
    for (const value of [["neg"], ["pos"]])
      await writeAnnotations(test.db, ada, {
        items: [{ recordId: at(0), labels: [{ name: "sentiment", value }] }],
      });
    expect(await write(ada, { ...stale, base: 1 })).toMatchObject([
      { state: "overtaken", answer: { version: 3, value: ["pos"] } },
    ]);
    expect(await write(ada, { ...stale, base: 3 })).toMatchObject([
      { state: "saved", answer: { version: 4 } },
    ]);
  });

  it("takes the place of another kind of answer, and each change is in the history", async () => {
    await write(ada, { recordId: at(0), status: "UNSURE", reason: "Sarcasm?" });
    await write(ada, { recordId: at(0), value: ["pos"] });
    await write(ada, { recordId: at(0), status: "UNSURE" });
    const [cleared] = await write(ada, { recordId: at(0) });
    expect(cleared).toMatchObject({ state: "saved", answer: { value: [], status: null } });
    expect(await test.db.annotationResponse.count({ where: { annotatorId: ada.userId } })).toBe(0);
    const events = await test.db.annotationEvent.findMany({
      where: { annotatorId: ada.userId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(events.map(({ cleared: gone, response, value }) => [gone, response, value])).toEqual([
      [true, "UNSURE", []],
      [false, null, ["pos"]],
      [true, null, []],
      [true, "UNSURE", []],
      [true, null, []],
    ]);
  });

  it("of spans is all of them; nothing to mark is an answer too", async () => {
    const spans = [
      { start: 3, end: 9, value: ["city"] },
      { start: 0, end: 1, value: ["airline"] },
    ];
    const [saved] = await write(ada, { recordId: at(0), label: "entities", spans, base: 0 });
    expect(saved).toMatchObject({ state: "saved", answer: { spans: [{ start: 0 }, { start: 3, end: 9 }] } });
    const [overtaken] = await write(ada, {
      recordId: at(0),
      label: "entities",
      spans: spans.slice(0, 1),
      base: 0,
    });
    expect(overtaken).toMatchObject({ state: "overtaken" });
    const [none] = await write(ada, { recordId: at(0), label: "entities", status: "NONE" });
    expect(none).toMatchObject({ state: "saved", answer: { status: "NONE", spans: [] } });
  });

  it("of two windows at once is written once, and the other window is told", async () => {
    const both = await Promise.all(
      [["pos"], ["neg"]].map((value) => write(ada, { recordId: at(0), value, base: 0 })),
    );
    expect(both.map(([item]) => item?.state).sort()).toEqual(["overtaken", "saved"]);
  });

  it("that can't be written says which place is wrong, and the others are written", async () => {
    const answers = await write(
      ada,
      { recordId: at(0), value: ["good"] },
      { recordId: at(1), value: ["pos", "neg"] },
      { recordId: at(2), label: "mood", value: ["pos"] },
      { recordId: at(3), status: "NONE" },
      { recordId: at(0), label: "topics", value: ["crew"], status: "UNSURE" },
      { recordId: at(1), label: "topics", reason: "why" },
      { recordId: at(2), label: "topics", spans: [{ start: 0, end: 1, value: ["crew"] }] },
      { recordId: at(0), label: "entities", spans: [{ start: 2, end: 90, value: ["city"] }] },
      { recordId: at(1), label: "entities", value: ["city"] },
      { recordId: at(2), value: ["pos"] },
      { recordId: at(2), value: ["pos"] },
    );
    expect(answers.map((item) => (item.state === "refused" ? item.error.path : item.state))).toEqual([
      "items.0.value.0",
      "items.1.value",
      "items.2.label",
      "items.3.status",
      "items.4.status",
      "items.5.reason",
      "items.6.spans",
      "items.7.spans.0.end",
      "items.8.value",
      "saved",
      "items.10",
    ]);
  });

  it("may be that one can't tell by the way of all labels too", async () => {
    const item = (name: string, more: object) => ({
      recordId: at(0),
      labels: [{ name, value: [], ...more }],
    });
    await writeAnnotations(test.db, ada, { items: [item("sentiment", { status: "UNSURE", reason: "?" })] });
    expect((await list(ada)).items[0]?.answers).toMatchObject([{ status: "UNSURE", reason: "?" }]);
    expect(
      await errorCode(
        writeAnnotations(test.db, ada, { items: [item("sentiment", { status: "UNSURE", value: ["pos"] })] }),
      ),
    ).toBe("invalid_value");
  });
});
