import type { Locator, Page } from "@playwright/test";
import type { Assignment } from "@/contracts/assignments";
import type { ListOf } from "@/contracts/common";
import { waitFor } from "@/server/testing/wait-for";
import { expect, OWNER, test } from "./fixtures";
import { noteWords, tellWords } from "./last-words";
import { joinByLink, signIn } from "./people";
import { createRestClient, type RestClient } from "./walkthrough/rest-client";

const RECORDS = 10;
const option = (value: string) => ({ value, text: value });
const labelSchema = [
  {
    name: "mood",
    level: "record",
    guidelines: "Think of **who speaks**.",
    options: ["glad", "sad", "calm"].map(option),
  },
  { name: "topics", level: "record", multi: true, options: ["crew", "delay", "food"].map(option) },
  { name: "places", level: "span", options: ["city", "airport"].map(option) },
];

let api: RestClient;
let at: string;
let slug: string;
let subsetId: string;
let invitationUrl: string;
test.beforeAll(async ({ tandem }) => {
  const anybody = createRestClient(tandem.url);
  const { token } = await anybody.post<{ token: string }>("/auth/tokens", OWNER, { status: 201 });
  api = createRestClient(tandem.url, token);
  slug = await projectOf("Flights", labelSchema);
  at = `/projects/${slug}`;
  const subset = await api.post<{ id: string }>(
    `${at}/subsets`,
    {
      name: "First ten",
      kind: "static",
      query: { externalIds: Array.from({ length: RECORDS }, (_, index) => `r${index}`) },
    },
    { status: 201 },
  );
  subsetId = subset.id;
  ({ url: invitationUrl } = await api.post<{ url: string }>(
    `${at}/invitations`,
    { role: "annotator" },
    { status: 201 },
  ));
});
test.afterEach(({ browser }, info) =>
  Promise.all(browser.contexts().map((context) => tellWords(context, info))),
);

test("an annotator labels what was assigned, by keyboard, with the line lost and the server killed", async ({
  page: lead,
  browser,
  tandem,
}) => {
  const page = await joinByLink(browser, invitationUrl, "Ann");
  await noteWords(page.context());
  await assignTo("Ann");
  const { keyboard } = page;
  const record = page.getByRole("article");
  const progress = page.getByTestId("work-progress");
  const saved = page.getByTestId("save-state");

  await test.step("from the overview to the first record", async () => {
    await page.reload();
    await page.getByRole("link", { name: `Label ${RECORDS} records` }).click();
    await expect(record).toContainText("Message 0:");
    await expect(progress).toContainText(`0 of ${RECORDS}`);
    await expect(saved).toContainText("All saved");
    await page.getByRole("button", { name: "Guidelines" }).click();
    await expect(page.getByRole("dialog", { name: "Guidelines" })).toContainText("who speaks");
    await keyboard.press("Escape");
    await progress.click();
  });

  await test.step("one option, several options, and the next record is there", async () => {
    await keyboard.press("1");
    await expect(block(page, "topics")).toHaveAttribute("aria-current", "true");
    await keyboard.press("1");
    await keyboard.press("3");
    await keyboard.press("Enter");
    await expect(record).toContainText("Message 1:");
    await expect(progress).toContainText(`1 of ${RECORDS}`);
    await expect(saved).toContainText(/^Saved \d/);
  });

  await test.step("can't tell is an answer, with a reason if one likes; undo and redo", async () => {
    await keyboard.press("0");
    await keyboard.press(".");
    await page.getByLabel("Reason (optional)").fill("Sarcasm?");
    await keyboard.press("Enter");
    await keyboard.press("0");
    await expect(record).toContainText("Message 2:");
    await expect(progress).toContainText(`2 of ${RECORDS}`);
    await keyboard.press("u");
    await expect(record).toContainText("Message 1:");
    await expect(progress).toContainText(`1 of ${RECORDS}`);
    await expect(block(page, "mood")).toContainText("Sarcasm?");
    await keyboard.press("Shift+U");
    await expect(progress).toContainText(`2 of ${RECORDS}`);
    await keyboard.press("n");
    await expect(record).toContainText("Message 2:");
  });

  await test.step("offline it is kept in the browser, and sent when the line is back", async () => {
    await expect(saved).toContainText(/^Saved \d/);
    await page.context().setOffline(true);
    await expect(saved).toContainText("Offline");
    await answer(page, "2", "2");
    await answer(page, "3", "1");
    await expect(saved).toContainText("Offline – 4 labels kept here");
    await expect(progress).toContainText(`4 of ${RECORDS}`);
    await page.context().setOffline(false);
    await expect(saved).toContainText(/^Saved \d/);
    await expect.poll(() => doneBy("Ann")).toBe(4);
  });

  await test.step("a killed server loses nothing, nor does a page that is closed meanwhile", async () => {
    await tandem.kill();
    await answer(page, "1", "2");
    await expect(saved).toContainText("2 labels kept here");
    await tandem.restart();
    // The browser asks first while labels are here alone.
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await expect.poll(() => doneBy("Ann")).toBe(5);
    await expect(progress).toContainText(`5 of ${RECORDS}`);
    await expect(record).toContainText("Message 5:");
  });

  await test.step("places in the text are marked by keys", async () => {
    const text = page.getByRole("textbox", { name: "Text of r5" });
    await text.focus();
    await keyboard.press("End");
    await keyboard.press("Control+ArrowLeft");
    await keyboard.press("Control+ArrowLeft");
    await keyboard.press("Control+Shift+ArrowLeft");
    await keyboard.press("Enter");
    await expect(block(page, "places")).toContainText("1 span");
    await expect(saved).toContainText(/^Saved \d/);
    await page.reload();
    await expect(block(page, "places")).toContainText("1 span");
  });

  await test.step("several at once in the table, undone as one", async () => {
    await keyboard.press("t");
    const grid = page.getByRole("grid", { name: "Records to label" });
    await expect(grid).toBeFocused();
    await expect(grid).toContainText("Message 9:");
    await keyboard.press("x");
    for (let row = 0; row < 4; row += 1) await keyboard.press("Shift+ArrowDown");
    await expect(page.getByText("5 selected")).toBeVisible();
    await keyboard.press("3");
    await expect(page.getByText("5 records labelled")).toBeVisible();
    await expect(cells(grid, "calm")).toHaveCount(5);
    await keyboard.press("u");
    await expect(cells(grid, "calm")).toHaveCount(0);
    await keyboard.press("Shift+U");
    await expect(cells(grid, "calm")).toHaveCount(5);
    await keyboard.press("t");
  });

  await test.step("the rest, to the end", async () => {
    for (let index = 5; index < RECORDS; index += 1) {
      await expect(record).toContainText(`Message ${index}:`);
      await keyboard.press("2");
      await keyboard.press("Enter");
    }
    await expect(page.getByText(`All ${RECORDS} records are answered`)).toBeVisible();
    await expect(saved).toContainText(/^Saved \d/);
    await page.getByRole("button", { name: "Look through them" }).click();
    await expect(record).toContainText("Message 0:");
  });

  await test.step("the administrator sees it done, and can't tell is no label", async () => {
    await signIn(lead);
    await lead.goto(`/p/${slug}/assignments`);
    const row = lead.getByRole("row").filter({ hasText: "Ann" });
    await expect(row).toContainText(`${RECORDS} of ${RECORDS}`);
    const { items } = await api.post<ListOf<{ annotations: { label: string }[] }>>(`${at}/records/search`, {
      query: { externalIds: ["r1", "r5"] },
      include: ["annotations"],
    });
    const labels = items.map(({ annotations }) => annotations.map(({ label }) => label));
    expect(labels).toEqual([[], ["mood", "places", "topics"]]);
  });
});

test("whoever may only read is told so, and others' work is not found", async ({ browser, page, tandem }) => {
  const { url } = await api.post<{ url: string }>(`${at}/invitations`, { role: "viewer" }, { status: 201 });
  const viewer = await joinByLink(browser, url, "Vera");
  await viewer.goto(`/p/${slug}/annotate?subset=${subsetId}`);
  await expect(viewer.getByText("You can't label in this project")).toBeVisible();
  const { token } = await api.post<{ token: string }>(
    `${at}/invitations`,
    { role: "annotator" },
    { status: 201 },
  );
  await createRestClient(tandem.url).post("/join", { token, name: "Bea" }, { status: 201 });
  await assignTo("Bea");
  const { items } = await api.get<ListOf<Assignment>>(`${at}/assignments`);
  await signIn(page);
  await page.goto(`/p/${slug}/annotate/${items.find(({ user }) => user.name === "Bea")?.id}`);
  await expect(page.getByText("You have no such assignment")).toBeVisible();
  await page.goto(`/p/${slug}/annotate?subset=${subsetId}`);
  await expect(page.getByTestId("work-progress")).toContainText(`0 of ${RECORDS}`);
});

test("of whole records too, one text is there at a time", async ({ page }) => {
  const short = await projectOf("Moods", labelSchema.slice(0, 1));
  await signIn(page);
  await page.goto(`/p/${short}/annotate`);
  const record = page.getByRole("article");
  for (let index = 0; index < 3; index += 1) {
    await expect(record).toContainText(`Message ${index}:`);
    await expect(record.getByText(/^Message \d+:/)).toHaveCount(1);
    await page.keyboard.press("1");
  }
});

/** A new project's slug, with records `r0`, `r1`, …: two more than are assigned. */
async function projectOf(name: string, labels: readonly object[]): Promise<string> {
  const { slug } = await api.post<{ slug: string }>("/projects", { name }, { status: 201 });
  await api.put(`/projects/${slug}/schema`, { labelSchema: labels });
  const rows = Array.from(
    { length: RECORDS + 2 },
    (_, index) => `r${index},Message ${index}: we landed in Oslo late.`,
  );
  const path = `/projects/${slug}/imports`;
  const { id } = await api.post<{ id: string }>(
    `${path}?id=id&content=content`,
    ["id,content", ...rows, ""].join("\r\n"),
    { status: 202, headers: { "content-type": "text/csv" } },
  );
  await waitFor(
    "the import to end",
    async () => (await api.get<{ finishedAt: string | null }>(`${path}/${id}`)).finishedAt ?? undefined,
  );
  return slug;
}

const block = (page: Page, label: string): Locator => page.getByRole("region", { name: label });
const cells = (grid: Locator, text: string): Locator =>
  grid.getByRole("gridcell").filter({ hasText: new RegExp(`^${text}`) });

/** One record: a mood, a topic, on to the next. */
async function answer(page: Page, mood: string, topic: string): Promise<void> {
  const record = page.getByRole("article");
  const before = await record.getAttribute("aria-label");
  await page.keyboard.press(mood);
  await page.keyboard.press(topic);
  await page.keyboard.press("Enter");
  await expect(record).not.toHaveAttribute("aria-label", before ?? "");
}

async function assignTo(name: string): Promise<void> {
  const { items } = await api.get<ListOf<{ userId: string; name: string }>>(`${at}/members`);
  const person = items.find((member) => member.name === name);
  await api.post(
    `${at}/subsets/${subsetId}/assignments`,
    { userIds: [person?.userId], dueAt: new Date(Date.now() + 3 * 86_400_000).toISOString() },
    { status: 201 },
  );
}

async function doneBy(name: string): Promise<number | undefined> {
  const { items } = await api.get<ListOf<Assignment>>(`${at}/assignments`);
  return items.find(({ user }) => user.name === name)?.progress.done;
}
