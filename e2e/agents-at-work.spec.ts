import type { Locator, Page } from "@playwright/test";
import type { Job } from "@/contracts/jobs";
import { createGate } from "@/server/testing/gate";
import { type LlmDouble, startLlmDouble } from "@/server/testing/llm-double";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { CANARY_KEYS, expectNoKeys, readEverything } from "./leaks";
import { joinByLink, signIn } from "./people";

const OPTIONS = ["positive", "negative", "neutral"];
/** Records of a try-out. */
const TRIED = 10;
/** Whether a prompt is for a record of the jobs that were verified: those say “not”. */
const isVerified = (prompt: string) => prompt.split("'''")[1]?.toLowerCase().includes("not") === true;
const UNREADABLE = "I could not decide between the two";

let double: LlmDouble;
let project: FullProject;

test.beforeAll(async ({ tandem }) => {
  double = await startLlmDouble({ fields: [{ field: "Sentiment", options: OPTIONS }], invalidShare: 0 });
  project = await makeFullProject(tandem.url);
});
test.afterAll(() => double.close());

test("an agent from its first prompt to its second version, in two browsers", async ({ page, browser }) => {
  const at = `/p/${project.slug}`;
  await signIn(page);
  const ada = await joinByLink(browser, project.invitationUrl, "Ada");

  await test.step("build, see the prompt on real records, try out, register", async () => {
    await page.goto(`${at}/agents/new`);
    await page.getByLabel("Name", { exact: true }).fill("Careful");
    await choose(page, "Provider", /Another address/);
    await page.getByLabel("Base URL").fill(double.url);
    await page.getByRole("textbox", { name: "Model", exact: true }).fill("double-1");
    await page.getByLabel("Temperature").fill("0");
    const panel = page.getByRole("tabpanel");
    await expect(panel).toContainText("positive, negative or neutral");
    expect(double.calls).toHaveLength(0);

    await page.getByRole("tab", { name: "Try out" }).click();
    await page.getByLabel("Key for these calls").fill(CANARY_KEYS.tryOut);
    await page.getByRole("button", { name: "Try on 10 random records" }).click();
    await expect(page.getByText(/^10 asked · 0 failed/)).toBeVisible();
    expect(double.calls).toHaveLength(TRIED);
    expect(double.calls.every(({ authorization }) => authorization === `Bearer ${CANARY_KEYS.tryOut}`)).toBe(
      true,
    );
    const answers = page.getByRole("table", { name: "What the model answered" });
    await answers.getByRole("button").first().click();
    const details = page.getByRole("dialog");
    await expect(details).toContainText("Raw answer");
    await expect(details).toContainText(/Sentiment: (positive|negative|neutral)/i);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Save agent" }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/agents/[0-9a-f-]{36}`));
  });
  const agentUrl = page.url().replace(/\?.*/, "");
  const agentId = agentUrl.slice(-36);

  const resumed = createGate();
  const firstJob = await test.step("run: two browsers see it go on; pause and resume", async () => {
    // Some calls are answered at once, some when both have looked, the rest when the job was paused.
    const [looked, paused] = [createGate(), createGate()];
    double.setFault(({ number }) => {
      if (number <= TRIED + 20) return null;
      return { kind: "wait", until: number <= TRIED + 40 ? looked.passed : paused.passed };
    });
    await runOn(page, at, agentId);
    const address = page.url();
    await ada.goto(address);
    await expect(status(ada)).toContainText("Running");
    await expect.poll(() => labelled(ada)).toBeGreaterThan(0);
    const done = await labelled(ada);
    looked.open();
    await expect.poll(() => labelled(ada)).toBeGreaterThan(done);
    await page.getByRole("button", { name: "Pause" }).click();
    for (const person of [page, ada])
      await expect(person.getByText("Somebody paused this job")).toBeVisible();
    paused.open();
    await expect.poll(async () => unread((await job(project, address)).counts)).toBe(0);
    const calls = double.calls.length;
    const { counts } = await job(project, address);
    await page.reload();
    await expect.poll(() => labelled(page)).toBe(counts.parsed);
    expect(counts.parsed).toBeLessThan(counts.total);
    expect(double.calls).toHaveLength(calls);
    double.setFault(() => ({ kind: "wait", until: resumed.passed }));
    await page.getByRole("button", { name: "Resume" }).click();
    for (const person of [page, ada]) await expect(status(person)).toContainText("Running");
    return address;
  });

  await test.step("an outage pauses it, with the reason; it goes on by itself", async () => {
    double.setFault(() => ({ kind: "status", status: 503 }));
    resumed.open();
    for (const person of [page, ada])
      await expect(person.getByText("The provider does not answer")).toBeVisible({ timeout: 60_000 });
    // From now on every eighth answer can't be read, and two records are refused for good; never of the records that
    // are verified, which somebody would then differ about.
    let failing = 0;
    double.setFault(({ number, prompt }) => {
      if (isVerified(prompt)) return null;
      if (failing < 2) {
        failing += 1;
        return { kind: "status", status: 400, code: "context_length_exceeded" };
      }
      return number % 8 === 0 ? { kind: "answer", text: UNREADABLE } : null;
    });
    for (const person of [page, ada])
      await expect(status(person)).toContainText("Finished", { timeout: 120_000 });
    const { counts } = await job(project, firstJob);
    expect(counts.called + counts.callFailed).toBe(counts.prompted);
    expect(counts.parsed + counts.invalid).toBe(counts.called);
    expect(counts.callFailed).toBeGreaterThan(0);
    expect(counts.invalid).toBeGreaterThan(1);
  });

  await test.step("what failed is asked again, and nothing else", async () => {
    const { counts } = await job(project, firstJob);
    double.setFault(undefined);
    const calls = double.calls.length;
    await page.getByRole("button", { name: `Retry ${counts.callFailed} failed…` }).click();
    await page.getByRole("dialog").getByLabel("Key for this job").fill(CANARY_KEYS.retry);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: `Retry ${counts.callFailed} failed` })
      .click();
    await expect(page.getByRole("button", { name: /^Retry/ })).toHaveCount(0);
    await expect(status(page)).toContainText("Finished");
    expect(double.calls).toHaveLength(calls + counts.callFailed);
    expect((await job(project, firstJob)).counts).toMatchObject({
      callFailed: 0,
      invalid: counts.invalid,
    });
  });

  await test.step("unreadable answers are resolved by a reviewer, all of one text at once", async () => {
    const { counts } = await job(project, firstJob);
    await ada.goto(`${firstJob}?tab=unreadable`);
    const list = ada.getByRole("list", { name: "Answers that could not be read" });
    await expect(list).toContainText(UNREADABLE);
    await expect(list).toContainText(`${counts.invalid} records`);
    const all = ada.getByRole("checkbox", { name: /^Decide for all/ });
    await expect(all).not.toBeChecked();
    const lastOption = ada.getByRole("group", { name: "sentiment" }).getByRole("button").last();
    await expect(lastOption).toBeEnabled();
    await ada.keyboard.press("3");
    await expect(list).toContainText(`1 of ${counts.invalid} resolved`);
    await ada.keyboard.press("u");
    await expect(list).toContainText(`${counts.invalid} records`);
    await all.check();
    await expect(lastOption).toBeEnabled();
    await ada.keyboard.press("3");
    await expect(ada.getByText("Every answer is resolved")).toBeVisible();
    await ada.keyboard.press("u");
    await expect(list).toContainText(`${counts.invalid} records`);
    await all.check();
    await expect(lastOption).toBeEnabled();
    await ada.keyboard.press("3");
    await expect(ada.getByText("Every answer is resolved")).toBeVisible();
    // The job's own report stays what the model did.
    expect((await job(project, firstJob)).counts.invalid).toBe(counts.invalid);
  });

  await test.step("what a job does after an error is chosen by kind, and stands on its page", async () => {
    await page.goto(`${at}/jobs/new?agent=${agentId}`);
    const fold = page.getByText("Advanced: when a call fails");
    await fold.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("combobox", { name: "Request refused" })).toContainText("Skip the record");
    await page.getByRole("combobox", { name: "Request refused" }).focus();
    await page.keyboard.press("Enter");
    const pausing = page.getByRole("option", { name: /^Pause the job/ });
    await expect(pausing).toBeVisible();
    await pausing.press("Enter");
    await expect(fold).toContainText("(1 changed)");
    await page.getByLabel("Ask anew").check();
    double.setFault(() => ({ kind: "status", status: 400 }));
    await start(page, at);
    await expect(page.getByText("A call failed in a way that was to stop the job")).toBeVisible();
    const failing = page.getByRole("region", { name: "When a call fails" });
    await expect(failing.getByRole("definition").last()).toHaveText("request refused");
    await expect(failing.getByRole("term").last()).toHaveText("Pause the job");
    expect((await job(project, page.url())).errorPolicy).toMatchObject({
      bad_request: "stop",
      timeout: "retry",
    });
    double.setFault(undefined);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Cancel/ })
      .last()
      .click();
    await expect(status(page)).toContainText("Cancelled");
  });

  await test.step("examples are looked for among the verified labels of jobs that are chosen", async () => {
    await page.goto(agentUrl);
    await page.getByRole("radio", { name: "Nearest to each record" }).click();
    const jobs = page.getByRole("group", { name: "Verified labels of" });
    await expect(jobs).toContainText("Every job");
    const verified = page.getByText(/^12 verified records to choose from/);
    await expect(verified).toBeVisible();
    await jobs.getByRole("checkbox", { name: /^With care v1/ }).check();
    await expect(jobs).toContainText("of this job");
    await expect(page.getByText("None of these is verified for every label")).toBeVisible();
    await jobs.getByRole("checkbox", { name: /^Plain v1/ }).check();
    await expect(verified).toBeVisible();
    await jobs.getByRole("button", { name: "Take every job" }).click();
    await expect(jobs.getByRole("checkbox", { checked: true })).toHaveCount(0);
    await page.getByRole("radio", { name: "The same for all" }).click();
  });

  await test.step("a new version, with its diff; its report beside the first", async () => {
    await page.goto(agentUrl);
    await page.getByLabel("Task instruction").fill("Decide what the customer feels: {{options}}.");
    await page.getByRole("button", { name: "Save version 2" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("Decide what the customer feels");
    await dialog.getByRole("button", { name: "Save version 2" }).click();
    await expect(dialog).toHaveCount(0);
    await runOn(page, at, agentId);
    await expect(status(page)).toContainText("Finished", { timeout: 120_000 });
    const secondJob = page.url();
    await page.goto(`${at}/jobs/compare?a=${idOf(firstJob)}&b=${idOf(secondJob)}`);
    const main = page.getByRole("main");
    await expect(main).toContainText("Careful v1");
    await expect(main).toContainText("Careful v2");
    const [first, second] = [await job(project, firstJob), await job(project, secondJob)];
    await expect(main.getByRole("row", { name: /Unreadable/ }).first()).toContainText(
      `${first.counts.invalid}`,
    );
    expect(second.counts.invalid).toBe(0);
  });

  await test.step("no key in what can be read or taken along", async () => {
    const outputs = await readEverything(project.api, project.slug);
    for (const address of [firstJob, page.url().replace(/.*&b=/, "jobs/")]) {
      outputs[address] = JSON.stringify(await job(project, address));
      const items = `/projects/${project.slug}/jobs/${idOf(address)}/items?limit=500`;
      outputs[items] = JSON.stringify(await project.api.get(items));
    }
    expectNoKeys(outputs);
  });
});

const idOf = (address: string) => /jobs\/([0-9a-f-]{36})/.exec(address)?.[1] ?? "";

const job = ({ api, slug }: FullProject, address: string): Promise<Job> =>
  api.get<Job>(`/projects/${slug}/jobs/${idOf(address)}`);

/** Answers of a paused job whose labels are still to be written, and calls that it waits for. */
const unread = ({ called, parsed, invalid }: Job["counts"]): number =>
  double.calls.length - TRIED - called + (called - parsed - invalid);

const status = (page: Page): Locator => page.getByRole("heading", { level: 1 }).locator("..");

/** How many records the job's page says are labelled. */
async function labelled(page: Page): Promise<number> {
  const text = await page
    .getByRole("main")
    .getByText(/^[\d,]+ valid$/)
    .last()
    .textContent();
  return Number((text ?? "").replace(/\D/g, ""));
}

async function runOn(page: Page, at: string, agentId: string): Promise<void> {
  await page.goto(`${at}/jobs/new?agent=${agentId}`);
  await start(page, at);
}

/** Starts the job that the form holds. */
async function start(page: Page, at: string): Promise<void> {
  await page.getByLabel(/Key for this job/).fill(CANARY_KEYS.job);
  await page.getByRole("button", { name: /^Run on [\d,]+ records/ }).click();
  await expect(page).toHaveURL(new RegExp(`${at}/jobs/[0-9a-f-]{36}`));
}

async function choose(page: Page, name: string, option: RegExp): Promise<void> {
  await page.getByRole("combobox", { name, exact: true }).click();
  await page.getByRole("option", { name: option }).first().click();
}
