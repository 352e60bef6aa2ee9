import type { Page } from "@playwright/test";
import type { RecordRow } from "@/contracts/records";
import type { LlmDouble } from "@/server/testing/llm-double";
import { accessibilityDefects } from "./accessibility";
import { beyondWindow } from "./beyond-window";
import { expect, test } from "./fixtures";
import { signIn } from "./people";
import { makeSpanProject } from "./span-project";
import type { RestClient } from "./walkthrough/rest-client";

const TEXTS = [
  "From Rome to Oslo, and back to Rome by night.",
  "The train to Bergen left without us.",
  "Nothing to find in this one, said Ada.",
  "Madrid was closed, so they flew us to Lisbon.",
];
/** The last names a place that its text has not, beside one that it has. */
const ANSWERS = [
  [
    { text: "Rome", label: "city", occurrence: 2 },
    { text: "Oslo", label: "city" },
  ],
  [{ text: "Bergen", label: "city" }],
  [],
  [
    { text: "Madrid", label: "city" },
    { text: "Porto", label: "city" },
  ],
];
let double: LlmDouble;
let api: RestClient;
let slug: string;
test.beforeAll(async ({ tandem }) => {
  ({ api, slug, double } = await makeSpanProject({
    url: tandem.url,
    name: "Places",
    texts: TEXTS,
    answers: ANSWERS,
  }));
});
test.afterAll(() => double.close());

test("an agent that marks spans: an example by its words, tried out, run, and what it got wrong marked", async ({
  page,
}) => {
  const at = `/p/${slug}`;
  await signIn(page);

  await test.step("build it, with an example", async () => {
    await page.goto(`${at}/agents/new`);
    await page.getByLabel("Name", { exact: true }).fill("Finder");
    await page.getByRole("combobox", { name: "Provider", exact: true }).click();
    await page.getByRole("option", { name: /Another address/ }).click();
    await page.getByLabel("Base URL").fill(double.url);
    await page.getByRole("textbox", { name: "Model", exact: true }).fill("double-1");
    await expect(page.getByRole("checkbox", { name: /^places/ })).toBeChecked();
    await page.getByRole("button", { name: "Write an example" }).click();
    await page.getByRole("textbox", { name: "Example 1" }).fill("Paris, then Nice, then Paris again.");
    await page.getByRole("button", { name: "Add a span" }).click();
    const words = page.getByRole("textbox", { name: "Words 1" });
    await words.fill("Berlin");
    await expect(page.getByText("These words are not in the text")).toBeVisible();
    await words.fill("Paris");
    await expect(page.getByText("These words are not in the text")).toHaveCount(0);
    await page.getByRole("combobox", { name: "Which of them" }).click();
    await page.getByRole("option", { name: /^2\./ }).click();
    await expect(page.getByRole("tabpanel")).toContainText(/"text": ?"Paris"/);
    await expect(page.getByRole("tabpanel")).toContainText(/"occurrence": ?2/);
    await expectAccessible(page);
  });

  await test.step("try it out", async () => {
    await page.getByRole("tab", { name: "Try out" }).click();
    await page.getByLabel("Key for these calls").fill("any");
    await page.getByRole("button", { name: /^Try on/ }).click();
    const answers = page.getByRole("table", { name: "What the model answered" });
    await expect(answers).toContainText("Bergen");
    await expect(answers).toContainText("Found none");
    await page.getByRole("button", { name: "Save agent" }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/agents/[0-9a-f-]{36}`));
  });

  const jobId = await test.step("run it", async () => {
    const agentId = page.url().replace(/\?.*/, "").slice(-36);
    await page.goto(`${at}/jobs/new?agent=${agentId}`);
    await page.getByLabel(/Key for this job/).fill("any");
    await page.getByRole("button", { name: /^Run on 4 records/ }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/jobs/[0-9a-f-]{36}`));
    await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Finished");
    await expect(page.getByRole("button", { name: "Verify spans" })).toBeEnabled();
    return page.url().replace(/\?.*/, "").slice(-36);
  });

  await test.step("what could not be placed is marked in the text", async () => {
    await page.goto(`${at}/jobs/${jobId}?tab=unreadable`);
    const group = page.getByRole("group", { name: "places" });
    await expect(group.getByRole("button", { name: "Resolve as this span" })).toBeEnabled();
    await group.getByRole("button", { name: "Nothing to mark" }).click();
    await expect(page.getByText("Every answer is resolved")).toBeVisible();
    await expect(page.getByText("Resolved: nothing to mark")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(group.getByRole("button", { name: "Resolve as this span" })).toBeEnabled();
    await page.getByRole("button", { name: "Add a span by words" }).click();
    await page.getByRole("textbox", { name: "Words", exact: true }).fill("Lisbon");
    await expect(page.getByText("At one place")).toBeVisible();
    await page.keyboard.press("Enter");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => beyondWindow(page)).toEqual({ sideways: 0, down: 0 });
    await group.getByRole("button", { name: "Resolve as these 2 spans" }).click();
    await expect(page.getByText("Every answer is resolved")).toBeVisible();
    const { items } = await api.post<{ items: RecordRow[] }>(`/projects/${slug}/records/search`, {
      query: { externalIds: ["r3"] },
      include: ["annotations"],
    });
    const marked = items.flatMap(({ annotations = [] }) => annotations);
    expect(
      marked.filter(({ annotator }) => annotator.kind === "user").map(({ start, end }) => [start, end]),
    ).toEqual([
      [0, 6],
      [38, 44],
    ]);
    expect(marked.filter(({ annotator }) => annotator.kind !== "user")).toHaveLength(1);
  });

  await test.step("of answers that could be read in part, that part is verified", async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const { agentVersionId } = await api.get<{ agentVersionId: string }>(`/projects/${slug}/jobs/${jobId}`);
    const { items } = await api.post<{ items: RecordRow[] }>(`/projects/${slug}/records/search`, {
      query: { externalIds: ["r3"] },
    });
    const { id } = await api.post<{ id: string }>(
      `/projects/${slug}/jobs`,
      { agentVersionId, recordIds: items.map((record) => record.id), labels: ["places"], apiKey: "any" },
      { status: 202 },
    );
    await page.goto(`${at}/jobs/${id}`);
    await expect(page.getByText("No answer could be read in full")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Verify spans" }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/verify/[0-9a-f-]{36}`));
    await expect(page.getByRole("grid")).toContainText("Madrid");
  });

  await test.step("what is verified becomes the next prompt's examples", async () => {
    const { agentId } = await api.get<{ agentId: string }>(`/projects/${slug}/jobs/${jobId}`);
    await confirmSpans(jobId, ["r0", "r2"]);
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${at}/agents/${agentId}`);
    await page.getByRole("radio", { name: "Nearest to each record" }).click();
    await expect(page.getByText("2 verified records to choose from")).toBeVisible();
    await expect(page.getByText(/decided on every span that a job marked/)).toBeVisible();
    await expect(page.getByRole("tabpanel")).toContainText("This record is an example of the prompt");
    await page.getByRole("button", { name: "Next record" }).click();
    const prompt = page.getByRole("tabpanel");
    await expect(prompt).toContainText(/"text": ?"Oslo"/);
    await expect(prompt).toContainText(/"text": ?"Rome", ?"label": ?"City", ?"occurrence": ?2/);
    await expect(prompt).toContainText("said Ada.\n'''\nPlaces: []");
    await expectAccessible(page);
  });

  await test.step("or is picked as a fixed one, with its spans", async () => {
    await page.getByRole("radio", { name: "The same for all" }).click();
    await page.getByRole("button", { name: "Pick verified records" }).click();
    const picker = page.getByRole("dialog");
    await expect(picker.getByRole("listitem").filter({ hasText: "said Ada" })).toContainText("Found none");
    await expectAccessible(page);
    await picker.getByRole("checkbox", { name: /From Rome to Oslo/ }).click();
    await picker.getByRole("button", { name: "Add 1 example" }).click();
    await expect(page.getByRole("textbox", { name: "Words 1" })).toHaveValue("Oslo");
    await expect(page.getByRole("textbox", { name: "Words 2" })).toHaveValue("Rome");
  });
});

/** Confirms all that the job said of some records, also that it found nothing. */
async function confirmSpans(jobId: string, externalIds: string[]): Promise<void> {
  const { items } = await api.post<{ items: RecordRow[] }>(`/projects/${slug}/records/search`, {
    query: { externalIds },
    include: ["annotations"],
  });
  const labels = items.flatMap(({ annotations = [] }) => annotations);
  const verdicts = await api.post<{ items: { status?: string }[] }>(`/projects/${slug}/verifications`, {
    items: labels
      .filter(({ annotator }) => annotator.id === jobId)
      .map(({ id, value }) => ({ annotationId: id, value })),
  });
  expect(verdicts.items.map(({ status }) => status)).toEqual(["CONFIRMS", "CONFIRMS", "CONFIRMS"]);
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityDefects(page)).toEqual([]);
}
