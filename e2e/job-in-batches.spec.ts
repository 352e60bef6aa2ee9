import type { Agent } from "@/contracts/agents";
import type { Job } from "@/contracts/jobs";
import { type LlmDouble, startLlmDouble } from "@/server/testing/llm-double";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { signIn } from "./people";

let double: LlmDouble;
let project: FullProject;

test.beforeAll(async ({ tandem }) => {
  const options = ["positive", "negative", "neutral"];
  double = await startLlmDouble({ fields: [{ field: "Sentiment", options }], invalidShare: 0 });
  project = await makeFullProject(tandem.url);
});
test.afterAll(() => double.close());

test("a job in batches: offered once it was probed, at the provider, finished", async ({ page }) => {
  const { api, slug } = project;
  const model = { provider: "openai:chat", baseUrl: double.url, model: "double-1" };
  const agent = await api.post<Agent>(
    `/projects/${slug}/agents`,
    {
      name: "Patient",
      provider: model.provider,
      baseUrl: model.baseUrl,
      model: { model: model.model },
      prompt: { labels: ["sentiment"], answer: "text" },
    },
    { status: 201 },
  );
  double.batches.behave({ ready: false });
  await signIn(page);

  await test.step("it is not offered before anybody knows that it can be had", async () => {
    await page.goto(`/p/${slug}/jobs/new?agent=${agent.id}`);
    await expect(page.getByText(/Not here: the model was never probed/)).toBeVisible();
    await expect(page.getByRole("radio", { name: "In batches" })).toBeDisabled();
    await api.post(`/projects/${slug}/agents/probe`, model);
  });

  await test.step("chosen, it is handed in, and the page says since when and how much", async () => {
    await page.reload();
    await page.getByRole("radio", { name: "In batches" }).click();
    await expect(page.getByLabel("Calls at a time")).toHaveCount(0);
    await page.getByRole("button", { name: /^Run on [\d,]+ records/ }).click();
    await expect(page).toHaveURL(/\/jobs\/[0-9a-f-]{36}/);
    await expect(page.getByText(/Handed in .*: 0 of [\d,]+ done/)).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText("double-1, in batches")).toBeVisible();
  });

  await test.step("when the provider is done, so is the job", async () => {
    double.batches.behave({ ready: true });
    const status = page.getByRole("heading", { level: 1 }).locator("..");
    await expect(status).toContainText("Finished", { timeout: 120_000 });
    await expect(page.getByText(/at the provider$/)).toHaveCount(0);
    await expect(page.getByText("asked in batches")).toBeVisible();
    const id = page.url().slice(-36);
    const job = await api.get<Job>(`/projects/${slug}/jobs/${id}`);
    expect(job).toMatchObject({ mode: "batch", atProvider: null, counts: { callFailed: 0, uncertain: 0 } });
    expect(job.counts.parsed).toBe(job.counts.total);
    expect(double.batches.made).toHaveLength(1);
  });
});
