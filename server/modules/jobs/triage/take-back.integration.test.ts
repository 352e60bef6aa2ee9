import { expect, it } from "vitest";
import { errorCode } from "@/server/testing/error-code";
import { listInvalidAnswers, resolveAnswer, takeBackAnswer } from "..";
import { jobTests } from "../testing/harness";
import { start } from "../testing/scenario";

const { scenario, work, until } = jobTests();
const double = { fault: () => ({ kind: "answer" as const, text: "Sentiment: mixed" }) };

it("undoing takes back what resolving gave, of one or of all, and nothing else", async () => {
  const made = await scenario({ contents: ["Alpha", "Beta", "Gamma"], double });
  await work(made);
  const { id } = await start(made, {});
  await until(made, id);
  const { db, actor } = made;
  const record = (content: string) => made.recordIds.get(content) ?? "";
  const label = "sentiment";
  const labelled = async () => {
    const rows = await db.annotation.findMany({
      where: { annotatorId: actor.userId },
      include: { record: true },
    });
    return rows.map((row) => row.record.content).sort();
  };
  const openCount = async () => {
    const { items } = await listInvalidAnswers(db, actor, { project: "", id, limit: 5 });
    return items.map(({ count, resolved }) => count - resolved);
  };
  const one = { id, recordId: record("Beta"), label, sameText: false };
  await resolveAnswer(db, actor, { ...one, sameText: true, value: ["neu"] });
  expect(await openCount()).toEqual([0]);
  expect(await takeBackAnswer(db, actor, one)).toEqual({ takenBack: 1 });
  expect(await takeBackAnswer(db, actor, one)).toEqual({ takenBack: 0 });
  expect(await labelled()).toEqual(["Alpha", "Gamma"]);
  expect(await openCount()).toEqual([1]);
  await db.annotation.updateMany({ where: { recordId: record("Alpha") }, data: { metadata: {} } });
  expect(await takeBackAnswer(db, actor, { ...one, sameText: true })).toEqual({ takenBack: 1 });
  expect(await labelled()).toEqual(["Alpha"]);
  expect(await errorCode(takeBackAnswer(db, actor, { ...one, label: "topic" }))).toBe("invalid");
});
