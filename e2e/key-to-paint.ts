import type { Page } from "@playwright/test";

/**
 * Measures in the page how long it takes from a key press, as the browser received it, until what follows is painted:
 * the first frame after the row that has the keyboard, or the record that is shown, has become another one.
 */
export async function watchKeyToPaint(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    Reflect.set(window, "keyToPaint", times);
    let pressedAt: number | null = null;
    let before = place();
    function place(): string {
      const grid = document.querySelector("[role=grid]")?.getAttribute("aria-activedescendant");
      return grid ?? document.querySelector("article[aria-label] header")?.textContent ?? "";
    }
    window.addEventListener(
      "keydown",
      (event) => {
        pressedAt = event.timeStamp;
        before = place();
      },
      { capture: true },
    );
    new MutationObserver(() => {
      if (pressedAt === null || place() === before) return;
      const from = pressedAt;
      pressedAt = null;
      // In the frame that shows it, and after that has been drawn.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          times.push(performance.now() - from);
          window.dispatchEvent(new Event("keytopaint"));
        };
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

/**
 * Resolves when so many keys have led somewhere else and what follows has been painted. Asked once and answered by the
 * page: looking again and again would take time from what is measured.
 */
export const keysPainted = (page: Page, count: number): Promise<void> =>
  page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const times: number[] = Reflect.get(window, "keyToPaint");
        const late = setTimeout(() => reject(new Error(`Key ${wanted} led nowhere`)), 30_000);
        const look = () => {
          if (times.length < wanted) return;
          clearTimeout(late);
          window.removeEventListener("keytopaint", look);
          resolve();
        };
        window.addEventListener("keytopaint", look);
        look();
      }),
    count,
  );

/** Milliseconds of every key that led somewhere else, in their order. */
export const keyToPaintTimes = (page: Page): Promise<number[]> =>
  page.evaluate((): number[] => Reflect.get(window, "keyToPaint"));

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
