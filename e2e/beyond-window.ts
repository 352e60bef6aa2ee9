import type { Page } from "@playwright/test";

/** How far the page reaches out of its window, in pixels: sideways, and down where its frame scrolls inside itself. */
export function beyondWindow(page: Page): Promise<{ sideways: number; down: number }> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    const frame = document.querySelector("main");
    const scrollsInside = frame !== null && getComputedStyle(frame).overflowY === "auto";
    return { sideways: scrollWidth - clientWidth, down: scrollsInside ? scrollHeight - clientHeight : 0 };
  });
}
