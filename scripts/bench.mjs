import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "./lib/build.mjs";
import { install } from "./lib/install.mjs";
import { enterProject, inProject } from "./lib/project.mjs";
import { run } from "./lib/run.mjs";
import { command, Problem } from "./lib/steps.mjs";

// npm run bench: every benchmark, one after the other. npm run bench -- import start: only those named.
await command(async () => {
  enterProject();
  const all = readdirSync(inProject("bench"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.basename(file, ".ts"));
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((name) => !all.includes(name));
  if (unknown) throw new Problem(`There is no benchmark called ${unknown}: ${all.join(", ")}.`);
  await install();
  await build();
  const failed = [];
  for (const name of chosen.length === 0 ? all : chosen) {
    process.stdout.write(`\n${name}\n`);
    const { ok } = await run([process.execPath, "--import", "tsx", path.join("bench", `${name}.ts`)], {
      show: true,
    });
    if (!ok) failed.push(name);
  }
  if (failed.length > 0) throw new Problem(`Not measured: ${failed.join(", ")}.`);
});
