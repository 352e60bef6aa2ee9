import type { Browser, Page } from "@playwright/test";
import { expect, OWNER } from "./fixtures";

/** Signs the owner in by the form. */
export async function signIn(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** A person in a browser of their own, who comes by an invitation link. */
export async function joinByLink(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: /^Join/ }).click();
  await expect(page).toHaveURL(/\/p\//);
  return page;
}
