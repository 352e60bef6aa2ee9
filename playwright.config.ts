import { defineConfig } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

/** Real Chromium, which calls nobody by itself. */
const launchOptions = {
  executablePath: process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    ...(asRoot ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  forbidOnly: true,
  fullyParallel: false,
  workers: 2,
  retries: 0,
  // Limits end what hangs, on a busy machine too.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  use: {
    launchOptions,
    // Recording every step takes longer than the steps; a failure says its page all the same.
    trace: process.env.TANDEM_TRACE ? "retain-on-failure" : "off",
    actionTimeout: 30_000,
    locale: "en-GB",
    timezoneId: "UTC",
  },
});
