import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * What axe finds wrong with a page, or with a part of it, each with its elements. It looks at one frame in one go and keeps
 * no account of all that is right: bringing frames together in a page of their own took most of the time.
 */
export async function accessibilityDefects(page: Page, part?: string): Promise<string[]> {
  expect(page.frames(), "frames, of which axe sees the first").toHaveLength(1);
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
