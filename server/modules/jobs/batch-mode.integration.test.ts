import { describe, expect, it } from "vitest";
import { estimateJobInput } from "@/contracts/jobs";
import { estimateJob, listJobs } from ".";
import { jobTests } from "./testing/harness";
import { findBatches, type Scenario, start, texts } from "./testing/scenario";

const { scenario } = jobTests();

const estimate = ({ db, actor, agentVersionId }: Scenario, mode?: "live" | "batch") =>
  estimateJob(
    db,
    actor,
    estimateJobInput.parse({ project: actor.projectSlug, agentVersionId, labels: ["sentiment"], mode }),
  );

describe("the mode of a job", () => {
  it("is live where nothing is said", async () => {
    const made = await scenario({ contents: texts(2) });
    expect(await start(made)).toMatchObject({ mode: "live", atProvider: null });
    expect(await estimate(made)).toMatchObject({ mode: "live", batch: { priceFactor: null } });
  });

  it("can be batch where probing found them, and the estimate says so beforehand", async () => {
    const made = await scenario({ contents: texts(2) });
    expect((await estimate(made)).batch.problem).toMatch(/never probed/);
    await findBatches(made);
    expect((await estimate(made)).batch.problem).toBeNull();
    const job = await start(made, { mode: "batch" });
    expect(job.mode).toBe("batch");
    const listed = await listJobs(made.db, made.actor, { project: made.actor.projectSlug, limit: 10 });
    expect(listed.items[0]?.mode).toBe("batch");
  });

  it("names the field, the reason and the way out where it can't be batch", async () => {
    const refused = async (made: Scenario) =>
      await start(made, { mode: "batch" }).catch((error: { errors?: unknown }) => error.errors);
    const unprobed = await scenario({ contents: texts(1) });
    expect(await refused(unprobed)).toEqual([
      { path: "mode", message: expect.stringMatching(/never probed.*probe it/) },
    ]);
    const without = await scenario({ contents: texts(1) });
    await findBatches(without, "no");
    expect(await refused(without)).toEqual([
      { path: "mode", message: expect.stringMatching(/found no batches/) },
    ]);
    const several = await scenario({
      contents: texts(1),
      prompt: { confidence: "self-consistency", samples: 3 },
    });
    await findBatches(several);
    expect(await refused(several)).toEqual([
      { path: "mode", message: expect.stringMatching(/3 times.*choose live/) },
    ]);
    const where = { id: unprobed.agentVersionId };
    await unprobed.db.agentVersion.update({ where, data: { provider: "google", baseUrl: null } });
    expect(await refused(unprobed)).toEqual([
      { path: "mode", message: expect.stringMatching(/no batches are handed in.*google/) },
    ]);
  });
});

describe("the price of a batch", () => {
  async function priced(
    model: Record<string, string | { inputPerMillion: number; outputPerMillion: number } | number>,
  ) {
    const made = await scenario({ contents: texts(3), model: { max_tokens: 10, ...model } });
    await made.db.agentVersion.update({ where: { id: made.agentVersionId }, data: { baseUrl: null } });
    await findBatches({ ...made, double: { ...made.double, url: "" } });
    return made;
  }

  it("is the listed part of the usual one, in the estimate and in what the job freezes", async () => {
    const made = await priced({ price: { inputPerMillion: 4, outputPerMillion: 10 } });
    const [live, batch] = [await estimate(made, "live"), await estimate(made, "batch")];
    expect(batch.batch).toEqual({ problem: null, priceFactor: 0.5, priceAsOf: "2025-08-07" });
    expect(batch.costBoundUsd).toBeCloseTo((live.costBoundUsd ?? 0) / 2, 5);
    const { id } = await start(made, { mode: "batch", spendCapUsd: 5 });
    const row = await made.db.job.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      inputPricePerMillionMicroUsd: 2_000_000n,
      outputPricePerMillionMicroUsd: 5_000_000n,
    });
  });

  it("is the same part of what long prompts cost", async () => {
    const made = await priced({ model: "gpt-6-luna" });
    const { modelCapability } = made.db;
    const where = { projectId: made.actor.projectId };
    await modelCapability.updateMany({ where, data: { model: "gpt-6-luna" } });
    const { id } = await start(made, { mode: "batch" });
    expect(await made.db.job.findUniqueOrThrow({ where: { id } })).toMatchObject({
      inputPricePerMillionMicroUsd: 50_000n,
      priceTiers: [{ abovePromptTokens: 272_000, inputPerMillion: 0.1, outputPerMillion: 0.375 }],
    });
  });

  it("that is unknown stays so", async () => {
    const made = await priced({});
    expect(await estimate(made, "batch")).toMatchObject({ costBoundUsd: null, batch: { priceFactor: 0.5 } });
    await expect(start(made, { mode: "batch", spendCapUsd: 5 })).rejects.toMatchObject({
      errors: [{ path: "spendCapUsd" }],
    });
  });
});
