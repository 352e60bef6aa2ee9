import { existsSync } from "node:fs";
import { run } from "./run.mjs";
import { Problem, UNCHANGED } from "./steps.mjs";

/** Where systems keep Chromium or what is built from it. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const APT_GET = "/usr/bin/apt-get";

/** The path of a real browser: the one of TANDEM_CHROMIUM, the system's, or the one Playwright keeps. */
export async function findChromium() {
  const given = process.env.TANDEM_CHROMIUM;
  if (given) return given;
  const { chromium } = await import("@playwright/test");
  return [...PLACES, chromium.executablePath()].find((place) => existsSync(place));
}

/** Installs Chromium where there is none and this user may do so. */
export async function installChromium() {
  if (await findChromium()) return UNCHANGED;
  const asRoot = await rightsOfRoot();
  if (!existsSync(APT_GET) || asRoot === undefined) throw missing("");
  const apt = (...args) => run([...asRoot, APT_GET, ...args], { env: { DEBIAN_FRONTEND: "noninteractive" } });
  await apt("update");
  const { said } = await apt("install", "-y", "--no-install-recommends", "chromium");
  if (!(await findChromium())) throw missing(said);
}

/** The words before a command that make it root's; `undefined` where nothing does. */
async function rightsOfRoot() {
  if (process.getuid?.() === 0) return [];
  const { ok } = await run(["sudo", "-n", "true"]);
  return ok ? ["sudo", "-n"] : undefined;
}

function missing(said) {
  return new Problem(
    "There is no Chromium for the tests in a browser: install it (apt-get install chromium, or npx playwright install chromium), or set TANDEM_CHROMIUM to its path.",
    said,
  );
}
