import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, OWNER, test } from "./fixtures";
import { joinByLink, signIn } from "./people";
import { createRestClient, type RestClient } from "./walkthrough/rest-client";

/** Forty texts as a spreadsheet gives them: tabs between, a header, one row without a text. */
const moods = ["pos", "neg", "neu", "neg"] as const;
const rows = Array.from({ length: 40 }, (_, at) => ({
  id: `t-${String(at + 1).padStart(2, "0")}`,
  text: at === 39 ? "" : `${at % 2 === 0 ? "The crew was" : "My bag is"} number ${at + 1}`,
  channel: at % 4 === 0 ? "mail" : "chat",
}));
const pasted = [["id", "text", "channel"], ...rows.map(({ id, text, channel }) => [id, text, channel])]
  .map((cells) => cells.join("\t"))
  .join("\n");
const schema = [
  {
    name: "sentiment",
    level: "record",
    options: ["pos", "neg", "neu"].map((value) => ({ value, text: value })),
  },
];

let api: RestClient;
let at: string;
let page: Page;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser, tandem }) => {
  const anybody = createRestClient(tandem.url);
  const { token } = await anybody.post<{ token: string }>("/auth/tokens", OWNER, { status: 201 });
  api = createRestClient(tandem.url, token);
  const { slug } = await api.post<{ slug: string }>("/projects", { name: "Texts" }, { status: 201 });
  at = `/projects/${slug}`;
  await api.put(`${at}/schema`, { labelSchema: schema });
  page = await (await browser.newContext({ baseURL: tandem.url })).newPage();
  await signIn(page);
});
const open = (path: string) => page.goto(`/p/${at.split("/")[2]}${path}`);
const dialog = () => page.getByRole("dialog");

test("pasted rows become records, and what was refused is told with its line", async () => {
  await open("/import");
  await page.getByRole("radio", { name: "Paste" }).click();
  await page.getByLabel("Rows").fill(pasted);
  await page.getByRole("button", { name: "Look into the rows" }).click();
  await expect(page.getByRole("combobox", { name: "What id becomes" })).toContainText("Id");
  await expect(page.getByRole("combobox", { name: "What text becomes" })).toContainText("Text");
  await expect(page.getByRole("table", { name: "First rows of the file" })).toContainText(
    "The crew was number 1",
  );
  await page.getByRole("combobox", { name: "Who sees channel" }).click();
  await page.getByRole("option", { name: /^Shown/ }).click();
  await page.getByRole("checkbox", { name: "Length" }).click();
  await page.getByRole("button", { name: "Import the rows" }).click();
  await expect(page.getByRole("table", { name: "Refused rows" })).toContainText("empty_content");
  await expect(page.getByRole("table", { name: "Refused rows" })).toContainText("41");
  await expect(page.getByRole("main")).toContainText(/Imported\s*39/);
  const found = await api.post<{ total: number }>(`${at}/records/search`, {
    query: { metadata: { name: "length", op: ">", value: 10 } },
  });
  expect(found.total).toBe(39);
});

test("a live subset follows, a static one stays", async () => {
  await open("/records?q=crew");
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "21");
  for (const [name, way] of [
    ["Crew, live", /^This search, live/],
    ["Crew, frozen", /^These records, frozen/],
  ] as const) {
    await page.getByRole("button", { name: "Save as subset" }).click();
    await dialog().getByLabel("Name", { exact: true }).fill(name);
    await dialog().getByRole("radio", { name: way }).click();
    await dialog().getByRole("button", { name: "Save subset" }).click();
    await expect(dialog()).toHaveCount(0);
    await open("/records?q=crew");
  }
  await api.post(`${at}/imports?id=id&content=text`, "id,text\nlate,The crew came late", {
    status: 202,
    headers: { "content-type": "text/csv" },
  });
  await expect
    .poll(async () => (await api.post<{ total: number }>(`${at}/records/search`, {})).total)
    .toBe(40);
  const { items } = await api.get<{ items: { id: string; name: string }[] }>(`${at}/subsets`);
  const countOf = async (name: string) => {
    const subset = items.find((one) => one.name === name)?.id;
    return (await api.post<{ total: number }>(`${at}/records/search`, { query: { subset } })).total;
  };
  expect([await countOf("Crew, live"), await countOf("Crew, frozen")]).toEqual([21, 20]);
});

test("a sample with the same seed is the same sample, divided in strata with their chances", async () => {
  const drawn: string[][] = [];
  for (const name of ["First draw", "Second draw"]) {
    await open("/subsets");
    await page.getByRole("button", { name: "Draw a sample" }).click();
    await dialog().getByLabel("Name", { exact: true }).fill(name);
    await dialog().getByLabel("How many").fill("10");
    await dialog().getByLabel("Seed").fill("7");
    await dialog().getByRole("combobox", { name: "Divide by" }).click();
    await page.getByRole("option", { name: /channel/ }).click();
    await expect(dialog().getByRole("table", { name: "Strata of the sample" })).toContainText("mail");
    await dialog().getByRole("button", { name: "Draw 10 records" }).click();
    await expect(dialog()).toHaveCount(0);
    const { items } = await api.get<{ items: { id: string; name: string }[] }>(`${at}/subsets`);
    const subset = items.find((one) => one.name === name)?.id;
    const found = await api.post<{ items: { externalId: string }[] }>(`${at}/records/search`, {
      query: { subset },
      limit: 100,
    });
    drawn.push(found.items.map(({ externalId }) => externalId));
  }
  expect(drawn[0]).toHaveLength(10);
  expect(drawn[1]).toEqual(drawn[0]);
});

test("two annotators share a subset, and each sees only theirs", async ({ browser, tandem }) => {
  const people: Page[] = [];
  for (const name of ["Ann", "Bo"]) {
    const { url } = await api.post<{ url: string }>(
      `${at}/invitations`,
      { role: "annotator" },
      { status: 201 },
    );
    people.push(await joinByLink(browser, url.replace(/^https?:\/\/[^/]+/, tandem.url), name));
  }
  const [ann, bo] = people;
  if (!ann || !bo) throw new Error("nobody came");
  await expect(ann.getByRole("main")).toContainText(/[Nn]othing/);
  await open("/subsets");
  await page.getByRole("button", { name: "More for Crew, frozen" }).click();
  await page.getByRole("menuitem", { name: "Assign to people" }).click();
  for (const name of ["Ann", "Bo"]) await dialog().getByRole("checkbox", { name }).click();
  await dialog().getByRole("radio", { name: "Each record to one of them" }).click();
  await dialog().getByRole("button", { name: "Assign to 2 people" }).click();
  await expect(dialog()).toHaveCount(0);

  const seen: string[][] = [];
  for (const person of [ann, bo]) {
    await person.reload();
    await person.getByRole("link", { name: "Crew, frozen" }).click();
    await expect(person.getByRole("grid")).toHaveAttribute("aria-rowcount", "11");
    seen.push(await idsOf(person, 10));
  }
  expect(seen.flat().toSorted()).toEqual(
    rows.flatMap(({ id, text }) => (text.includes("crew") ? [id] : [])).toSorted(),
  );
  expect(new Set(seen.flat()).size).toBe(20);
  // One label is given by the keyboard; the progress of it is seen by who gave the work.
  await ann.goBack();
  await ann.getByRole("link", { name: "Label 10 records" }).click();
  await expect(ann.getByRole("article")).toBeVisible();
  await ann.keyboard.press("2");
  await expect(ann.getByTestId("work-progress")).toContainText("1 of 10");
  await expect(ann.getByTestId("save-state")).toContainText(/^Saved \d/);
  await open("/assignments");
  await expect(page.getByRole("main")).toContainText("1 of 10");
  await ann.close();
  await bo.close();
});

test("a schema change says what it breaks, maps it, and leaves a worklist", async () => {
  const { items } = await api.post<{ items: { id: string }[] }>(`${at}/records/search`, { limit: 12 });
  await api.post(`${at}/annotations`, {
    items: items.map(({ id }, index) => ({
      recordId: id,
      labels: [{ name: "sentiment", value: [moods[index % 4]] }],
    })),
  });
  await open("/schema");
  await page.getByRole("button", { name: "Remove neu" }).click();
  await page.getByRole("button", { name: "Save version 2" }).click();
  await expect(dialog()).toContainText("3 labels on 3 records no longer fit");
  await dialog().getByRole("combobox", { name: "Map sentiment: neu to" }).click();
  await page.getByRole("option", { name: "neg", exact: true }).click();
  await dialog().getByRole("button", { name: "Save version 2" }).click();
  await expect(dialog()).toHaveCount(0);
  await page.getByRole("button", { name: "Open the worklist" }).click();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "4");
  await open("/schema?tab=versions");
  await expect(page.getByRole("main")).toContainText("Mapped, 3 labels");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main")).toContainText("Undone");
});

test("what is exported comes back the same", async () => {
  await open("/records");
  const csv = await download("CSV");
  const again = await api.post<{ slug: string }>("/projects", { name: "Texts again" }, { status: 201 });
  const { id } = await api.post<{ id: string }>(
    `/projects/${again.slug}/imports?id=id&content=content&metadata=*&unescapeFormulas=1`,
    csv,
    { status: 202, headers: { "content-type": "text/csv" } },
  );
  await expect
    .poll(async () => (await api.get<{ status: string }>(`/projects/${again.slug}/imports/${id}`)).status)
    .toBe("succeeded");
  await page.goto(`/p/${again.slug}/records`);
  expect(await download("CSV")).toBe(csv);
  expect(csv.split("\r\n")).toHaveLength(42);
});

/** Exports every record by the dialog; the file's text. */
async function download(format: string): Promise<string> {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await dialog()
    .getByRole("radio", { name: /^Records/ })
    .click();
  await expect(dialog().getByRole("combobox", { name: "Format" })).toContainText(format);
  const started = page.waitForEvent("download");
  await dialog().getByRole("link", { name: "Export records" }).click();
  return readFile(await (await started).path(), "utf8");
}

/** The ids of the rows in sight, once so many have come. */
async function idsOf(person: Page, count: number): Promise<string[]> {
  const come = person.getByRole("grid").locator("[role=row][data-index]").filter({ hasText: /t-\d+/ });
  await expect(come).toHaveCount(count);
  return come.evaluateAll((all) => all.map((one) => /t-\d+/.exec(one.textContent ?? "")?.[0] ?? ""));
}
