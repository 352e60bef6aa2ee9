import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { type FullProject, makeFullProject } from "./full-project";
import { openPalette } from "./palette";
import { signIn } from "./people";

let project: FullProject;
test.beforeAll(async ({ tandem }) => {
  project = await makeFullProject(tandem.url);
});

test("a search that names what isn't there says so where it is typed, and wherever it is shown", async ({
  page,
}) => {
  await signIn(page);
  await page.goto(`/p/${project.slug}/records`);
  await page.getByRole("button", { name: "As text" }).click();
  const field = page.getByRole("textbox", { name: "Query", exact: true });

  await field.fill("label:sentimen missing");
  await expect(
    page.getByText(/^Character 1: .*no label “sentimen”. Did you mean “sentiment”\?/),
  ).toBeVisible();
  await field.fill("not label:sentiment = happy");
  await expect(page.getByText(/^Character 5: sentiment has no option “happy”/)).toBeVisible();
  await field.fill("metadata.pseudo_labl = pos");
  await expect(
    page.getByText(/no record has metadata “pseudo_labl”. Did you mean “pseudo_label”/i),
  ).toBeVisible();

  await field.fill("label:sentimen missing");
  await field.press("Escape");
  await field.press("Enter");
  await expect(page).toHaveURL(/q=/);
  await page.getByRole("button", { name: "As text" }).click();
  const doubts = page.getByRole("status").filter({ hasText: "may not mean what it says" });
  await expect(doubts).toContainText("Did you mean “sentiment”?");
  await page.getByRole("button", { name: "Save as subset" }).click();
  await expect(page.getByRole("dialog").getByText("may not mean what it says")).toBeVisible();

  await page.goto(`/p/${project.slug}/records?q=${encodeURIComponent("text ~ /late|(delayed/")}`);
  await expect(
    page.getByText('The regular expression can\'t be read: "(" at character 6 is never closed'),
  ).toBeVisible();
});

test("a name that is missing is asked for below its field", async ({ page }) => {
  await signIn(page);
  await page.goto(`/p/${project.slug}/records`);
  await page.getByRole("button", { name: "Save as subset" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as subset" });
  const name = dialog.getByRole("textbox", { name: "Name" });
  await dialog.getByRole("button", { name: "Save subset" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Name must not be empty.");
  await expect(name).toBeFocused();
  await name.fill("Some");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await dialog.getByRole("radio", { name: "A random sample, frozen" }).click();
  await dialog.getByRole("textbox", { name: "How many records" }).fill("5000");
  await expect(dialog.getByText(/^Only \d+ are found: the subset holds all of them/)).toBeVisible();
});

test("a file that can't be imported says why, and offers what there is", async ({ page }) => {
  await signIn(page);
  await chooseFile(page, "empty.csv", "");
  await expect(page.getByText("empty.csv holds no rows")).toBeVisible();
  await chooseFile(page, "heads.csv", "id,content\n");
  await expect(page.getByText("There is a line of names, and nothing below it.")).toBeVisible();
  await chooseFile(page, "wide.csv", Buffer.from("id,content\n1,Late again\n".repeat(9), "utf16le"));
  await expect(page.getByText(/^The file is not text/)).toBeVisible();
  await page.getByRole("button", { name: "Read it as UTF-16" }).click();
  await expect(page.getByText("Late again").first()).toBeVisible();
});

test("the palette finds records by id or words, and runs nothing that does not match", async ({ page }) => {
  await signIn(page);
  await page.goto(`/p/${project.slug}`);
  await openPalette(page);
  await page.keyboard.type("m-0033");
  await expect(page.getByRole("option")).toHaveText(["Search records for “m-0033”"]);
  await page.keyboard.press("Enter");
  const grid = page.getByRole("grid", { name: "Records" });
  await expect(grid.locator("[data-index]").first()).toContainText("m-0033");
  await expect(grid).toHaveAttribute("aria-rowcount", "2");
});

async function chooseFile(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.goto(`/p/${project.slug}/import`);
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
}
