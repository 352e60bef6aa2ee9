import type { Page } from "@playwright/test";
import type { Session } from "@/contracts/sessions";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { signIn } from "./people";

let project: FullProject;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
});

const open = (more: object): Promise<Session> =>
  project.api.post(
    `/projects/${project.slug}/sessions`,
    { label: "sentiment", jobIds: project.jobIds.slice(0, 1), ...more },
    { status: 201 },
  );

test("a blind label is hidden until one decides, and then says whether it agrees", async ({ page }) => {
  const { id, counts } = await open({ name: "Blind", blindShare: 1 });
  const sent: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("sessions.items")) sent.push(await response.text());
  });
  await signIn(page);
  await page.goto(`/p/${project.slug}/verify/${id}?view=focus`);
  await expect(page.getByText("Hidden until you decide")).toBeVisible();
  await expect(page.getByText(`${counts.total} blind (100.0%)`)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/The agent's label is hidden until you decide: choose/)).toBeVisible();
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  expect(sent.join()).not.toContain('"conf"');
  await page.keyboard.press("1");
  await page.keyboard.press("k");
  await expect(page.getByText(/^(agrees|differs)$/)).toBeVisible();
  await expect(page.getByText("1 / ")).toBeVisible();
  // Where the same labels are not blind by themselves, it is said which session hides them.
  await page.goto(`/p/${project.slug}/verify/${project.sessionId}`);
  await expect(page.getByRole("grid").getByText("Blind in “Blind”").first()).toBeVisible();
});

test("an independent session says so, and is opened with its overlap from the job", async ({ page }) => {
  await signIn(page);
  await page.goto(`/p/${project.slug}/jobs/${project.jobIds[0]}`);
  await page.getByRole("button", { name: "Choose how to verify" }).click();
  await page.getByRole("radio", { name: "Independently" }).check();
  await page.getByLabel("Verdicts per label").fill("0");
  await expect(page.getByRole("button", { name: "Open session" })).toBeDisabled();
  await page.getByLabel("Verdicts per label").fill("3");
  const letList = await holdBack(page, /sessions\.items/);
  await page.getByRole("button", { name: "Open session" }).click();
  await expect(
    page.getByText("You don't see others' verdicts on a label until you have decided it"),
  ).toBeVisible();
  await expect(page.getByText("Independent, 3 a label")).toBeVisible();

  await test.step("a key after “next” is for the label that comes, while the list is still read", async () => {
    await page.keyboard.press("n");
    await page.keyboard.press("1");
    await expect(page.getByText("Loading labels")).toBeAttached();
    letList();
    await expect(page.getByText(/^1 \/ \d+ verified by you$/)).toBeVisible();
  });

  await test.step("and while the server is asked what is free", async () => {
    const letNext = await holdBack(page, /sessions\.next/);
    const passedOver = await place(page);
    await page.keyboard.press("n");
    await page.keyboard.press("1");
    await page.keyboard.press("2");
    expect(await place(page)).toBe(passedOver);
    letNext();
    await expect(page.getByText(/^2 \/ \d+ verified by you$/)).toBeVisible();
    await expect(page.locator(`[id="${passedOver}"]`)).not.toContainText(/Confirmed|Corrected/);
  });

  await test.step("who goes elsewhere meanwhile stays there, and decides there", async () => {
    const letNext = await holdBack(page, /sessions\.next/);
    await page.keyboard.press("n");
    const before = await place(page);
    await page.keyboard.press("j");
    await expect.poll(() => place(page)).not.toBe(before);
    const elsewhere = await place(page);
    const givenBack = page.waitForResponse(/sessions\.giveBack/);
    letNext();
    await givenBack;
    expect(await place(page)).toBe(elsewhere);
    await page.keyboard.press("1");
    await expect(page.locator(`[id="${elsewhere}"]`)).toContainText(/Confirmed|Corrected/);
  });
});

/** The row that has the keyboard. */
const place = (page: Page) => page.getByRole("grid").getAttribute("aria-activedescendant");

/** Keeps requests to such an address waiting until they are let go. */
async function holdBack(page: Page, url: RegExp): Promise<() => void> {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(url, async (route) => {
    await gate;
    await route.continue();
  });
  return letGo;
}
