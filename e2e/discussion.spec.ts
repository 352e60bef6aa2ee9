import type { Page } from "@playwright/test";
import { accessibilityDefects } from "./accessibility";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { joinByLink, signIn } from "./people";

let project: FullProject;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
});

test("two people talk about a record in a session: mention, inbox, reply, flag, resolve", async ({
  page: ada,
  browser,
}) => {
  await signIn(ada);
  const bo = await joinByLink(browser, project.invitationUrl, "Bo");
  for (const page of [ada, bo]) await openSession(page);
  const text = await focusedText(ada);

  await test.step("Ada comments by keyboard and picks Bo from the list", async () => {
    await ada.keyboard.press("c");
    const field = ada.getByRole("textbox", { name: "Comment" });
    await expect(field).toBeFocused();
    await ada.keyboard.type("Is this **really** right, @b");
    await expect(ada.getByRole("listbox", { name: "People to mention" })).toContainText("Bo");
    await ada.keyboard.press("Enter");
    await expect(field).toHaveValue("Is this **really** right, @Bo ");
    await ada.keyboard.press("Control+Enter");
    await expect(comments(ada)).toContainText("Is this really right, @Bo");
    await ada.keyboard.press("Escape");
  });

  await test.step("Bo sees the note beside the row, and one more thing in the inbox, without a reload", async () => {
    await expect(rowOf(bo, text)).toContainText("1 comment");
    await expect(inboxLink(bo)).toContainText("1");
  });

  await test.step("the inbox leads to the record, where Bo answers", async () => {
    await inboxLink(bo).click();
    await expect(bo.getByRole("list", { name: "Inbox" })).toContainText("mentioned you on");
    await expectNoFaults(bo);
    await expect(bo.getByRole("link", { name: "In Doubtful ones first" })).toBeVisible();
    const letRecordsCome = await holdRecords(bo);
    await bo.getByRole("link", { name: /mentioned you on/ }).click();
    const drawer = bo.getByRole("dialog", { name: /^Record/ });
    await expect(drawer).toContainText("Loading the record");
    await bo.keyboard.press("c");
    letRecordsCome();
    await expect(drawer).toContainText("Is this really right, @Bo");
    await expect(inboxLink(bo)).not.toContainText("1");
    await expect(drawer.getByRole("textbox", { name: "Comment" })).toBeFocused();
    await bo.keyboard.type("It is ironic.");
    await bo.keyboard.press("Control+Enter");
    await expect(comments(bo)).toContainText("It is ironic.");
    await expect(inboxLink(ada)).toContainText("1");
    await expect(rowOf(ada, text)).toContainText("2 comments");
  });

  await test.step("Bo flags the record with a reason, which Ada sees at once", async () => {
    await openSession(bo);
    await bo.keyboard.press("f");
    const form = bo.getByRole("dialog", { name: "Flag this record" });
    await form.getByRole("radio", { name: "Unclear guideline" }).check();
    await form.getByRole("textbox").fill("What of irony?");
    await form.getByRole("button", { name: "Flag record" }).click();
    await expect(bo.getByRole("button", { name: /^Flagged/ })).toBeVisible();
    await expect(rowOf(ada, text)).toContainText("1 open flag");
  });

  await test.step("Ada resolves it with a note, and Bo hears of it", async () => {
    await ada.goto(`/p/${project.slug}/inbox?tab=flags`);
    const flags = ada.getByRole("list", { name: "Flags" });
    await expect(flags).toContainText("What of irony?");
    await expectNoFaults(ada);
    await flags.getByRole("button", { name: "Resolve" }).click();
    await ada.getByRole("textbox", { name: /What was done/ }).fill("Added to the guidelines");
    await ada.getByRole("button", { name: "Resolve flag" }).click();
    await expect(ada.getByText("No open flags")).toBeVisible();
    await expect(inboxLink(bo)).toContainText("1");
    await inboxLink(bo).click();
    await expect(bo.getByRole("list", { name: "Inbox" })).toContainText("Added to the guidelines");
    await bo.getByRole("button", { name: "Mark all as read" }).click();
    await expect(bo.getByText("Nothing is unread")).toBeVisible();
  });
});

test("two people of one name are told apart where they are mentioned and in the inbox", async ({
  page: ada,
  browser,
}) => {
  await signIn(ada);
  const first = await joinByLink(browser, project.invitationUrl, "Cy");
  await joinByLink(browser, project.invitationUrl, "Cy");
  await openSession(ada);
  await ada.keyboard.press("c");
  await expect(ada.getByRole("textbox", { name: "Comment" })).toBeFocused();
  await ada.keyboard.type("Whose is it, @cy");
  const offers = ada.getByRole("listbox", { name: "People to mention" }).getByRole("option");
  await expect(offers).toHaveText([/Cy · .*\d/, /Cy · .*\d/]);
  const names = await offers.evaluateAll((all) => all.map((one) => one.children[1]?.textContent ?? ""));
  expect(new Set(names).size).toBe(2);
  await ada.keyboard.press("ArrowDown");
  await ada.keyboard.press("Enter");
  await ada.keyboard.press("Control+Enter");
  await expect(comments(ada)).toContainText(`Whose is it, @${names[1]}`);
  await ada.keyboard.press("Escape");

  await openSession(first);
  await first.keyboard.press("c");
  await expect(first.getByRole("textbox", { name: "Comment" })).toBeFocused();
  await first.keyboard.type("Not mine, @own");
  await expect(first.getByRole("listbox", { name: "People to mention" })).toContainText(/owner/i);
  await first.keyboard.press("Enter");
  await first.keyboard.press("Control+Enter");
  await inboxLink(ada).click();
  await expect(ada.getByRole("list", { name: "Inbox" })).toContainText(/Cy · .*\d mentioned you on/);
});

const comments = (page: Page) => page.getByRole("list", { name: "Comments" });
const inboxLink = (page: Page) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Inbox/ });
const rowOf = (page: Page, text: string) =>
  page.getByRole("grid", { name: "Labels to verify" }).getByRole("row").filter({ hasText: text });

async function openSession(page: Page): Promise<void> {
  await page.goto(`/p/${project.slug}/verify/${project.sessionId}`);
  await expect(page.getByTestId("save-state")).toContainText("All saved");
  await expect(page.getByRole("grid", { name: "Labels to verify" })).toBeFocused();
}

/** Keeps records back; what it gives lets them come. */
async function holdRecords(page: Page): Promise<() => void> {
  let letCome = () => {};
  const opened = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(/\/api\/trpc\/.*records\./, async (route) => {
    await opened;
    await route.continue();
  });
  return letCome;
}

/** The beginning of the text of the row that has the keyboard. */
async function focusedText(page: Page): Promise<string> {
  const pane = page.getByRole("group", { name: /^Text of / });
  return ((await pane.textContent()) ?? "").slice(0, 40);
}

async function expectNoFaults(page: Page): Promise<void> {
  expect(await accessibilityDefects(page)).toEqual([]);
}
