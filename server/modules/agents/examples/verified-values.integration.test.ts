import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSessionInput } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { createAgent, listVerifiedExamples, previewDraft } from "@/server/modules/agents";
import { writeAnnotations } from "@/server/modules/annotations";
import { reconcile, undoReconciliations } from "@/server/modules/reconciliation";
import { createSession } from "@/server/modules/verification";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  addVerdict,
  createLabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** Records of which a job says "pos", an administrator and a reviewer. */
async function createWorld(names: readonly string[]) {
  const labelled = await createLabelledProject(test.db);
  const { member, project } = labelled;
  const records = await addRecords(
    labelled,
    names.map((externalId) => ({ externalId })),
  );
  const bo = await createMember(test.db, { project, role: "reviewer", name: "Bo" });
  const idOf = (name: string) => records.get(name) ?? "";
  const addLabelledJob = async () => {
    const jobId = await addJob(labelled);
    await addLabels(
      labelled,
      jobId,
      names.map((name) => [idOf(name), ["pos"]] as const),
    );
    return jobId;
  };
  const jobId = await addLabelledJob();
  const say = (verifier: ProjectActor, name: string, value: string, of = jobId) =>
    addVerdict(labelled, {
      ...{ jobId: of, recordId: idOf(name), verifier, value: [value] },
      status: value === "pos" ? "CONFIRMS" : "CORRECTS",
    });
  const final = (name: string, value: string) =>
    reconcile(test.db, member, {
      label: "sentiment",
      items: [{ recordId: idOf(name), value: [value], base: null }],
    });
  return { member, bo, jobId, idOf, addLabelledJob, say, final };
}

/** The value of each record that may be an example, by its external id. */
async function offered(who: ProjectActor, from: { jobIds?: string[] } = {}) {
  const input = { labels: ["sentiment"], from: { verified: true as const, ...from }, limit: 100 };
  const { items } = await listVerifiedExamples(test.db, who, input);
  return Object.fromEntries(items.map(({ externalId, labels }) => [externalId, labels.sentiment]));
}

describe("a record whose label is verified", () => {
  it("has the reconciled value before any verdict, also without one, until that is taken back", async () => {
    const world = await createWorld(["agreed", "differing", "unverified"]);
    const { member, bo, idOf, addLabelledJob, say, final } = world;
    await say(member, "agreed", "pos");
    await say(bo, "agreed", "pos");
    await say(member, "differing", "pos");
    await say(bo, "differing", "neg");
    expect(await offered(member)).toEqual({ agreed: ["pos"] });
    for (const name of ["agreed", "differing", "unverified"]) await final(name, "neu");
    // A verdict that comes later does not overrule it.
    await say(member, "agreed", "neg", await addLabelledJob());
    const reconciled = { agreed: ["neu"], differing: ["neu"], unverified: ["neu"] };
    expect(await offered(member)).toEqual(reconciled);
    const prompt = { labels: ["sentiment"], examples: { mode: "retrieved" as const, k: 3 } };
    const { items, examplePool } = await previewDraft(test.db, member, {
      provider: "openai:chat",
      model: { model: "gpt-test" },
      prompt: JSON.parse(JSON.stringify(prompt)),
      texts: ["anything"],
      limit: 1,
    });
    expect(examplePool).toBe(3);
    expect(items[0]?.prompt.match(/Sentiment: (\w+)/g)).toEqual(Array(3).fill("Sentiment: neu"));
    const saved = await createAgent(test.db, member, {
      name: "A",
      provider: "openai:chat",
      model: { model: "gpt-test" },
      prompt: JSON.parse(
        JSON.stringify({
          labels: ["sentiment"],
          examples: { mode: "fixed", items: [{ recordId: idOf("agreed") }] },
        }),
      ),
    });
    expect(saved.prompt.examples).toMatchObject({ items: [{ labels: { sentiment: ["neu"] } }] });
    const decisions = await test.db.reconciliation.findMany({ where: { projectId: member.projectId } });
    await undoReconciliations(test.db, member, { ids: decisions.map(({ id }) => id) });
    expect(await offered(member)).toEqual({});
  });

  it("is left out while people differ, in verdicts on any job's label or in labels of their own", async () => {
    const { member, bo, jobId, idOf, addLabelledJob, say } = await createWorld(["one", "two", "three"]);
    const later = await addLabelledJob();
    await say(member, "one", "pos");
    await say(bo, "one", "neg", later);
    await say(member, "two", "pos");
    await say(member, "two", "neg", later);
    await say(member, "three", "pos");
    const label = (value: string) =>
      writeAnnotations(test.db, bo, {
        items: [{ recordId: idOf("three"), labels: [{ name: "sentiment", value: [value] }] }],
      });
    await label("neg");
    // Of one person the newest verdict counts, also where only the labels of another job are asked for.
    expect(await offered(member)).toEqual({ two: ["neg"] });
    expect(await offered(member, { jobIds: [jobId] })).toEqual({ two: ["neg"] });
    await label("pos");
    expect(await offered(member)).toEqual({ two: ["neg"], three: ["pos"] });
    expect(await offered(member, { jobIds: [later] })).toEqual({ two: ["neg"] });
    // Their own verdict is before their own label.
    await say(bo, "three", "pos");
    await label("neg");
    expect(await offered(member)).toEqual({ two: ["neg"], three: ["pos"] });
  });

  it("tells nobody what an open session hides from them", async () => {
    const { member, bo, jobId, say, final } = await createWorld(["one", "two"]);
    await createSession(
      test.db,
      member,
      createSessionInput.parse({ project: "p", label: "sentiment", jobIds: [jobId], mode: "independent" }),
    );
    await say(member, "one", "neg");
    await final("two", "neu");
    expect(await offered(member)).toEqual({ one: ["neg"], two: ["neu"] });
    expect(await offered(bo)).toEqual({});
  });
});
