import type { Locator, Page } from "@playwright/test";
import type { Agent } from "@/contracts/agents";
import type { Job } from "@/contracts/jobs";
import type { RecordRow } from "@/contracts/records";
import type { Session } from "@/contracts/sessions";
import type { Verification } from "@/contracts/verifications";
import type { LlmDouble } from "@/server/testing/llm-double";
import { accessibilityDefects } from "./accessibility";
import { expect, test } from "./fixtures";
import { noteWords, tellWords } from "./last-words";
import { joinByLink, signIn } from "./people";
import { finished, makeSpanProject } from "./span-project";
import type { RestClient } from "./walkthrough/rest-client";

/** Joined emoji, both directions, marks that stand by themselves: places are counted in code points. */
const TEXTS = [
  "👩‍👩‍👧 From Rome to Oslo Airport Gardermoen, then a cafe\u0301.",
  "מרומא לאוסלו, then Rome by night.",
  "Nothing to find in this one, said Ada.",
];
const ANSWERS = [
  [
    { text: "Rome", label: "city" },
    { text: "Oslo", label: "city" },
  ],
  [{ text: "Rome", label: "city" }],
  [],
];
let double: LlmDouble;
let api: RestClient;
let slug: string;
let session: Session;
let invitationUrl: string;
test.beforeAll(async ({ tandem }) => {
  ({ api, slug, double } = await makeSpanProject({
    url: tandem.url,
    name: "Journeys",
    texts: TEXTS,
    answers: ANSWERS,
  }));
  const at = `/projects/${slug}`;
  const agent = await api.post<Agent>(
    `${at}/agents`,
    {
      name: "Finder",
      provider: "openai:chat",
      baseUrl: double.url,
      model: { model: "double-1", temperature: 0 },
      prompt: { labels: ["places"], answer: "json" },
    },
    { status: 201 },
  );
  const job = await api.post<Job>(
    `${at}/jobs`,
    { agentId: agent.id, query: {}, labels: ["places"], apiKey: "any" },
    { status: 202 },
  );
  await finished(api, `${at}/jobs/${job.id}`);
  session = await api.post<Session>(
    `${at}/sessions`,
    { label: "places", jobIds: [job.id], name: "Places", order: "random" },
    { status: 201 },
  );
  ({ url: invitationUrl } = await api.post<{ url: string }>(
    `${at}/invitations`,
    { role: "reviewer" },
    { status: 201 },
  ));
});
test.afterAll(() => double.close());
test.beforeEach(({ context }) => noteWords(context));
test.afterEach(({ context }, info) => tellWords(context, info));

test("an agent's spans are verified, corrected, taken out and added to, by keyboard, mouse and list", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const bo = await joinByLink(browser, invitationUrl, "Bo");
  const { keyboard } = page;

  await test.step("open the first record: its spans are in the text and in the list", async () => {
    for (const person of [page, bo]) await goTo(person, "r0");
    expect(await textOf(page, "r0").textContent()).toBe(TEXTS[0]);
    await expect(rows(page)).toHaveCount(2);
    await expect(row(page, "Rome")).toHaveAccessibleName(
      "City: Rome, characters 11 to 15, by agent Finder v1",
    );
    await expect(selectedWords(page)).resolves.toBe("Rome");
  });

  await test.step("Enter confirms, and the next span is selected", async () => {
    await textOf(page, "r0").focus();
    await keyboard.press("Enter");
    await expect(row(page, "Rome")).toHaveAccessibleName(/confirmed by you/);
    await expect(row(page, "Oslo")).toHaveAttribute("aria-pressed", "true");
    await expect(row(bo, "Rome")).toHaveAccessibleName(/confirmed by /);
  });

  await test.step("a key corrects the option, brackets and arrows the borders, undo takes it back", async () => {
    await keyboard.press("2");
    await keyboard.press("]");
    await keyboard.press("]");
    await expect(row(page, "Oslo Airport Gardermoen")).toHaveAccessibleName(/^Airport: .*corrected by you/);
    await keyboard.press("Alt+ArrowLeft");
    await expect(row(page, "Oslo Airport Gardermoe")).toBeVisible();
    await expect(page.getByTestId("save-state")).toContainText("Saved");
    await keyboard.press("u");
    await expect(row(page, "Oslo Airport Gardermoen")).toBeVisible();
    // And while what is taken back is still on its way.
    for (let again = 0; again < 10; again++) {
      await keyboard.press("Alt+ArrowLeft");
      await expect(row(page, "Oslo Airport Gardermoe")).toBeVisible();
      await keyboard.press("u");
      await expect(row(page, "Oslo Airport Gardermoen")).toBeVisible();
    }
    await expect(row(bo, "Oslo Airport Gardermoen")).toHaveAccessibleName(/^Airport/);
  });

  await test.step("a handle moves a border, word by word", async () => {
    const handle = page.locator("[data-handle=end]");
    await dragTo(page, await middleOf(handle), await pointAt(page, "Airport", 3));
    await expect(row(page, "Oslo Airport")).toHaveAccessibleName(
      /^Airport: Oslo Airport, characters 19 to 31,/,
    );
  });

  await test.step("a drag marks whole words, over others too; a double-click one word", async () => {
    await keyboard.press("Escape");
    await keyboard.press("1");
    await dragTo(page, await pointAt(page, "From", 2), await pointAt(page, "Oslo", 2));
    await expect(row(page, "From Rome to Oslo")).toHaveAccessibleName(/^City: .*, by you/);
    const { x, y } = await pointAt(page, "cafe", 2);
    await page.mouse.dblclick(x, y);
    await expect(row(page, "cafe\u0301")).toHaveAccessibleName(
      /^City: cafe\u0301, characters 51 to 56, by you/,
    );
    await expect(rows(bo)).toHaveCount(4);
    await expect(row(bo, "cafe\u0301")).not.toHaveAccessibleName(/by you/);
  });

  await test.step("one's own is taken out for good, an agent's stays as what was taken out", async () => {
    await row(page, "cafe\u0301").click();
    await page.getByRole("button", { name: "Delete span" }).first().click();
    await expect(rows(page)).toHaveCount(3);
    await row(page, "Rome").first().click();
    await textOf(page, "r0").focus();
    await keyboard.press("Delete");
    await expect(row(bo, "Rome")).toHaveAccessibleName(/^Not City/);
    // Nothing is left to decide there, so the next record was shown.
    await goTo(page, "r0");
    await expect(row(page, "Rome")).toHaveAccessibleName(/^Not City: Rome, .*taken out by you/);
  });

  await test.step("what stands is durable: rows say the same", async () => {
    const verdicts = await verdictsOf("r0");
    expect(verdicts.map(({ status, value, start, end }) => [status, value, start, end]).sort()).toEqual(
      [
        ["CORRECTS", ["airport"], 19, 31],
        ["CORRECTS", [], null, null],
      ].sort(),
    );
    const { annotations = [] } = await recordOf("r0");
    expect(
      annotations
        .filter(({ annotator }) => annotator.kind === "user")
        .map(({ value, start, end }) => [value, start, end]),
    ).toEqual([[["city"], 6, 23]]);
  });
});

test("without mouse or sight: words typed, places chosen; no span is confirmed or refuted", async ({
  page,
}) => {
  await signIn(page);
  await goTo(page, "r1");
  const { keyboard } = page;

  await test.step("in a text that is read from right to left, by typing the words", async () => {
    await page.getByRole("button", { name: "Add a span by words" }).click();
    await page.getByRole("textbox", { name: "Words", exact: true }).fill("לאוסלו");
    await expect(page.getByText("At one place")).toBeVisible();
    await keyboard.press("Enter");
    await expect(row(page, "לאוסלו")).toHaveAccessibleName("City: לאוסלו, characters 6 to 12, by you");
    await keyboard.press("Escape");
  });

  await test.step("borders by their numbers, in the list", async () => {
    await row(page, "לאוסלו").click();
    const first = page.getByLabel("First character");
    await first.fill("0");
    await first.press("Enter");
    await expect(row(page, "מרומא לאוסלו")).toHaveAccessibleName(/characters 0 to 12/);
  });

  await test.step("a record without spans: what it missed is marked with the text cursor", async () => {
    await goTo(page, "r2");
    await expect(page.getByText("Finder v1 found nothing to mark in this text.")).toBeVisible();
    const text = textOf(page, "r2");
    await text.focus();
    await keyboard.press("Control+End");
    await keyboard.press("ArrowLeft");
    await keyboard.press("Control+Shift+ArrowLeft");
    await keyboard.press("Enter");
    await expect(row(page, "Ada")).toHaveAccessibleName(/^City: Ada, .*by you/);
    await expect(page.getByText("Something was marked since.")).toBeVisible();
    await expect(page.getByTestId("save-state")).toContainText(/^Saved \d/);
    expect((await verdictsOf("r2")).map(({ status, value }) => [status, value])).toEqual([["CORRECTS", []]]);
    await keyboard.press("u");
    await expect(rows(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Confirm that there is none" }).click();
    await goTo(page, "r2");
    await expect(page.getByText("It was confirmed that there is none.")).toBeVisible();
  });

  await test.step("nothing for axe to find, in light and dark, and no sideways scroll on a phone", async () => {
    await goTo(page, "r0");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityDefects(page, "main")).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(textOf(page, "r0")).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

/** The focus view of a session's record, at its first label. */
async function goTo(page: Page, externalId: string): Promise<void> {
  const { items } = await api.get<{ items: { annotationId: string; externalId: string }[] }>(
    `/projects/${slug}/sessions/${session.id}/items`,
  );
  const item = items.find((one) => one.externalId === externalId);
  await page.goto(`/p/${slug}/verify/${session.id}?view=focus&at=${item?.annotationId}`);
  await expect(textOf(page, externalId)).toBeVisible();
  await expect(page.getByTestId("save-state")).toContainText(/saved/i);
}

const textOf = (page: Page, externalId: string): Locator =>
  page.getByRole("textbox", { name: `Text of ${externalId}` });
const rows = (page: Page): Locator => page.getByRole("region", { name: "Spans" }).locator("[aria-pressed]");
/** The row of a span by its words. */
const row = (page: Page, words: string): Locator =>
  page.getByRole("region", { name: "Spans" }).getByRole("button", { name: `: ${words}, characters` });

const selectedWords = (page: Page): Promise<string | null> =>
  page.locator("mark[data-selected]").first().textContent();

async function middleOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not shown.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** On screen, some characters into words of the text. */
function pointAt(page: Page, words: string, into: number): Promise<{ x: number; y: number }> {
  return page.getByRole("textbox", { name: /^Text of/ }).evaluate(
    (root, [wanted, offset]) => {
      const nodes: { node: Node; from: number }[] = [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let text = "";
      while (walker.nextNode()) {
        nodes.push({ node: walker.currentNode, from: text.length });
        text += walker.currentNode.nodeValue ?? "";
      }
      const at = text.indexOf(wanted) + offset;
      const found = nodes.findLast(({ from }) => from <= at);
      if (!found) throw new Error(`"${wanted}" is not in the text.`);
      const range = document.createRange();
      range.setStart(found.node, at - found.from);
      range.setEnd(found.node, at - found.from + 1);
      const { left, top, height } = range.getBoundingClientRect();
      return { x: left + 1, y: top + height / 2 };
    },
    [words, into] as const,
  );
}

async function dragTo(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, to.y, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
}

async function recordOf(externalId: string): Promise<RecordRow> {
  const { items } = await api.post<{ items: RecordRow[] }>(`/projects/${slug}/records/search`, {
    query: { externalIds: [externalId] },
    include: ["annotations"],
  });
  const [record] = items;
  if (!record) throw new Error(`There is no record ${externalId}.`);
  return record;
}

async function verdictsOf(externalId: string): Promise<Verification[]> {
  const { id } = await recordOf(externalId);
  const { items } = await api.get<{ items: Verification[] }>(
    `/projects/${slug}/verifications?recordId=${id}`,
  );
  return items;
}
