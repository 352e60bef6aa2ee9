import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { bundle } from "./bundle.mjs";
import { bundleCli } from "./bundle-cli.mjs";
import { hashFiles, inProject, listFiles, readJson } from "./project.mjs";
import { run, tool } from "./run.mjs";
import { Problem, step, UNCHANGED } from "./steps.mjs";

const INPUTS = [
  "app",
  "components",
  "contracts",
  "sdk",
  "server",
  "trpc",
  "public",
  "prisma/schema",
  "prisma/seed",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
  "scripts/lib/build.mjs",
  "scripts/lib/bundle.mjs",
  "scripts/lib/bundle-cli.mjs",
];
const MARK = inProject("dist", "build.json");
const PAGES = inProject(".next", "BUILD_ID");

/** The server's program, made by {@link build}. */
export const SERVER = inProject("dist", "main.js");

/** Builds the pages and the server, unless what they are built from is what it was the last time. */
export async function build() {
  const inputs = hashFiles(listFiles(INPUTS, isInput));
  if (isBuilt() && readJson(MARK).inputs === inputs) {
    await step("Build", () => UNCHANGED);
    return;
  }
  rmSync(MARK, { force: true });
  await step("Build pages", buildPages);
  await step("Build server", buildServer);
  await step("Build command line", buildCli);
  mkdirSync(inProject("dist"), { recursive: true });
  writeFileSync(MARK, JSON.stringify({ inputs }));
}

/** Whether there is a complete build, of whatever version of the sources. */
export function isBuilt() {
  return [SERVER, PAGES, MARK].every((file) => existsSync(file));
}

const isInput = (file) => !/\.test\.tsx?$/.test(file) && !/^(server|sdk|sdk\/cli)\/testing\//.test(file);

async function buildPages() {
  const { ok, said } = await run(tool("next", "build"), { env: { NODE_ENV: "production" } });
  if (!ok) throw new Problem("The pages could not be built: see above.", said);
}

async function buildServer() {
  await bundle(["server/main.ts"], { from: "server", to: inProject("dist") }).catch((error) => {
    throw new Problem("The server could not be built: see above.", error.message);
  });
}

async function buildCli() {
  await bundleCli(inProject("dist", "tandem.mjs")).catch((error) => {
    throw new Problem("The command line could not be built: see above.", error.message);
  });
}
