import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "./build.mjs";
import { findChromium, installChromium } from "./chromium.mjs";
import { findLongFiles } from "./file-lengths.mjs";
import { findForbiddenImports } from "./import-rules.mjs";
import { readJson } from "./project.mjs";
import { run, tool } from "./run.mjs";
import { countPlaywright, countVitest, verdict } from "./test-reports.mjs";

/** Settings of the shell that would change what is tested. */
const SETTINGS = /^(TANDEM_|AUTH_|OPENAI_|ANTHROPIC_|GOOGLE_|REDIS_URL$|DATABASE_URL$|PORT$|HOST$|NODE_ENV$)/;
const KEPT = ["TANDEM_TEST_DATABASE_URL", "TANDEM_CHROMIUM"];

/**
 * Every kind of test, in order. Those that use all cores by themselves run `alone`, the others side by side, the longest
 * first. `needed` ones stop the run when they fail, since the rest would say nothing.
 * @type {{ key: string, name: string, alone?: boolean, needed?: boolean, check: () => Promise<import("./test-reports.mjs").Outcome> }[]}
 */
export const checks = [
  { key: "unit", name: "Unit tests", check: () => runVitest("unit") },
  { key: "types", name: "Types", check: checkTypes },
  { key: "format", name: "Format", check: () => runTool("@biomejs/biome", "format", ".") },
  {
    key: "lint",
    name: "Lint",
    check: () => runTool("@biomejs/biome", "check", "--formatter-enabled=false", "--error-on-warnings", "."),
  },
  { key: "imports", name: "Import rules", check: checkImports },
  { key: "knip", name: "Dead code", check: () => runTool("knip") },
  // After the types of routes are written, which the build writes too.
  { key: "length", name: "File length", alone: true, check: checkLengths },
  // A third of their time is waiting, for leases to end and processes to come back: the build goes on meanwhile.
  { key: "integration", name: "Integration tests", check: () => runVitest("integration", "integration-api") },
  { key: "build", name: "Build", needed: true, check: checkBuild },
  { key: "browser", name: "Chromium", alone: true, check: checkBrowser },
  { key: "e2e", name: "Tests in Chromium", alone: true, check: runPlaywright },
];

async function runTool(name, ...args) {
  const { ok, said } = await run(tool(name, ...args), { env: cleanEnvironment() });
  return verdict(ok, said);
}

/** Next writes down the types of the routes first. */
async function checkTypes() {
  const routes = await runTool("next", "typegen");
  return routes.failed > 0 ? routes : runTool("typescript", "--noEmit", "--project", ".");
}

async function checkImports() {
  const forbidden = await findForbiddenImports();
  return verdict(
    forbidden.length === 0,
    forbidden.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`).join("\n"),
  );
}

async function checkLengths() {
  const long = findLongFiles();
  return verdict(long.length === 0, long.map(({ file, lines }) => `${file}: ${lines} lines`).join("\n"));
}

async function checkBuild() {
  await build();
  return verdict(true);
}

async function checkBrowser() {
  await installChromium();
  return verdict(true);
}

function runVitest(...projects) {
  return inTemporaryFolder(async (folder) => {
    const report = path.join(folder, "report.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const chosen = projects.flatMap((project) => ["--project", project]);
    const words = tool("vitest", "run", ...chosen, ...reporters);
    const end = await run(words, { env: cleanEnvironment() });
    return countVitest(readJson(report), end);
  });
}

async function runPlaywright() {
  const browser = await findChromium();
  return inTemporaryFolder(async (folder) => {
    const report = path.join(folder, "report.json");
    const env = { ...cleanEnvironment(), TANDEM_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const end = await run(tool("@playwright/test", "test", "--reporter=list,json"), { env });
    return countPlaywright(readJson(report), end);
  });
}

async function inTemporaryFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-report-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What somebody has set for a server of theirs does not reach the tests. */
function cleanEnvironment() {
  const names = Object.keys(process.env).filter((name) => SETTINGS.test(name) && !KEPT.includes(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
