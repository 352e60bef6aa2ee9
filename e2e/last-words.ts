import type { BrowserContext, TestInfo } from "@playwright/test";

const LAST = 60;

/**
 * Keeps what the pages of a browser say in passing, the keys that they get and whether anything answered, and what
 * goes to and fro on their sockets: what a failure that comes once in a thousand runs is understood by.
 */
export async function noteWords(context: BrowserContext): Promise<void> {
  context.on("page", (page) => {
    const tell = (words: string) =>
      page.evaluate((said) => Reflect.get(window, "noteWords")?.(said), words).catch(() => undefined);
    page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => tell(`sent ${payload.length}`));
      socket.on("framereceived", ({ payload }) => tell(`received ${payload.length}`));
    });
  });
  await context.addInitScript(() => {
    const words: string[] = [];
    const told = new Map<Element, string>();
    const note = (said: string) => void words.push(`${Math.round(performance.now())} ${said}`);
    Reflect.set(window, "lastWords", words);
    Reflect.set(window, "noteWords", note);
    window.addEventListener(
      "keydown",
      (event) => {
        const at = document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName;
        setTimeout(() => note(`key ${event.key} at ${at}${event.defaultPrevented ? ", answered" : ""}`));
      },
      { capture: true },
    );
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        for (const place of [
          element?.closest("[role=status],[data-sonner-toast]"),
          ...(element?.querySelectorAll("[data-sonner-toast]") ?? []),
        ]) {
          const said = place?.textContent ?? "";
          if (!place || told.get(place) === said) continue;
          told.set(place, said);
          note(said);
        }
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** Prints the last of it, when the test has failed. */
export async function tellWords(context: BrowserContext, { status, expectedStatus }: TestInfo) {
  if (status === expectedStatus) return;
  for (const page of context.pages()) {
    const words = await page.evaluate((): string[] => Reflect.get(window, "lastWords") ?? []);
    console.error(`${page.url()}, at last:\n${words.slice(-LAST).join("\n")}`);
  }
}
