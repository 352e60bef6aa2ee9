import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  addVerdict,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { listAgentFigures, wilsonInterval } from ".";

let test: TestDatabase;
let made: LabelledProject;
let ids: string[];
beforeAll(async () => {
  test = await createTestDatabase();
  made = await createLabelledProject(test.db);
  ids = [
    ...(
      await addRecords(
        made,
        ["a", "b", "c", "d"].map((externalId) => ({ externalId })),
      )
    ).values(),
  ];
});
afterAll(() => test.drop());

const at = (place: number) => ids[place] ?? "";

/** A job whose agent asks for the label. */
async function addAskingJob(name: string): Promise<string> {
  const jobId = await addJob(made, name);
  const { agentVersionId } = await test.db.job.findUniqueOrThrow({ where: { id: jobId } });
  await test.db.agentVersion.update({
    where: { id: agentVersionId },
    data: { prompt: { labels: ["sentiment"], answer: "text" } },
  });
  return jobId;
}

it("is of the newest version, against the newest verdicts, each record once; cost per 1,000 answers paid", async () => {
  const verifier = made.member;
  const first = await addAskingJob("First");
  await addLabels(made, first, [
    [at(0), ["pos"]],
    [at(1), ["neg"]],
    [at(2), ["pos"]],
  ]);
  const unlabelled = await addAskingJob("Idle");
  await addVerdict(made, { jobId: first, recordId: at(0), verifier, status: "CONFIRMS", value: ["pos"] });
  await addVerdict(made, { jobId: first, recordId: at(1), verifier, status: "CORRECTS", value: ["pos"] });
  await addVerdict(made, { jobId: first, recordId: at(2), verifier, status: "UNSURE", value: [] });
  const { agentVersionId: versionId, ...first0 } = await test.db.job.findUniqueOrThrow({
    where: { id: first },
  });
  await test.db.job.update({
    where: { id: first0.id },
    data: {
      inputPricePerMillionMicroUsd: 1n,
      outputPricePerMillionMicroUsd: 1n,
      spentMicroUsd: 300n,
      report: { counts: { called: 4, cached: 1 } },
    },
  });
  const { items } = await listAgentFigures(test.db, made.member);
  const { agentId } = await test.db.agentVersion.findUniqueOrThrow({ where: { id: versionId } });
  expect(items.find((item) => item.agentId === agentId)).toEqual({
    agentId,
    version: 1,
    label: "sentiment",
    n: 2,
    correct: 1,
    accuracy: 0.5,
    interval: wilsonInterval(1, 2),
    costPer1000Usd: 0.1,
  });
  const idle = await test.db.job.findUniqueOrThrow({
    where: { id: unlabelled },
    include: { agentVersion: true },
  });
  expect(items.find((item) => item.agentId === idle.agentVersion.agentId)).toMatchObject({
    n: 0,
    accuracy: null,
    interval: null,
    costPer1000Usd: null,
  });
});
