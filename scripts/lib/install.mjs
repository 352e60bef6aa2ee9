import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hashFiles, inProject, listFiles, readJson } from "./project.mjs";
import { npm, run, tool } from "./run.mjs";
import { Problem, step, UNCHANGED } from "./steps.mjs";

const LOCK = "package-lock.json";
const INSTALLED = inProject("node_modules", ".package-lock.json");
const INSTALLED_MARK = inProject("node_modules", ".tandem-installed.json");
const CLIENT = inProject("prisma", "generated");
const CLIENT_MARK = inProject("prisma", "generated", "schema.json");

/** Installs the packages of the lock, and generates from the data model what the code is written against. */
export async function install() {
  await step("Install packages", installPackages);
  await step("Generate database client", generateClient);
}

async function installPackages() {
  const lock = hashFiles([LOCK]);
  if (isInstalled(lock)) return UNCHANGED;
  rmSync(INSTALLED_MARK, { force: true });
  // Whoever runs this in production mode still builds, with the tools that the product itself doesn't need.
  const { ok, said } = await run(
    npm("ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"),
    {
      env: { NODE_ENV: undefined },
    },
  );
  if (!ok) {
    throw new Problem(
      "The packages could not be installed: check the connection to the registry, then run this again.",
      said,
    );
  }
  writeFileSync(INSTALLED_MARK, JSON.stringify({ lock }));
}

/** What somebody installed by hand counts when it is newer than the lock. */
function isInstalled(lock) {
  if (!existsSync(INSTALLED)) return false;
  const mark = readJson(INSTALLED_MARK);
  return mark ? mark.lock === lock : statSync(INSTALLED).mtimeMs > statSync(inProject(LOCK)).mtimeMs;
}

async function generateClient() {
  const schema = hashFiles([...listFiles(["prisma/schema"]), "prisma.config.ts", LOCK]);
  if (readJson(CLIENT_MARK)?.schema === schema) return UNCHANGED;
  const { ok, said } = await run(tool("prisma", "generate"));
  if (!ok || !existsSync(CLIENT)) {
    throw new Problem(
      "The database client could not be generated: see above what is wrong with prisma/schema.",
      said,
    );
  }
  writeFileSync(CLIENT_MARK, JSON.stringify({ schema }));
}
