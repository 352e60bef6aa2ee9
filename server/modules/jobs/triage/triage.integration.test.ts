import { describe, expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectRole } from "@/contracts/roles";
import { writeAnnotations } from "@/server/modules/annotations";
import { newId } from "@/server/platform/ids";
import { errorCode } from "@/server/testing/error-code";
import { createActor } from "@/server/testing/people";
import { listInvalidAnswers, listJobItems, recomputeConfidence, resolveAnswer, takeBackAnswer } from "..";
import { jobTests } from "../testing/harness";
import { type Scenario, start } from "../testing/scenario";

const { scenario, work, until } = jobTests();

const places: LabelDefinition = { name: "places", level: "span", options: [{ value: "c", text: "city" }] };
const CONTENTS = ["Alpha", "Beta", "Gamma", "Delta", "Omega"];
const ANSWERS: Record<string, string> = {
  Alpha: "Sentiment: mixed",
  Beta: "Sentiment: mixed",
  Gamma: "Sentiment: mixed",
  Delta: "I would rather not say",
  Omega: "Sentiment: positive",
};
const double = {
  fault: ({ prompt }: { prompt: string }) => ({
    kind: "answer" as const,
    text: ANSWERS[CONTENTS.find((content) => prompt.includes(content)) ?? ""] ?? "",
  }),
};

async function run(more: Partial<Parameters<typeof scenario>[0]> = {}, labels = ["sentiment"]) {
  const made = await scenario({ contents: CONTENTS, double, ...more });
  await work(made);
  const { id } = await start(made, { labels });
  await until(made, id);
  return { made, id, record: (content: string) => made.recordIds.get(content) ?? "" };
}

const answersOf = async ({ db, actor }: Scenario, id: string, more: { resolved?: boolean } = {}) => {
  const { items, total } = await listInvalidAnswers(db, actor, { project: "", id, limit: 50, ...more });
  return { total, items: items.map(({ text, count, resolved }) => [text, count, resolved]) };
};
const itemsOf = async ({ db, actor }: Scenario, id: string, resolved: boolean) => {
  const list = await listJobItems(db, actor, { project: "", id, limit: 50, status: "invalid", resolved });
  expect(list.total).toBe(list.items.length);
  return list.items.map(({ content }) => content);
};
const give = { label: "sentiment", value: ["neu"], sameText: false };

describe("answers that could not be read", () => {
  it("stand once each, with how many records have them and how many are resolved", async () => {
    const { made, id, record } = await run();
    expect(await answersOf(made, id)).toEqual({
      total: 2,
      items: [
        ["Sentiment: mixed", 3, 0],
        ["I would rather not say", 1, 0],
      ],
    });
    await resolveAnswer(made.db, made.actor, { id, recordId: record("Alpha"), ...give });
    expect((await answersOf(made, id)).items[0]).toEqual(["Sentiment: mixed", 3, 1]);
    await resolveAnswer(made.db, made.actor, { id, recordId: record("Delta"), ...give });
    expect(await answersOf(made, id, { resolved: false })).toMatchObject({ total: 1 });
    expect(await answersOf(made, id, { resolved: true })).toMatchObject({
      items: [["I would rather not say", 1, 1]],
    });
    expect(await itemsOf(made, id, false)).toEqual(["Beta", "Gamma"]);
    expect(await itemsOf(made, id, true)).toEqual(["Alpha", "Delta"]);
  });

  it("are read page by page", async () => {
    const { made, id } = await run();
    const input = { project: "", id, limit: 1 };
    const first = await listInvalidAnswers(made.db, made.actor, input);
    const second = await listInvalidAnswers(made.db, made.actor, {
      ...input,
      cursor: first.nextCursor ?? "",
    });
    expect([...first.items, ...second.items].map(({ count }) => count)).toEqual([3, 1]);
    expect(second.nextCursor).toBeNull();
    const wrong = listInvalidAnswers(made.db, made.actor, { ...input, cursor: "x" });
    expect(await errorCode(wrong)).toBe("invalid_cursor");
  });

  it("become the person's annotation with the job beside it; the job's own stay as they were", async () => {
    const { made, id, record } = await run();
    const before = await made.db.jobItem.findMany({ where: { jobId: id }, orderBy: { ordinal: "asc" } });
    const done = await resolveAnswer(made.db, made.actor, { id, recordId: record("Alpha"), ...give });
    expect(done).toEqual({ resolved: 1, kept: 0 });
    const [label] = await made.db.annotation.findMany({ where: { recordId: record("Alpha") } });
    expect(label).toMatchObject({
      annotatorId: made.actor.userId,
      value: ["neu"],
      conf: null,
      metadata: { resolvedFrom: id },
    });
    expect(await made.db.jobItem.findMany({ where: { jobId: id }, orderBy: { ordinal: "asc" } })).toEqual(
      before,
    );
    const audit = await made.db.auditEvent.findMany({
      where: { action: "job.answers_resolved", projectId: made.actor.projectId },
    });
    expect(audit.at(-1)).toMatchObject({
      actorId: made.actor.userId,
      details: { label: "sentiment", resolved: 1 },
    });
  });

  it("are resolved together where the text is the same, but for labels given before", async () => {
    const { made, id, record } = await run();
    const own = { recordId: record("Gamma"), label: "sentiment", annotatorId: made.actor.userId };
    await resolveAnswer(made.db, made.actor, { id, recordId: record("Gamma"), ...give, value: ["neg"] });
    const done = await resolveAnswer(made.db, made.actor, {
      id,
      recordId: record("Alpha"),
      ...give,
      sameText: true,
    });
    expect(done).toEqual({ resolved: 2, kept: 1 });
    const labels = await made.db.annotation.findMany({
      where: { annotatorId: own.annotatorId, projectId: made.actor.projectId },
    });
    const given = new Map(labels.map(({ recordId, value }) => [recordId, value[0]]));
    expect(["Alpha", "Beta", "Gamma", "Delta"].map((content) => given.get(record(content)))).toEqual([
      "neu",
      "neu",
      "neg",
      undefined,
    ]);
    expect(await itemsOf(made, id, false)).toEqual(["Delta"]);
  });

  it.each<[string, object, string]>([
    ["a record of another job", { recordId: "01890000-0000-7000-8000-000000000000" }, "not_found"],
    ["another label", { label: "mood" }, "invalid"],
    ["another option", { value: ["mixed"] }, "invalid_value"],
    ["no option", { value: [] }, "invalid"],
    ["spans of a record's label", { value: [], spans: [{ start: 0, end: 1, value: ["pos"] }] }, "invalid"],
  ])("are not resolved by %s", async (_name, change, code) => {
    const { made, id, record } = await run();
    const input = { id, recordId: record("Alpha"), ...give, ...change };
    expect(await errorCode(resolveAnswer(made.db, made.actor, input))).toBe(code);
    expect(await made.db.annotation.count({ where: { annotatorId: made.actor.userId } })).toBe(0);
  });

  it("are not those that were read", async () => {
    const { made, id, record } = await run();
    const input = { id, recordId: record("Omega"), ...give };
    expect(await errorCode(resolveAnswer(made.db, made.actor, input))).toBe("conflict");
  });

  it.each<[ProjectRole, string | null]>([
    ["reviewer", null],
    ["annotator", "forbidden"],
  ])("may be resolved by a %s: %s", async (role, code) => {
    const { made, id, record } = await run();
    const { userId, name } = await createActor(made.db);
    const actor = { ...made.actor, userId, userName: name, role };
    const answer = resolveAnswer(made.db, actor, { id, recordId: record("Alpha"), ...give });
    if (code === null) expect(await answer).toEqual({ resolved: 1, kept: 0 });
    else expect(await errorCode(answer)).toBe(code);
  });

  it("of a label of spans are resolved by their places", async () => {
    const { made, id, record } = await run(
      { moreLabels: [places], prompt: { labels: ["sentiment", "places"] } },
      ["sentiment", "places"],
    );
    const one = { id, recordId: record("Omega"), label: "places", value: [] };
    expect(await itemsOf(made, id, false)).toContain("Omega");
    const spans = [{ start: 0, end: 5, value: ["c"] }];
    expect(await errorCode(resolveAnswer(made.db, made.actor, { ...one, sameText: true, spans }))).toBe(
      "invalid",
    );
    await resolveAnswer(made.db, made.actor, { ...one, sameText: false, spans });
    expect(await itemsOf(made, id, true)).toEqual(["Omega"]);
  });

  it("of a label of spans are resolved by saying that there is nothing to mark, and that is taken back", async () => {
    const { made, id, record } = await run(
      { moreLabels: [places], prompt: { labels: ["sentiment", "places"] } },
      ["sentiment", "places"],
    );
    const { db, actor } = made;
    const one = { id, recordId: record("Omega"), label: "places", value: [], sameText: false };
    const said = () =>
      db.annotationResponse.findMany({ where: { recordId: one.recordId }, select: { status: true } });
    // Said before, and not about this answer.
    const labels = [{ name: "places", value: [], status: "NONE" as const }];
    await writeAnnotations(db, actor, { items: [{ recordId: one.recordId, labels }] });
    expect(await itemsOf(made, id, false)).toContain("Omega");
    expect(await errorCode(resolveAnswer(db, actor, one))).toBe("invalid");
    expect(await takeBackAnswer(db, actor, one)).toEqual({ takenBack: 0 });
    expect(await said()).toEqual([{ status: "NONE" }]);

    expect(await resolveAnswer(db, actor, { ...one, spans: [] })).toEqual({ resolved: 1, kept: 0 });
    expect(await itemsOf(made, id, true)).toEqual(["Omega"]);
    expect(await said()).toEqual([{ status: "NONE" }]);
    expect(await db.annotation.count({ where: { annotatorId: actor.userId } })).toBe(0);

    expect(await takeBackAnswer(db, actor, one)).toEqual({ takenBack: 1 });
    expect(await itemsOf(made, id, true)).toEqual([]);
    expect(await said()).toEqual([]);
  });
});

describe("confidence from what was kept", () => {
  it("is the same, and a difference is told without a change", async () => {
    const made = await scenario({ contents: CONTENTS, double: { invalidShare: 0 } });
    await work(made);
    const { id } = await start(made);
    await until(made, id);
    expect(await recomputeConfidence(made.db, made.actor, { id })).toEqual({
      formula: "option-probability/1",
      compared: 5,
      same: 5,
      skipped: 0,
      maxDifference: expect.closeTo(0, 12),
      differences: [],
    });
    const recordId = made.recordIds.get("Beta") ?? "";
    await made.db.annotation.updateMany({ where: { annotatorId: id, recordId }, data: { conf: 2 } });
    const report = await recomputeConfidence(made.db, made.actor, { id });
    expect(report).toMatchObject({
      compared: 5,
      same: 4,
      differences: [{ recordId, label: "sentiment", before: 2 }],
    });
    const [label] = await made.db.annotation.findMany({ where: { annotatorId: id, recordId } });
    expect(label?.conf).toBe(2);
  });

  it("is not told of labels that a session hides until one has decided", async () => {
    const made = await scenario({ contents: CONTENTS, double: { invalidShare: 0 } });
    await work(made);
    const { id } = await start(made);
    await until(made, id);
    const { projectId, userId } = made.actor;
    const schema = await made.db.labelSchema.findFirstOrThrow({ where: { projectId, active: true } });
    const sessionId = newId();
    await made.db.verificationSession.create({
      data: {
        ...{
          id: sessionId,
          projectId,
          name: "Blind",
          labelName: "sentiment",
          schemaId: schema.id,
          jobIds: [id],
        },
        ...{ blindShare: 0.2, createdById: userId },
      },
    });
    const recordId = made.recordIds.get("Beta") ?? "";
    const hidden = await made.db.annotation.findFirstOrThrow({ where: { annotatorId: id, recordId } });
    await made.db.annotation.update({ where: { id: hidden.id }, data: { conf: 2 } });
    await made.db.sessionItem.create({
      data: { projectId, sessionId, position: 0, annotationId: hidden.id, recordId, blind: true },
    });
    const person = await createActor(made.db);
    const reviewer = { ...made.actor, userId: person.userId, role: "reviewer" as const };
    expect(await recomputeConfidence(made.db, reviewer, { id })).toMatchObject({
      compared: 4,
      maxDifference: expect.closeTo(0, 12),
      differences: [],
    });
    expect((await recomputeConfidence(made.db, made.actor, { id })).differences).toMatchObject([
      { recordId },
    ]);
  });
});
