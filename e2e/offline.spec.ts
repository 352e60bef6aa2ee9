import type { BrowserContext, Locator, Page } from "@playwright/test";
import type { Job } from "@/contracts/jobs";
import type { Session } from "@/contracts/sessions";
import type { Verification } from "@/contracts/verifications";
import { waitFor } from "@/server/testing/wait-for";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { joinByLink, signIn } from "./people";

/** As the server calls its first person. */
const OWNER_NAME = "owner";
const DECISIONS = 200;
/** Of these a colleague is first. */
const OVERTAKEN = 3;

let project: FullProject;
let session: Session;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
  session = await openLargeSession(project);
});

test("two hundred decisions without a line, the tab closed, another account between, and all of it sent", async ({
  page: ada,
  context,
  browser,
}) => {
  // The browser's emulated cut leaves a stream of events running that a real one would end.
  await context.route(/\.follow/, (route) => route.abort());
  await signIn(ada);
  await openSession(ada);
  const bo = await joinByLink(browser, project.invitationUrl, "Bo");

  await test.step("the line is cut, and a colleague decides the first labels", async () => {
    await context.setOffline(true);
    await expect(saveState(ada)).toContainText("Offline");
    await openSession(bo);
    for (let n = 0; n < OVERTAKEN; n++) {
      await expectAt(bo, n);
      await bo.keyboard.press("0");
    }
    await expect(saveState(bo)).toContainText(/^Saved \d/);
  });

  await test.step("Ada goes on by keyboard; what she decides is kept here", async () => {
    await expectAt(ada, 0);
    // As fast as keys can come: each is about the row that the one before led to.
    for (let n = 0; n < DECISIONS; n++) await ada.keyboard.press("Enter");
    await expectAt(ada, DECISIONS);
    await expect(saveState(ada)).toContainText(`${DECISIONS} decisions kept here`);
    expect(await verdictsOf(OWNER_NAME)).toBe(0);
  });

  await test.step("leaving asks first, and the tab is closed all the same", async () => {
    const asked = ada.waitForEvent("dialog");
    const closed = ada.waitForEvent("close");
    await ada.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
    await closed;
  });

  await test.step("another account in the same browser sends none of it", async () => {
    await context.setOffline(false);
    await context.clearCookies();
    const cy = await joinHere(context, project.invitationUrl, "Cy");
    await openSession(cy);
    for (let n = 0; n < OVERTAKEN; n++) await cy.keyboard.press("ArrowDown");
    await expectAt(cy, OVERTAKEN);
    await cy.keyboard.press("Enter");
    await expect(saveState(cy)).toContainText(/^Saved \d/);
    expect(await verdictsOf(OWNER_NAME)).toBe(0);
    await expect.poll(() => keptEntries(cy)).toBe(DECISIONS);
    await cy.close();
    await context.clearCookies();
  });

  await test.step("Ada's next tab sends all of it, and says what a colleague had decided before", async () => {
    const again = await context.newPage();
    await signIn(again);
    await openSession(again, /^Saved|^All saved/);
    await expect.poll(() => keptEntries(again)).toBe(0);
    // Bo's, and the one that Cy took of those that Ada had decided.
    const theirs = OVERTAKEN + 1;
    await expect.poll(() => verdictsOf(OWNER_NAME)).toBe(DECISIONS - theirs);
    await expect(again.getByText(/before you/)).toBeVisible();
    await expect(row(again, 0)).toContainText("Can't tell");
    await expect(row(again, theirs)).toContainText("Confirmed");
    // The history keeps what was overtaken.
    expect(await verdictsOf(OWNER_NAME, "&history=1")).toBe(DECISIONS);
  });
});

const grid = (page: Page): Locator => page.getByRole("grid", { name: "Labels to verify" });
const row = (page: Page, index: number): Locator => grid(page).locator(`[data-index="${index}"]`);
const saveState = (page: Page): Locator => page.getByTestId("save-state");

async function openSession(page: Page, saved: string | RegExp = "All saved"): Promise<void> {
  await page.goto(`/p/${project.slug}/verify/${session.id}`);
  await expect(grid(page)).toBeFocused();
  await expect(saveState(page)).toContainText(saved);
}

/** Waits until the keyboard is at this row. */
async function expectAt(page: Page, index: number): Promise<void> {
  await expect(row(page, index)).toHaveAttribute("id", /./);
  await expect(grid(page)).toHaveAttribute(
    "aria-activedescendant",
    (await row(page, index).getAttribute("id")) ?? "",
  );
}

/** A session on all messages, in the order of confidence. */
async function openLargeSession({ api, slug, agentId }: FullProject): Promise<Session> {
  const at = `/projects/${slug}`;
  const { id } = await api.post<Job>(`${at}/jobs`, { agentId, labels: ["sentiment"] }, { status: 202 });
  await waitFor(
    "the job",
    async () => (await api.get<Job>(`${at}/jobs/${id}`)).finishedAt ?? undefined,
    60_000,
  );
  const words = { label: "sentiment", jobIds: [id], name: "All of them" };
  return api.post<Session>(`${at}/sessions`, words, { status: 201 });
}

/** How many verdicts of the session are a person's, by the rows. */
async function verdictsOf(name: string, more = ""): Promise<number> {
  const { api, slug } = project;
  const found: Verification[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Verification[]; nextCursor: string | null } = await api.get(
      `/projects/${slug}/verifications?sessionId=${session.id}&limit=200${more}${next}`,
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found.filter(({ verifier }) => verifier.name === name).length;
}

/** Decisions that this browser keeps for the session, whoever's they are. */
const keptEntries = (page: Page): Promise<number> =>
  page.evaluate(
    (id) =>
      Object.keys(localStorage).filter((key) => key.startsWith("tandem.outbox") && key.includes(id)).length,
    session.id,
  );

/** One more person in a browser that somebody else has used. */
async function joinHere(context: BrowserContext, link: string, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: /^Join/ }).click();
  await expect(page).toHaveURL(/\/p\//);
  return page;
}
