import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import pg from "pg";
import { type LlmDouble, startLlmDouble } from "@/server/testing/llm-double";
import { expect, test } from "./fixtures";
import { CANARY_KEYS } from "./leaks";
import { joinByLink, signIn } from "./people";
import {
  callsDuring,
  type ExpectedJob,
  expectedAccuracy,
  expectedConflicts,
  expectedJob,
  expectedPair,
} from "./walkthrough/expected-job";
import { mcnemarExact, newcombePaired, wilson95 } from "./walkthrough/figures";
import { columns, doubleSettings, labelSchema, loadScenario, valueOfText } from "./walkthrough/scenario";

const scenario = loadScenario();
const at = "/p/airline";
const textOfValue = Object.fromEntries(Object.entries(valueOfText).map(([text, value]) => [value, text]));
let double: LlmDouble;

test.beforeAll(async () => {
  double = await startLlmDouble(doubleSettings);
});
test.afterAll(() => double.close());

test("the twelve steps by two people in two browsers", async ({ page, browser, tandem }) => {
  test.setTimeout(600_000);
  await signIn(page);

  await test.step("1 project, schema, import", async () => {
    await page.goto("/projects");
    await page.getByRole("button", { name: "Create project" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Airline");
    await page.getByRole("dialog").getByRole("button", { name: "Create project" }).click();
    await expect(page).toHaveURL(new RegExp(`${at}$`));

    await page.goto(`${at}/schema`);
    await page.getByRole("button", { name: "Paste JSON" }).click();
    await page.getByLabel("JSON to paste").fill(JSON.stringify({ label_schema: labelSchema }));
    await page.getByRole("button", { name: "Use this schema" }).click();
    await page.getByRole("button", { name: "Save version 1" }).click();
    await expect(page.getByRole("button", { name: "Save version 2" })).toBeDisabled();

    await page.goto(`${at}/import`);
    await page.locator("input[type=file]").setInputFiles({
      name: "tweets.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(scenario.csv),
    });
    await expect(page.getByRole("combobox", { name: "What id becomes" })).toContainText("Id");
    await expect(page.getByRole("combobox", { name: "What content becomes" })).toContainText("Text");
    await choose(page, `Who sees ${columns.gold}`, /^Gold/);
    await page.getByRole("button", { name: "Import tweets.csv" }).click();
    await expect(stat(page, "Rows in the file")).toHaveText(count(scenario.read));
    await expect(stat(page, "Imported")).toHaveText(count(scenario.rows.length));
    await expect(stat(page, "Skipped")).toHaveText(count(scenario.read - scenario.rows.length));
    await expect(stat(page, "Refused")).toHaveText("0");
  });

  const [ada, ben] = await test.step("2 two people join by a link", async () => {
    const link = async () => {
      await page.goto(`${at}/settings/invitations`);
      await page.getByRole("button", { name: "Invite people" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Make link" }).click();
      const secret = page.getByRole("dialog").getByLabel("Invitation link");
      await expect(secret).toHaveValue(/\/join\//);
      return secret.inputValue();
    };
    return [
      await joinByLink(browser, await link(), "Ada"),
      await joinByLink(browser, await link(), "Ben"),
    ] as const;
  });

  await test.step("3, 4 a prompt from the schema, seen on real records; the agent is saved", async () => {
    await page.goto(`${at}/agents/new`);
    await page.getByLabel("Name", { exact: true }).fill("GPT 3.5");
    await fillModel(page, "gpt-3.5-turbo", "0");
    const prompt = page.getByRole("tabpanel");
    await expect(prompt).toContainText("positive, negative or neutral");
    await expect(prompt).toContainText(scenario.rows[0]?.content ?? "");
    await page.getByRole("button", { name: "Save agent" }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/agents/[0-9a-f-]{36}`));
    await expect(page.getByRole("heading", { level: 1 })).toContainText("GPT 3.5");
  });
  const agentAddress = page.url().replace(/\?.*/, "");

  await test.step("5 search, and keep what was found", async () => {
    await page.goto(`${at}/records`);
    await page.getByRole("searchbox", { name: "Search in the text" }).fill(scenario.keyword);
    await page.getByRole("searchbox", { name: "Search in the text" }).press("Enter");
    await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText(
      count(scenario.found.length),
    );
    await expect(page.getByRole("grid")).toContainText(scenario.found[0]?.content.slice(0, 20) ?? "");
    await page.getByRole("button", { name: "Save as subset" }).click();
    await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("found");
    await page.getByRole("button", { name: "Save subset" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  async function runJob(
    agent: string,
    subset: string,
    version?: string,
  ): Promise<{ id: string; expected: ExpectedJob }> {
    const rows = subset === "found" ? scenario.found : scenario.heldOut;
    const before = double.calls.length;
    await page.goto(`${at}/jobs/new`);
    await choose(page, "Agent", new RegExp(`^${agent}`));
    if (version) await choose(page, "Version", new RegExp(`v${version}`));
    await page.getByRole("radio", { name: /A saved subset/ }).click();
    await choose(page, "Subset", new RegExp(`^${subset}`));
    await page.getByRole("checkbox", { name: /Confidence/ }).check();
    await page.getByLabel(/Key for this job/).fill(CANARY_KEYS.job);
    await page.getByRole("button", { name: `Run on ${count(rows.length)} records` }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/jobs/[0-9a-f-]{36}`));
    await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 120_000 });
    const calls = version === "1" ? double.calls : double.calls.slice(before);
    const asked = version === "1" ? calls.filter((call) => call.model === "gpt-3.5-turbo") : calls;
    const expected = expectedJob(rows, asked);
    const id = /jobs\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? "";
    const main = page.getByRole("main");
    await expect(main).toContainText(`${rows.length} valid`);
    await expect(main).toContainText(`${expected.parsed} valid`);
    await expect(main).toContainText(`${expected.invalid} invalid`);
    for (const [value, labelled] of Object.entries(expected.distribution))
      await expect(main).toContainText(
        `${textOfValue[value]}${count(labelled)}${percent(labelled / expected.parsed)}%`,
      );
    return { id, expected };
  }

  const first = await test.step("6 the job, its report", async () => {
    const [job, calls] = await callsDuring(double, () => runJob("GPT 3.5", "found"));
    expect(calls).toHaveLength(job.expected.prompts);
    await expect(stat(page, "Prompt tokens")).toHaveText(count(job.expected.tokens.prompt));
    await expect(stat(page, "Answer tokens")).toHaveText(count(job.expected.tokens.completion));
    return job;
  });
  const byConfidence = [...first.expected.labels]
    .flatMap(([id, label]) => (label ? [{ id, ...label }] : []))
    .sort((one, other) => one.conf - other.conf);

  const sessionAddress =
    await test.step("7 two people verify in one session, the doubtful first", async () => {
      await page.getByRole("button", { name: `Verify ${count(first.expected.parsed)} labels` }).click();
      await expect(page).toHaveURL(new RegExp(`${at}/verify/[0-9a-f-]{36}`));
      const address = page.url();
      for (const person of [ada, ben]) {
        await person.goto(address);
        await expect(saveState(person)).toContainText("All saved");
      }
      await expect(ada.getByRole("list", { name: "Here now" })).toContainText("Ben");
      await expect(ben.getByRole("list", { name: "Here now" })).toContainText("Ada");

      // Ada corrects the two most doubtful by key; Ben sees each without a reload.
      for (const index of [0, 1]) {
        const label = byConfidence[index];
        const other = label?.value === "pos" ? "neg" : "pos";
        await focusRow(ada, index);
        await ada.keyboard.press(other === "pos" ? "1" : "2");
        await expect(row(ben, index)).toContainText("Corrected");
        await expect(row(ben, index)).toContainText(textOfValue[other] ?? "");
        await expect(row(ben, index)).toContainText("Ada");
      }
      // Ben confirms the six after them with Enter; the focus walks on by itself.
      await focusRow(ben, 2);
      for (let n = 0; n < 6; n++) await ben.keyboard.press("Enter");
      await expect(row(ada, 7)).toContainText("Confirmed");
      await expect(row(ada, 7)).toContainText("Ben");
      await expect(saveState(ben)).toContainText(/^Saved \d/);
      for (const person of [ada, ben, page]) {
        await expect(person.getByText(`8 / ${count(first.expected.parsed)} verified`)).toBeVisible();
        await expect(person.getByText("6 confirmed", { exact: true })).toBeVisible();
        await expect(person.getByText("2 corrected", { exact: true })).toBeVisible();
      }
      const [low, high] = wilson95(6, 8);
      await expect(ada.getByRole("main")).toContainText(
        `75.0% 95% Wilson (${percent(low)}–${percent(high)})`,
      );

      // Undo takes back my own last decision and nobody else's.
      await ben.keyboard.press("u");
      await expect(row(ada, 7)).not.toContainText("Confirmed");
      await ben.keyboard.press("Shift+U");
      await expect(row(ada, 7)).toContainText("Confirmed");

      // A killed server loses nothing that was shown as saved, and a decision made meanwhile waits in the browser.
      await expect(saveState(ben)).toContainText(/^Saved \d/);
      await tandem.kill();
      await expect(saveState(ben)).toContainText(/Offline/, { timeout: 20_000 });
      await focusRow(ben, 8);
      await ben.keyboard.press("Enter");
      await expect(saveState(ben)).toContainText("1 decision kept here");
      await tandem.restart();
      await expect(saveState(ben)).toContainText(/^Saved \d/, { timeout: 120_000 });
      await ada.reload();
      await expect(row(ada, 0)).toContainText("Corrected");
      await expect(row(ada, 8)).toContainText("Confirmed");
      await ben.keyboard.press("u");
      await expect(row(ada, 8)).not.toContainText("Confirmed");
      return address;
    });

  await test.step("8 what is unverified with conf < 0.99", async () => {
    const left = byConfidence.slice(8).filter((label) => label.conf < 0.99);
    await ben.goto(`${sessionAddress}?state=unverified&confBelow=0.99`);
    await expect(ben.getByRole("grid")).toHaveAttribute("aria-rowcount", `${left.length + 1}`);
    const mean = left.reduce((sum, label) => sum + label.conf, 0) / left.length;
    await ben
      .getByRole("button", {
        name: `Confirm the rest (${count(left.length)} rows, mean conf ${mean.toFixed(2)})`,
      })
      .click();
    await expect(
      ben.getByText(`${8 + left.length} / ${count(first.expected.parsed)} verified`),
    ).toBeVisible();
    await expect(saveState(ben)).toContainText(/^Saved \d/);
    // One undo takes all of it back, and one redo brings it back.
    await ben.keyboard.press("u");
    await expect(ben.getByText(`8 / ${count(first.expected.parsed)} verified`)).toBeVisible();
    await ben.keyboard.press("Shift+U");
    await expect(
      ada.getByText(`${8 + left.length} / ${count(first.expected.parsed)} verified`),
    ).toBeVisible();
  });

  await test.step("9 the CORRECTS verdicts", async () => {
    await ada.goto(`${sessionAddress}?state=CORRECTS`);
    await expect(ada.getByRole("grid")).toHaveAttribute("aria-rowcount", "3");
  });

  const second = await test.step("10 a second agent, and where the two differ", async () => {
    await page.goto(`${at}/agents/new`);
    await page.getByLabel("Name", { exact: true }).fill("GPT 4");
    await fillModel(page, "gpt-4", "1");
    await page.getByRole("button", { name: "Save agent" }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/agents/[0-9a-f-]{36}`));
    const job = await runJob("GPT 4", "found");
    const conflicts = expectedConflicts(scenario.found, first.expected, job.expected);
    const openConflicts = async (...jobs: string[]) => {
      await page.goto(`${at}/compare?label=sentiment&who=${jobs.join(",")}&gold=metadata:${columns.gold}`);
      await page
        .getByRole("button", { name: new RegExp(`Open ${count(conflicts.length)} conflicts`) })
        .click();
      await expect(page).toHaveURL(new RegExp(`${at}/verify/[0-9a-f-]{36}`));
      await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", `${2 * conflicts.length + 1}`);
      return new URL(page.url()).pathname;
    };
    const opened = await openConflicts(first.id, job.id);
    // Whoever comes later meets the others there.
    expect(await openConflicts(job.id, first.id)).toBe(opened);
    return job;
  });

  await test.step("11 a better instruction: its diff, and both versions on held-out records", async () => {
    await page.goto(agentAddress);
    await page
      .getByLabel("Task instruction")
      .fill(
        "You are a support analyst. Classify the text as {{options}}. A question without feeling is neutral.",
      );
    await page.getByRole("button", { name: "Save version 2" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("A question without feeling is neutral.");
    await dialog.getByRole("button", { name: "Save version 2" }).click();
    await expect(dialog).toHaveCount(0);

    await page.goto(`${at}/records`);
    // Pressed twice in a row it is turned round, however long the first order takes.
    await page.getByRole("columnheader", { name: "Id" }).getByRole("button").first().dblclick();
    await expect(row(page, 0)).toContainText(scenario.heldOut.at(-1)?.id ?? "");
    await page.getByRole("button", { name: "Save as subset" }).click();
    await saveFirstThirty(page);

    const before = await runJob("GPT 3.5", "held out", "1");
    const after = await runJob("GPT 3.5", "held out");
    await page.goto(
      `${at}/compare?label=sentiment&who=${after.id},${before.id}&gold=metadata:${columns.gold}`,
    );
    await choose(page, "Records", /held out/);
    const main = page.getByRole("main");
    for (const { expected } of [before, after]) {
      const { n, correct } = expectedAccuracy(scenario.heldOut, expected);
      const [low, high] = wilson95(correct, n);
      await expect(main).toContainText(`${percent(correct / n)}%`);
      await expect(main).toContainText(`(${percent(low)}–${percent(high)})`);
    }
    const { both, onlyA, onlyB, neither } = expectedPair(scenario.heldOut, after.expected, before.expected);
    const [low, high] = newcombePaired(both, onlyA, onlyB, neither);
    const p = mcnemarExact(onlyA, onlyB);
    await expect(main).toContainText(points(low));
    await expect(main).toContainText(points(high));
    await expect(main).toContainText("GPT 3.5 v2 and GPT 3.5 v1");
    await expect(stat(page, "Right: both, only one, neither")).toHaveText(
      `${both} · ${onlyA} / ${onlyB} · ${neither}`,
    );
    await expect(main).toContainText(p < 0.05 ? "difference shown" : "not shown");
    await expect(main).toContainText(p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`);
  });

  await test.step("12 agents by provider; final labels, exported with their provenance", async () => {
    await page.goto(`${at}/agents?provider=openai:chat`);
    await expect(page.getByRole("main")).toContainText("GPT 3.5");
    await expect(page.getByRole("main")).toContainText("GPT 4");
    await page.goto(`${at}/final-labels`);
    await page.getByRole("button", { name: /^Make [\d,]+ final labels/ }).click();
    await expect(page).toHaveURL(new RegExp(`${at}/final-labels/[0-9a-f-]{36}`));
    await page.getByRole("button", { name: "Export" }).click();
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export final labels" }).click();
    const file = await (await downloading).path();
    const rows: Record<string, string>[] = parse(await readFile(file), { columns: true });
    const corrected = rows.filter((found) => found.verdict === "CORRECTS").map((found) => found.external_id);
    expect(corrected.sort()).toEqual(
      byConfidence
        .slice(0, 2)
        .map((label) => label.id)
        .sort(),
    );
    for (const found of rows.filter((one) => one.verdict === "CONFIRMS"))
      expect(found.value).toBe(first.expected.labels.get(found.external_id ?? "")?.value);
  });

  await test.step("both browsers and the rows agree", async () => {
    const client = new pg.Client(await tandem.databaseUrl());
    await client.connect();
    const verdicts = await client.query(
      `select count(*)::int as n, count(*) filter (where status = 'CORRECTS')::int as corrected
       from "Verification" v join "Project" p on p.id = v."projectId"
       where p.slug = $1 and v.current and v.status is not null`,
      [at.split("/").at(-1)],
    );
    const labels = await client.query<{ id: string; value: string[]; conf: number }>(
      `select r."externalId" as id, a.value, a.conf from "Annotation" a
       join "Record" r on r."projectId" = a."projectId" and r.id = a."recordId" where a."annotatorId" = $1`,
      [first.id],
    );
    await client.end();
    const below = byConfidence.slice(8).filter((label) => label.conf < 0.99).length;
    expect(verdicts.rows[0]).toEqual({ n: 8 + below, corrected: 2 });
    expect(labels.rows).toHaveLength(byConfidence.length);
    for (const { id, value, conf } of labels.rows) {
      const expected = first.expected.labels.get(id);
      expect(value).toEqual([expected?.value]);
      expect(Math.abs(conf - (expected?.conf ?? Number.NaN))).toBeLessThan(1e-9);
    }
  });
  expect(second.expected.parsed).toBeGreaterThan(0);
});

const count = (n: number) => n.toLocaleString("en-GB");
const percent = (share: number) => (100 * share).toFixed(1);
const points = (difference: number) => Math.abs(100 * difference).toFixed(1);

const saveState = (page: Page): Locator => page.getByTestId("save-state");
const row = (page: Page, index: number): Locator =>
  page.getByRole("grid").locator(`[role=row][data-index="${index}"]`);

/** Clicking a row's text gives it the focus and decides nothing. */
async function focusRow(page: Page, index: number): Promise<void> {
  await row(page, index).getByRole("gridcell").nth(1).click();
}

/** The figure under a name. */
const stat = (page: Page, name: string): Locator =>
  page
    .locator("dl > div", { has: page.getByText(name, { exact: true }) })
    .locator("dd")
    .first();

async function choose(page: Page, name: string, option: RegExp): Promise<void> {
  await page.getByRole("combobox", { name, exact: true }).click();
  await page.getByRole("option", { name: option }).first().click();
}

async function fillModel(page: Page, model: string, temperature: string): Promise<void> {
  await choose(page, "Provider", /Another address/);
  await page.getByLabel("Base URL").fill(double.url);
  await page.getByRole("textbox", { name: "Model", exact: true }).fill(model);
  await page.getByLabel("Temperature").fill(temperature);
}

async function saveFirstThirty(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("held out");
  await dialog.getByRole("radio", { name: /The first of them/ }).click();
  await dialog.getByLabel("How many records").fill("30");
  await page.getByRole("button", { name: "Save subset" }).click();
  await expect(dialog).toHaveCount(0);
}
