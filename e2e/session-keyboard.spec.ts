import type { Locator, Page } from "@playwright/test";
import type { Session } from "@/contracts/sessions";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject, runJob } from "./full-project";
import { keysPainted, keyToPaintTimes, quantile, watchKeyToPaint } from "./key-to-paint";
import { inPalette } from "./palette";
import { signIn } from "./people";

const keyOf: Record<string, string> = { positive: "1", negative: "2", neutral: "3" };

let project: FullProject;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
});

test("a whole verification without the mouse", async ({ page }) => {
  await signIn(page);
  const { keyboard } = page;
  const grid = page.getByRole("grid", { name: "Labels to verify" });
  const row = (index: number) => grid.locator(`[data-index="${index}"]`);
  const verified = page.locator("[data-count=verified]");

  await test.step("to the session, by the palette and Tab", async () => {
    await page.goto(`/p/${project.slug}`);
    await inPalette(page, "go to verify");
    await expect(page).toHaveURL(/\/verify$/);
    await tabTo(page, page.getByRole("link", { name: "Doubtful ones first" }));
    await keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(project.sessionId));
    await expect(page.getByTestId("save-state")).toContainText("All saved");
    await expect(grid).toBeFocused();
    await expect(verified).toContainText(/^12 /);
  });

  await test.step("next undecided, confirm, correct, can't tell", async () => {
    await keyboard.press("n");
    await expectAt(grid, row(12));
    await keyboard.press("Enter");
    await expect(row(12)).toContainText("Confirmed");
    await expectAt(grid, row(13));
    await keyboard.press(await otherKey(row(13)));
    await expect(row(13)).toContainText("Corrected");
    await expectAt(grid, row(14));
    await keyboard.press("0");
    await expect(row(14)).toContainText("Can't tell");
    await expect(verified).toContainText(/^15 /);
  });

  await test.step("up, clear, undo, redo", async () => {
    await expectAt(grid, row(15));
    await keyboard.press("j");
    await expectAt(grid, row(16));
    await keyboard.press("ArrowUp");
    await keyboard.press("k");
    await expectAt(grid, row(14));
    await keyboard.press("Backspace");
    await expect(row(14)).not.toContainText("Can't tell");
    await keyboard.press("u");
    await expect(row(14)).toContainText("Can't tell");
    await expectAt(grid, row(14));
    await keyboard.press("Shift+U");
    await expect(row(14)).not.toContainText("Can't tell");
    await expect(verified).toContainText(/^14 /);
  });

  await test.step("several rows at once, undone as one", async () => {
    await expectAt(grid, row(14));
    await keyboard.press("x");
    await keyboard.press("Shift+ArrowDown");
    await keyboard.press("Shift+ArrowDown");
    await expect(page.getByText("3 selected")).toBeVisible();
    await keyboard.press("Escape");
    await expect(page.getByText("3 selected")).toHaveCount(0);
    await keyboard.press("x");
    await keyboard.press("Shift+ArrowUp");
    await expect(page.getByText("2 selected")).toBeVisible();
    await keyboard.press("Enter");
    await expect(page.getByText("2 labels confirmed")).toBeVisible();
    await expect(verified).toContainText(/^16 /);
    await keyboard.press("Control+z");
    await expect(verified).toContainText(/^14 /);
    await expect(page.getByText("2 labels confirmed")).toHaveCount(0);
    await keyboard.press("Control+Shift+z");
    await expect(verified).toContainText(/^16 /);
  });

  await test.step("filter by a word, confirm the rest of what is found, take it back, show all", async () => {
    const all = await grid.getAttribute("aria-rowcount");
    const word =
      /\p{L}{5,}/u.exec((await row(18).getByRole("gridcell").nth(1).textContent()) ?? "")?.[0] ?? "";
    await keyboard.press("/");
    await keyboard.type(word);
    await keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`keyword=${word}`));
    await expect(row(0)).toContainText(new RegExp(word, "i"));
    await expect(grid).not.toHaveAttribute("aria-rowcount", all ?? "");
    await expect(grid).toBeFocused();
    await keyboard.press("b");
    await expect(page.getByText(/^\d+ labels? confirmed$/)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Confirm the rest/ })).toHaveCount(0);
    await keyboard.press("u");
    await expect(verified).toContainText(/^16 /);
    await keyboard.press("/");
    await keyboard.press("Control+a");
    await keyboard.press("Delete");
    await keyboard.press("Enter");
    await expect(grid).toHaveAttribute("aria-rowcount", all ?? "");
  });

  await test.step("one record at a time, and back", async () => {
    await keyboard.press("n");
    await keyboard.press("t");
    const record = page.getByRole("article");
    const before = await record.getAttribute("aria-label");
    await keyboard.press("Enter");
    await expect(record).not.toHaveAttribute("aria-label", before ?? "");
    await expect(verified).toContainText(/^17 /);
    await keyboard.press("t");
    await expect(grid).toBeFocused();
  });

  await test.step("the sheet of keys, and a command by name", async () => {
    await keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await expect(sheet).toContainText("Confirm the agent's label");
    await keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
    await inPalette(page, "undo my last");
    await expect(verified).toContainText(/^16 /);
  });

  await test.step("all of it is on disk", async () => {
    await expect(page.getByTestId("save-state")).toContainText(/^Saved \d/);
    const { counts } = await project.api.get<Session>(
      `/projects/${project.slug}/sessions/${project.sessionId}`,
    );
    expect(counts.verified).toBe(16);
    await page.reload();
    await expect(verified).toContainText(/^16 /);
    await expect(row(12)).toContainText("Confirmed");
    await expect(row(13)).toContainText("Corrected");
  });
});

test("why one can't tell, words in three ways, the report, and a key of one's own", async ({ page }) => {
  const { slug, api, jobIds } = project;
  const session = await api.post<Session>(
    `/projects/${slug}/sessions`,
    { label: "sentiment", jobIds: jobIds.slice(0, 1), name: "Reasons and reports" },
    { status: 201 },
  );
  await signIn(page);
  const { keyboard } = page;
  const grid = page.getByRole("grid", { name: "Labels to verify" });
  const row = (index: number) => grid.locator(`[data-index="${index}"]`);
  await page.goto(`/p/${slug}/verify/${session.id}`);
  await expect(page.getByTestId("save-state")).toContainText("All saved");
  await expect(grid).toBeFocused();

  await test.step("a reason after can't tell, which stands at once", async () => {
    await keyboard.press("0");
    await expect(row(0)).toContainText("Can't tell");
    const named = page.getByRole("form", { name: /^Why you can't tell/ }).locator("[title]");
    await expect(row(0)).toContainText((await named.textContent()) ?? "no text");
    await keyboard.press(".");
    await expect(page.getByLabel("Reason (optional)")).toBeFocused();
    await keyboard.type("Two moods at once");
    await keyboard.press("Enter");
    await expect(page.getByLabel("Reason (optional)")).toHaveCount(0);
    await expect(row(0).getByTitle("Can't tell: Two moods at once")).toBeVisible();
  });

  await test.step("an expression, its mistake at its character, what it finds marked", async () => {
    await page.getByRole("combobox", { name: "How words are looked for" }).click();
    await page.getByRole("option", { name: /^Regex/ }).click();
    await keyboard.press("/");
    await keyboard.type("no(t");
    await expect(page.getByText("Character 1: missing closing ): no(t")).toBeVisible();
    await keyboard.type(")");
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/match=regex/);
    await expect(row(0).locator("mark").first()).toHaveText(/^not$/i);
    await page.getByRole("button", { name: "Show all" }).click();
  });

  await test.step("the report, from the palette", async () => {
    await inPalette(page, "show the report");
    await expect(page).toHaveURL(/\/report$/);
    await expect(page.getByRole("heading", { name: "Agreement between people" })).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download Markdown" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("Reasons and reports.md");
  });

  await test.step("another key for undo; one that is taken is refused by name", async () => {
    await page.goto(`/p/${slug}/verify/${session.id}`);
    await expect(row(0)).toContainText("Can't tell");
    await inPalette(page, "change keys");
    const dialog = page.getByRole("dialog", { name: "Change keys" });
    await dialog.getByRole("button", { name: "Change the key for “Undo”, now U" }).click();
    await keyboard.press("n");
    await expect(dialog.getByRole("alert").filter({ hasText: "N is “Next free label”" })).toBeVisible();
    const kept = page.waitForResponse(/putKeyBindings/);
    await keyboard.press("z");
    await kept;
    await expect(dialog.getByRole("button", { name: "Change the key for “Undo”, now Z" })).toBeVisible();
    await keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await page.reload();
    await expect(grid).toBeFocused();
    await keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Z");
    await page.getByRole("button", { name: "Change keys" }).click();
    await page.getByRole("button", { name: "Use the usual keys" }).click();
    await expect(dialog.getByRole("button", { name: "Change the key for “Undo”, now U" })).toBeVisible();
  });
});

test("whatever took the keyboard gives it back to the list", async ({ page }) => {
  await signIn(page);
  const { keyboard } = page;

  await test.step("records: the open record, a cancelled and a saved subset, a comment", async () => {
    await page.goto(`/p/${project.slug}/records`);
    const grid = page.getByRole("grid", { name: "Records" });
    const row = (index: number) => grid.locator(`[data-index="${index}"]`);
    const drawer = page.getByRole("dialog", { name: /^Record / });
    await row(0).getByText("m-0001").click();
    await expect(drawer).toBeFocused();
    await keyboard.press("Escape");
    await expect(grid).toBeFocused();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await expect(drawer).toHaveAccessibleName("Record m-0002");
    await expect(drawer.getByRole("button", { name: /^Write a comment/ })).toBeVisible();
    await keyboard.press("c");
    await expect(page.getByRole("textbox", { name: "Comment" })).toBeFocused();
    await keyboard.type("Ironic?");
    await keyboard.press("Control+Enter");
    await expect(drawer.getByRole("list", { name: "Comments" })).toContainText("Ironic?");
    await expect(drawer).toBeFocused();
    await keyboard.press("Escape");
    await expect(grid).toBeFocused();

    const naming = page.getByRole("dialog", { name: "Save as subset" });
    await keyboard.press("s");
    await expect(naming.getByRole("textbox", { name: "Name" })).toBeFocused();
    await keyboard.press("Escape");
    await expect(grid).toBeFocused();
    await keyboard.press("s");
    await expect(naming.getByRole("textbox", { name: "Name" })).toBeFocused();
    await keyboard.type("All of them");
    await keyboard.press("Enter");
    await expect(page.getByText(/^Saved All of them/)).toBeVisible();
    await expect(grid).toBeFocused();

    const field = page.getByRole("searchbox").first();
    await field.focus();
    await keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
    await keyboard.press("Escape");
    await expect(field).toBeFocused();
  });

  await test.step("a session: the sheet of keys, a comment, a flag", async () => {
    await page.goto(`/p/${project.slug}/verify/${project.sessionId}`);
    const grid = page.getByRole("grid", { name: "Labels to verify" });
    await expect(grid).toBeFocused();
    await keyboard.press("j");
    await keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeFocused();
    await keyboard.press("Escape");
    await expect(grid).toBeFocused();
    await keyboard.press("f");
    await expect(page.getByRole("dialog", { name: "Flag this record" })).toBeVisible();
    await keyboard.press("Escape");
    await expect(grid).toBeFocused();
    await keyboard.press("c");
    await expect(page.getByRole("textbox", { name: "Comment" })).toBeFocused();
    await keyboard.type("Who said so?");
    await keyboard.press("Control+Enter");
    await expect(page.getByRole("list", { name: "Comments" })).toContainText("Who said so?");
    await expect(grid).toBeFocused();
    await keyboard.press("x");
    await keyboard.press("Shift+ArrowDown");
    await keyboard.press("Shift+ArrowDown");
    await expect(page.getByText("3 selected")).toBeVisible();
  });
});

for (const view of ["table", "focus"] as const)
  test(`a hundred labels by keyboard alone, each next one at once, in the ${view}`, async ({ page }) => {
    const { slug, api, agentId } = project;
    const jobId = await runJob(api, `/projects/${slug}`, agentId, {});
    const session = await api.post<Session>(
      `/projects/${slug}/sessions`,
      { label: "sentiment", jobIds: [jobId], name: `A hundred in the ${view}` },
      { status: 201 },
    );
    expect(session.counts.total).toBeGreaterThan(100);
    await signIn(page);
    await page.goto(`/p/${slug}/verify/${session.id}?view=${view}`);
    await expect(page.getByTestId("save-state")).toContainText("All saved");
    const place = () =>
      page.evaluate(
        () =>
          document.querySelector("[role=grid]")?.getAttribute("aria-activedescendant") ??
          document.querySelector("article[aria-label] header")?.textContent,
      );
    await expect.poll(place).toBeTruthy();
    await watchKeyToPaint(page);
    const keys = ["Enter", "1", "Enter", "2", "3", "0"];
    for (let n = 0; n < 100; n++) {
      await page.keyboard.press(keys[n % keys.length] ?? "Enter");
      await keysPainted(page, n + 1);
      // Ten labels a second, which is faster than anybody decides.
      await page.waitForTimeout(60);
    }
    await expect(page.locator("[data-count=verified]")).toContainText(/^100 /);
    await expect(page.getByTestId("save-state")).toContainText(/^Saved \d/);
    const { counts } = await api.get<Session>(`/projects/${slug}/sessions/${session.id}`);
    expect(counts.verified).toBe(100);
    const times = await keyToPaintTimes(page);
    expect(times).toHaveLength(100);
    console.info(
      `key to next label painted, ${view}: p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms, n = ${times.length}`,
    );
  });

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let n = 0; n < 40; n++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

/** The row that has the keyboard, as a screen reader is told. */
async function expectAt(grid: Locator, row: Locator): Promise<void> {
  await expect(row).toHaveAttribute("id", /./);
  const id = await row.getAttribute("id");
  await expect(grid).toHaveAttribute("aria-activedescendant", id ?? "");
}

/** The key of an option that the agent did not give. */
async function otherKey(row: Locator): Promise<string> {
  const label = (await row.getByRole("gridcell").nth(2).textContent())?.trim() ?? "";
  const other = Object.keys(keyOf).find((text) => text !== label);
  return keyOf[other ?? ""] ?? "";
}
