import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { accessibilityDefects } from "./accessibility";
import { beyondWindow } from "./beyond-window";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { signIn } from "./people";

/** Where to put a picture of every screen; none are made when it isn't set. */
const pictures = process.env.TANDEM_SCREENSHOTS;
const widths = pictures ? [1440, 1024, 390] : [1440, 390];

type Screen = { name: string; path: (project: FullProject) => string; ready: RegExp };

/** Every screen of a project, and a heading or sentence that stands on it once it has its content. */
const screens: Screen[] = [
  { name: "projects", path: () => "/projects", ready: /Customer voice/ },
  { name: "account", path: () => "/account", ready: /Access tokens/ },
  { name: "overview", path: ({ slug }) => `/p/${slug}`, ready: /Customer voice/ },
  { name: "inbox", path: ({ slug }) => `/p/${slug}/inbox`, ready: /Nothing is unread/ },
  { name: "flags", path: ({ slug }) => `/p/${slug}/inbox?tab=flags`, ready: /No open flags/ },
  { name: "records", path: ({ slug }) => `/p/${slug}/records`, ready: /m-0001|headphones/ },
  { name: "subsets", path: ({ slug }) => `/p/${slug}/subsets`, ready: /Says not/ },
  { name: "assignments", path: ({ slug }) => `/p/${slug}/assignments`, ready: /all of it/ },
  { name: "import", path: ({ slug }) => `/p/${slug}/import`, ready: /Import/ },
  { name: "schema", path: ({ slug }) => `/p/${slug}/schema`, ready: /sentiment/ },
  { name: "agents", path: ({ slug }) => `/p/${slug}/agents`, ready: /With care/ },
  { name: "agent", path: ({ slug, agentId }) => `/p/${slug}/agents/${agentId}`, ready: /Plain/ },
  { name: "new agent", path: ({ slug }) => `/p/${slug}/agents/new`, ready: /agent/i },
  { name: "jobs", path: ({ slug }) => `/p/${slug}/jobs`, ready: /With care/ },
  { name: "job", path: ({ slug, jobIds }) => `/p/${slug}/jobs/${jobIds[0]}`, ready: /Plain/ },
  { name: "new job", path: ({ slug }) => `/p/${slug}/jobs/new`, ready: /job/i },
  { name: "sessions", path: ({ slug }) => `/p/${slug}/verify`, ready: /Doubtful ones first/ },
  {
    name: "session table",
    path: ({ slug, sessionId }) => `/p/${slug}/verify/${sessionId}`,
    ready: /Confirm the rest/,
  },
  {
    name: "session focus",
    path: ({ slug, sessionId }) => `/p/${slug}/verify/${sessionId}?view=focus`,
    ready: /Confirm the agent's label/,
  },
  {
    name: "session report",
    path: ({ slug, sessionId }) => `/p/${slug}/verify/${sessionId}/report`,
    ready: /Agreement between people/,
  },
  {
    name: "compare",
    path: ({ slug, jobIds }) =>
      `/p/${slug}/compare?label=sentiment&who=${jobIds.join(",")}&gold=metadata:pseudo_label`,
    ready: /Accept the rest/,
  },
  { name: "statistics", path: ({ slug }) => `/p/${slug}/statistics`, ready: /Distribution of sentiment/ },
  { name: "final labels", path: ({ slug }) => `/p/${slug}/final-labels`, ready: /Final labels/ },
  { name: "reconcile", path: ({ slug }) => `/p/${slug}/reconcile`, ready: /Reconcile/ },
  { name: "settings", path: ({ slug }) => `/p/${slug}/settings`, ready: /Customer voice/ },
  { name: "members", path: ({ slug }) => `/p/${slug}/settings/members`, ready: /administrator/i },
  { name: "invitations", path: ({ slug }) => `/p/${slug}/settings/invitations`, ready: /second team/ },
  { name: "project", path: ({ slug }) => `/p/${slug}/settings/project`, ready: /Delete project/ },
  { name: "webhooks", path: ({ slug }) => `/p/${slug}/settings/webhooks`, ready: /Add webhook/ },
  { name: "audit", path: ({ slug }) => `/p/${slug}/settings/audit`, ready: /./ },
  { name: "api docs", path: () => "/api/docs", ready: /\/projects\/\{project\}/ },
];

const publicScreens: Screen[] = [
  { name: "sign in", path: () => "/sign-in", ready: /Sign in/ },
  { name: "join", path: ({ invitationUrl }) => new URL(invitationUrl).pathname, ready: /Customer voice/ },
  { name: "dead link", path: () => "/join/not-a-link", ready: /./ },
];

const softly = expect.configure({ soft: true });

let project: FullProject;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
});

test("a session's table leaves the text its room on a small screen", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await signIn(page);
  await page.goto(`/p/${project.slug}/verify/${project.sessionId}`);
  const table = page.getByRole("grid", { name: "Labels to verify" });
  const head = (name: string) => table.getByRole("columnheader", { name, exact: true });
  const widthOf = async (name: string) => (await head(name).boundingBox())?.width ?? 0;
  await expect(head("Text")).toBeVisible();
  expect(await widthOf("Text")).toBeGreaterThan(290);
  await expect(head("Here")).toBeHidden();
  expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const heads = await widthOf("By");
  const cell = table.getByRole("row").nth(1).getByRole("gridcell").nth(5);
  expect((await cell.boundingBox())?.width).toBe(heads);

  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(head("Here")).toBeVisible();
  expect(await widthOf("By")).toBe(164);
});

test("a table that is wider than a phone fades where it goes on, and is scrolled by keyboard", async ({
  page,
}) => {
  await signIn(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/p/${project.slug}/jobs`);
  const box = page.getByRole("group", { name: "Jobs" });
  const fades = () =>
    box.evaluate((element) => {
      const style = getComputedStyle(element);
      return [style.getPropertyValue("--fade-start"), style.getPropertyValue("--fade-end")];
    });
  await expect.poll(fades).toEqual(["0px", "32px"]);
  await box.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => box.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  await box.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  await expect.poll(fades).toEqual(["32px", "0px"]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(box).toHaveCount(0);
  const all = page.getByRole("table", { name: "Jobs" }).locator("..");
  expect(await all.evaluate((element) => getComputedStyle(element).maskImage)).toBe("none");
});

for (const scheme of ["light", "dark"] as const)
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    test("public screens have no accessibility defect and fit their window", async ({ page }) => {
      for (const screen of publicScreens) await inspect(page, screen, scheme);
    });

    test("screens of a project have no accessibility defect and fit their window", async ({ page }) => {
      test.setTimeout(600_000);
      await signIn(page);
      for (const screen of screens) await inspect(page, screen, scheme);
    });
  });

async function inspect(page: Page, screen: Screen, scheme: string): Promise<void> {
  await test.step(screen.name, async () => {
    const broken: string[] = [];
    const note = (error: Error) => broken.push(error.message);
    page.on("pageerror", note);
    await page.goto(screen.path(project));
    await expect(page.locator("body")).toContainText(screen.ready);
    await expect(page.locator("[role=status]:has(.animate-breathe)")).toHaveCount(0);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      if (pictures) await picture(page, `${screen.name}-${scheme}-${width}`);
      const beyond = async () => {
        const { sideways, down } = await beyondWindow(page);
        return [...(sideways > 0 ? ["sideways"] : []), ...(down > 1 ? ["into nothing"] : [])];
      };
      await softly.poll(beyond, `${screen.name} scrolls at ${width}`).toEqual([]);
    }
    expect.soft(await accessibilityDefects(page), screen.name).toEqual([]);
    page.off("pageerror", note);
    expect.soft(broken, `${screen.name} has script errors`).toEqual([]);
  });
}

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name.replaceAll(" ", "-")}.png`) });
}
