import type { Locator, Page } from "@playwright/test";
import type { ListOf } from "@/contracts/common";
import type { RecordRow } from "@/contracts/records";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { joinByLink, signIn } from "./people";

let project: FullProject;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
});

test("the same query built and typed, a view shared, everything found labelled and taken back", async ({
  page,
  browser,
  tandem,
}) => {
  await signIn(page);
  const at = `/p/${project.slug}/records`;
  await page.goto(at);
  await expect(row(page, 0)).toContainText("m-0001");

  await test.step("built in the builder", async () => {
    await page.getByRole("button", { name: "Conditions", exact: true }).click();
    await addCondition(page, "Label");
    await page.getByRole("combobox", { name: "What sentiment must be" }).click();
    await page.getByRole("option", { name: "is", exact: true }).click();
    await page.getByRole("button", { name: /^Option of sentiment/ }).click();
    await page.getByRole("combobox", { name: "Find option of sentiment" }).fill("neg");
    await page.keyboard.press("Enter");
    await addCondition(page, "Text");
    await page.getByLabel("Part of the text").fill("my");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/q=.*my/);
  });
  const built = await foundBy({
    and: [{ label: { name: "sentiment", op: "==", value: "neg" } }, { keyword: "my" }],
  });
  expect(built.length).toBeGreaterThan(2);
  await expect.poll(() => shown(page)).toEqual(built);

  await test.step("seen as text, and typed, it is the same", async () => {
    await page.getByRole("button", { name: "As text" }).click();
    const field = page.getByRole("textbox", { name: "Query", exact: true });
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("label:sentiment = neg and my");
    await field.fill("my and label:sentiment = ");
    await field.press("ArrowDown");
    await expect(page.getByRole("option", { name: /^neg/ })).toBeVisible();
    await field.fill("my and label:sentiment =");
    await expect(page.getByText(/^Character 25: /)).toBeVisible();
    await field.fill("my and label:sentiment = neg");
    await field.press("Escape");
    await field.press("Enter");
    await expect.poll(() => shown(page)).toEqual(built);
    await page.getByRole("button", { name: "As text" }).click();
  });

  await test.step("columns are kept, and go with a link", async () => {
    /** What is changed is written after a pause: here until it holds what was changed last. */
    const kept = async (last: RegExp, change: () => Promise<void>) => {
      const answered = page.waitForResponse(
        (answer) => answer.url().includes("putViewSetting") && last.test(answer.request().postData() ?? ""),
      );
      await change();
      expect((await answered).ok()).toBe(true);
    };
    await kept(/pseudo_label/, async () => {
      await page.getByRole("button", { name: "Columns" }).click();
      await page.getByRole("checkbox", { name: "Order of import" }).click();
      await expect(page.getByRole("checkbox", { name: "pseudo_label" })).not.toBeChecked();
      await page.getByRole("checkbox", { name: "pseudo_label" }).click();
      await page.keyboard.press("Escape");
    });
    const imported = page.getByRole("columnheader", { name: "Imported" }).getByRole("button").first();
    await kept(/"order":\["/, async () => {
      await imported.focus();
      await imported.press("Shift+ArrowLeft");
    });
    const heads = await page.getByRole("columnheader").allInnerTexts();
    expect(heads.at(-1)).toBe("pseudo_label");
    await page.reload();
    await expect(row(page, 0)).toContainText(/m-\d+/);
    await expect.poll(() => page.getByRole("columnheader").allInnerTexts()).toEqual(heads);

    const link = `${at}?view=h.externalId`;
    const colleague = await joinByLink(
      browser,
      project.invitationUrl.replace(/^https?:\/\/[^/]+/, tandem.url),
      "Ben",
    );
    await colleague.goto(`${tandem.url}${link}`);
    await expect(row(colleague, 0)).toContainText(/\w+ \w+/);
    await expect(colleague.getByRole("columnheader", { name: "Id", exact: true })).toHaveCount(0);
    await colleague.getByRole("button", { name: "Keep this view" }).click();
    await expect(colleague).not.toHaveURL(/view=/);
    await expect(colleague.getByRole("columnheader", { name: "Id", exact: true })).toHaveCount(0);
    await colleague.close();
  });

  await test.step("all of a search but one is labelled by the worker, and taken back", async () => {
    await page.goto(`${at}?q=my`);
    await expect(row(page, 0)).toContainText(/m-\d+/);
    const total = (await page.getByRole("grid").getAttribute("aria-rowcount")) ?? "";
    const found = Number(total) - 1;
    await page.getByRole("checkbox", { name: "Choose every record of this search" }).click();
    await row(page, 1).getByRole("checkbox").click();
    const bar = page.getByRole("toolbar", { name: "Chosen records" });
    await expect(bar).toContainText(`${found - 1} records chosen`);
    await bar.getByRole("button", { name: "Label", exact: true }).click();
    await page.getByRole("menuitem", { name: "neutral" }).click();
    const runs = page.getByRole("region", { name: "Bulk actions" });
    await expect(runs).toContainText(`${found - 1} records labelled (sentiment: neu)`);
    await expect(page.getByRole("columnheader", { name: /^sentiment, Owner/i })).toBeVisible();
    await page.goto(`/p/${project.slug}/schema`);
    await runs.getByRole("button", { name: "Undo" }).click();
    await expect(runs).toContainText(`Taken back: ${found - 1} records as before`);
  });

  await test.step("the keyboard goes to both ends and chooses", async () => {
    await page.goto(at);
    await expect(row(page, 0)).toContainText(/m-\d+/);
    const grid = page.getByRole("grid");
    const last = Number(await grid.getAttribute("aria-rowcount")) - 2;
    await grid.focus();
    await page.keyboard.press("End");
    await expect(row(page, last)).toBeInViewport();
    // A row that is still to come can't be chosen.
    await expect(row(page, last)).toContainText(/m-\d+/);
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+ArrowUp");
    await page.keyboard.press("Shift+ArrowUp");
    await expect(page.getByRole("toolbar", { name: "Chosen records" })).toContainText("3 records chosen");
    await page.keyboard.press("Home");
    await expect(row(page, 0)).toBeInViewport();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("toolbar", { name: "Chosen records" })).toHaveCount(0);
  });
});

test("a record that the address opens has the keyboard, and gives it to the list", async ({ page }) => {
  await signIn(page);
  const { items } = await project.api.post<ListOf<RecordRow>>(`/projects/${project.slug}/records/search`, {
    query: { externalIds: ["m-0001"] },
  });
  await page.goto(`/p/${project.slug}/records?record=${items[0]?.id}`);
  const drawer = page.getByRole("dialog", { name: "Record m-0001" });
  await expect(drawer).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(page.getByRole("grid", { name: "Records" })).toBeFocused();
});

test("gold stands apart from one's own labels, and is shown when asked for", async ({ page }) => {
  await signIn(page);
  await page.goto(`/p/${project.slug}/records`);
  await row(page, 0).getByText("m-0001").click();
  const drawer = page.getByRole("dialog", { name: "Record m-0001" });
  const gold = drawer.getByRole("region", { name: "Gold" });
  await expect(drawer.getByRole("region", { name: "My labels" })).toContainText("positive");
  await expect(gold).toContainText("Label before you look");
  await expect(drawer).not.toContainText("pseudo_label");
  await gold.getByRole("button", { name: "Show gold" }).click();
  await expect(gold).toContainText(/pseudo_label\s*pos/);
});

test("on a phone the page's menu labels, verifies and exports what is found", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page);
  const at = `/p/${project.slug}/records?q=my`;
  await page.goto(at);
  await expect(row(page, 0)).toContainText(/m-\d+/);
  const choose = async (name: string) => {
    await page.getByRole("button", { name: "Records actions" }).click();
    await page.getByRole("menuitem", { name, exact: true }).click();
  };
  await choose("Verify");
  await expect(page.getByRole("dialog", { name: "Verify together" })).toBeVisible();
  await page.keyboard.press("Escape");
  await choose("Export");
  await expect(page.getByRole("dialog", { name: "Export" })).toContainText("my");
  await page.keyboard.press("Escape");
  await choose("Label");
  await expect(page).toHaveURL(/annotate.*my/);
});

const row = (page: Page, index: number): Locator =>
  page.getByRole("grid").locator(`[role=row][data-index="${index}"]`);

async function addCondition(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add condition" }).first().click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

/** What {@link shown} has to be, by REST. */
async function foundBy(query: object): Promise<string[]> {
  const { items, total } = await project.api.post<ListOf<RecordRow>>(
    `/projects/${project.slug}/records/search`,
    { query, limit: 8 },
  );
  return [`${total + 1}`, ...items.map(({ externalId }) => externalId)];
}

/** How many records were found, and the first of them, once they have come. */
async function shown(page: Page): Promise<string[]> {
  const grid = page.getByRole("grid");
  await expect(grid).not.toHaveAttribute("aria-busy", "true");
  await expect(grid).not.toHaveAttribute("aria-rowcount", "-1");
  const ids = await grid
    .locator("[role=row][data-index]")
    .evaluateAll((rows) => rows.map((one) => /m-\d+/.exec(one.textContent ?? "")?.[0] ?? ""));
  return [(await grid.getAttribute("aria-rowcount")) ?? "", ...ids.slice(0, 8)];
}
