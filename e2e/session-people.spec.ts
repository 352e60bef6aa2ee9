import type { Session } from "@/contracts/sessions";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { joinByLink, signIn } from "./people";

let project: FullProject;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
});

const sessionUrl = /\/verify\/[0-9a-f-]{36}/;

test("who presses “verify” on a job meets who did before", async ({ page, browser }) => {
  const [first, second] = project.jobIds;
  const at = `/p/${project.slug}`;
  await signIn(page);
  const colleague = await joinByLink(browser, project.invitationUrl, "Rita");

  await test.step("a session that is open goes on", async () => {
    await page.goto(`${at}/jobs/${first}`);
    await page.getByRole("button", { name: /^Go on verifying, \d+ left$/ }).click();
    await expect(page).toHaveURL(new RegExp(`/verify/${project.sessionId}`));
  });

  await test.step("without one the first opens it, and the second comes to it", async () => {
    await colleague.goto(`${at}/jobs/${second}`);
    const verify = /^Verify \d+ labels$/;
    await expect(colleague.getByRole("button", { name: verify })).toBeVisible();
    await page.goto(`${at}/jobs/${second}`);
    await page.getByRole("button", { name: verify }).click();
    await expect(page).toHaveURL(sessionUrl);
    const opened = sessionUrl.exec(page.url())?.[0] ?? "";
    // As it was before, or as it is once the page has heard of the session.
    await colleague.getByRole("button", { name: /^Verify \d+ labels$|^Go on verifying, \d+ left$/ }).click();
    await expect(colleague).toHaveURL(new RegExp(opened));
    await expect(page.getByRole("list", { name: "Here now" })).toContainText("Rita");
  });

  await test.step("another one is opened by choosing how, and the list tells them apart", async () => {
    await page.goto(`${at}/jobs/${second}`);
    await page.getByRole("button", { name: "Choose how to verify" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Second opinion");
    await page.getByRole("radio", { name: "Independently" }).check();
    await page.getByLabel("Verdicts per label").fill("3");
    await page.getByLabel("Blind share, percent").fill("20");
    await page.getByRole("button", { name: "Open session" }).click();
    await expect(page).toHaveURL(sessionUrl);
    await page.getByRole("button", { name: "Session actions" }).click();
    await page.getByRole("menuitem", { name: /^Rename/ }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Third opinion");
    await page.getByRole("dialog").getByRole("button", { name: "Rename session" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Third opinion" })).toBeVisible();
    await page.goto(`${at}/verify`);
    const line = page.getByRole("row", { name: /Third opinion/ });
    await expect(line).toContainText("Independent, 3 a label");
    await expect(line).toContainText("20% blind");
  });
});

test("an annotator is let in by “People”, and until then is told whom to ask", async ({ page, browser }) => {
  const at = `/p/${project.slug}`;
  const { url } = await project.api.post<{ url: string }>(
    `/projects/${project.slug}/invitations`,
    { role: "annotator" },
    { status: 201 },
  );
  const ann = await joinByLink(browser, url, "Ann");
  const address = `${at}/verify/${project.sessionId}`;
  const notOpen = ann.getByText("This session isn't open to you");
  await ann.goto(address);
  await expect(notOpen).toBeVisible();
  await ann.goto(`${at}/verify/018f0000-0000-7000-8000-000000000000`);
  await expect(notOpen).toBeVisible();

  await signIn(page);
  await page.goto(address);
  await page.getByRole("button", { name: "Session actions" }).click();
  await page.getByRole("menuitem", { name: "People" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Ann", exact: true }).check();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Open to 1 annotator").first()).toBeVisible();

  await ann.goto(address);
  await expect(ann.getByRole("grid")).toBeVisible();
  await ann.goto(`${at}/verify`);
  await expect(ann.getByRole("link", { name: "Doubtful ones first" })).toBeVisible();

  await test.step("and in the dialog that opens a session", async () => {
    await page.goto(`${at}/jobs/${project.jobIds[0]}`);
    await page.getByRole("button", { name: "Choose how to verify" }).click();
    await dialog.getByRole("checkbox", { name: "Ann", exact: true }).check();
    await dialog.getByRole("button", { name: "Open session" }).click();
    await expect(page).toHaveURL(sessionUrl);
    const id = page.url().match(/[0-9a-f-]{36}/)?.[0];
    const { members } = await project.api.get<Session>(`/projects/${project.slug}/sessions/${id}`);
    expect(members).toMatchObject([{ name: "Ann" }]);
  });
});

test("subsets and people of one name can be told apart where one is chosen", async ({ page, browser }) => {
  const at = `/projects/${project.slug}`;
  const twin = { name: "Twin", kind: "static", query: { keyword: "not" } };
  for (let n = 0; n < 2; n++) await project.api.post(`${at}/subsets`, twin, { status: 201 });
  const { url } = await project.api.post<{ url: string }>(
    `${at}/invitations`,
    { role: "annotator", maxUses: 2 },
    { status: 201 },
  );
  const sams = [await joinByLink(browser, url, "Sam"), await joinByLink(browser, url, "Sam")];
  await signIn(page);

  await page.goto(`/p/${project.slug}/jobs/new`);
  await page.getByRole("radio", { name: "A saved subset" }).check();
  await page.getByRole("combobox", { name: "Subset" }).click();
  const twins = page.getByRole("option", { name: /^Twin/ });
  await expect(twins).toHaveCount(2);
  expect(new Set(await twins.allTextContents()).size).toBe(2);
  await page.keyboard.press("Escape");

  await page.goto(`/p/${project.slug}/verify/${project.sessionId}`);
  await page.getByRole("button", { name: "Session actions" }).click();
  await page.getByRole("menuitem", { name: "People" }).click();
  const dialog = page.getByRole("dialog");
  const people = dialog.getByRole("checkbox", { name: /^Sam · / });
  await expect(people).toHaveCount(2);

  await test.step("also where they are here now, and where labels are added", async () => {
    for (const sam of await people.all()) await sam.check();
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    for (const sam of sams) await sam.goto(`/p/${project.slug}/verify/${project.sessionId}`);
    const here = page
      .getByRole("list", { name: "Here now" })
      .getByRole("listitem")
      .filter({ hasText: /Sam · / });
    await expect(here).toHaveCount(2);
    expect(new Set(await here.allTextContents()).size).toBe(2);

    await page.getByRole("button", { name: "Session actions" }).click();
    await page.getByRole("menuitem", { name: "Add labels" }).click();
    await dialog.getByRole("combobox", { name: "Of the records in" }).click();
    await expect(twins).toHaveCount(2);
    expect(new Set(await twins.allTextContents()).size).toBe(2);
  });
});
