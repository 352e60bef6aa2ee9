import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/** Opens the palette by its key; one that comes before the page's script has taken it over is nobody's. */
export async function openPalette(page: Page): Promise<void> {
  const field = page.getByRole("combobox", { name: "Commands" });
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(field).toBeFocused({ timeout: 5000 });
  }).toPass();
}

/** Runs the command that the palette finds first for these words. */
export async function inPalette(page: Page, words: string): Promise<void> {
  await openPalette(page);
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Commands" })).toHaveCount(0);
}
