import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportCard } from "@/contracts/export-card";
import { createAggregation } from "@/server/modules/aggregation";
import { reconcile } from "@/server/modules/reconciliation";
import { importText } from "@/server/modules/records/import/testing/import-bytes";
import { createSubset } from "@/server/modules/subsets";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import { addJob, addLabels, addVerdict, createLabelledProject } from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { makeCard, renderCard } from "..";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("a dataset card", () => {
  it("says where records come from, who labelled them, how that was verified, and what isn't known", async () => {
    const world = await createLabelledProject(test.db);
    const { member, project } = world;
    const rows = Array.from({ length: 20 }, (_, at) => `r${at},Text ${at}`);
    await importText(test, member, ["id,content", ...rows, ",no id"].join("\n"), {
      format: "csv",
      id: "id",
      content: "content",
    });
    const records = await test.db.record.findMany({
      where: { projectId: project.id },
      orderBy: { position: "asc" },
    });
    const ids = records.map(({ id }) => id);
    await createSubset(test.db, member, { name: "Pilot", kind: "static", sample: { size: 5, seed: 42 } });
    const [first, second] = [await addJob(world, "First"), await addJob(world, "Second")];
    await addLabels(
      world,
      first,
      ids.map((id) => [id, ["pos"]]),
    );
    await addLabels(
      world,
      second,
      ids.slice(0, 10).map((id, at) => [id, [at < 2 ? "neg" : "pos"]]),
    );
    const verifier = await createMember(test.db, { project, role: "reviewer", name: "Bo" });
    await addVerdict(world, {
      jobId: first,
      recordId: ids[0] ?? "",
      verifier,
      status: "CORRECTS",
      value: ["neg"],
    });
    await addVerdict(world, { jobId: first, recordId: ids[1] ?? "", verifier, status: "UNSURE", value: [] });
    const items = [{ recordId: ids[2] ?? "", value: ["pos"], base: null }];
    await reconcile(test.db, member, { label: "sentiment", items });
    const [shown = "", gone = newId()] = [ids[3]];
    const { agentVersionId } = await test.db.job.findFirstOrThrow({ where: { id: first } });
    await test.db.agentVersion.update({
      where: { projectId_id: { projectId: project.id, id: agentVersionId } },
      data: { template: `{{record ${shown}}} {{record ${gone}}} {{input}}` },
    });
    const { id: snapshot } = await createAggregation(test.db, member, {
      label: "sentiment",
      policy: "verified-first",
    });

    const card = await makeCard(test.db, member, { snapshot });
    expect(exportCard.parse(card)).toEqual(card);
    expect(card).toMatchObject({
      project: { slug: project.slug, name: "Airline" },
      schema: { version: 1, labels: [{ name: "sentiment" }] },
      records: { count: 20, deleted: 0, imports: [{ imported: 20, refused: 1 }] },
      samples: [
        { name: "Pilot", count: 5, inclusion: [0.25, 0.25], design: { seed: 42, size: 5 }, reason: null },
      ],
      verification: [
        {
          label: "sentiment",
          labelled: 20,
          verified: 1,
          undecided: 1,
          reconciled: 1,
          share: 0.05,
          verdicts: { CONFIRMS: 0, CORRECTS: 1, UNSURE: 1 },
          verifiers: 1,
        },
      ],
      agreement: [{ label: "sentiment", n: 10, agreed: 0.8, kappa: 0, reason: null }],
      finalLabels: [{ id: snapshot, counts: { records: 20, verified: 1, ties: 1 } }],
    });
    expect(card.agents.map(({ name, jobs }) => [name, jobs.length])).toEqual([
      ["Second", 1],
      ["First", 1],
    ]);
    expect(card.limits).toContain('1 of 20 final labels of "sentiment" are ties and have no value.');
    expect(card.limits).toContain(
      `17 of 20 final labels of "sentiment" rest on votes alone, on no person's verdict or decision.`,
    );
    expect(card.agents.map(({ template }) => template)).toContain(
      "Text 3 (a record that was deleted) {{input}}",
    );
    const lines = renderCard(card).split("\n");
    expect(lines).toContain("| sentiment | 20 | 1 (5.0 %) | 1 | 18 | 1 |");
    expect(lines).toContain("| sentiment | 2 | 0 | 1 | 1 | 0 | 1 |  |");
    expect(lines.find((line) => line.startsWith("- 20 records: "))).toBe(
      "- 20 records: 1 reconciled by a person, 1 by a person's verdict, 17 by votes alone, 1 tied and without a value",
    );
    expect(renderCard(card)).toContain(
      "| sentiment | First and Second | 10 | 80.0 % (49.0–94.3 %) | 0.000 |".replace(
        "First and Second",
        card.agreement[0]?.a.name === "First" ? "First and Second" : "Second and First",
      ),
    );
  });

  it("of a project without anything says so, and is for its team alone", async () => {
    const { member, project } = await createLabelledProject(test.db);
    const card = await makeCard(test.db, member, {});
    expect(card).toMatchObject({ records: { count: 0 }, agents: [], agreement: [], finalLabels: [] });
    expect(card.verification).toMatchObject([{ labelled: 0, share: null }]);
    expect(card.limits).toContain("There are no records.");
    expect(renderCard(card)).toContain("none labelled");
    expect(await errorCode(makeCard(test.db, member, { snapshot: newId() }))).toBe("no_snapshot");
    const annotator = await createMember(test.db, { project, role: "annotator" });
    expect(await errorCode(makeCard(test.db, annotator, {}))).toBe("forbidden");
  });
});
