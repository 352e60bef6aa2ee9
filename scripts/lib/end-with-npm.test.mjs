import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, it } from "vitest";

const module = path.resolve(import.meta.dirname, "end-with-npm.mjs");
const script = `
  import { endWithNpm } from ${JSON.stringify(module)};
  endWithNpm();
  process.on("SIGTERM", () => { process.stdout.write("told to stop"); process.exit(0); });
  setInterval(() => {}, 1000);
  process.stdout.write("running;");
`;

/** A parent that does nothing but have the script as its child, which shares its stdout. */
function startUnder(environment) {
  const parent = spawn(
    process.execPath,
    [
      "-e",
      `require("node:child_process").spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(script)}], { stdio: "inherit" }); setInterval(() => {}, 1000);`,
    ],
    { env: { PATH: process.env.PATH, ...environment }, stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  parent.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  return { parent, said: () => said };
}

describe("a script whose npm was ended", () => {
  it("stops in order", async () => {
    const { parent, said } = startUnder({ npm_lifecycle_event: "start" });
    await once(parent.stdout, "data");
    parent.kill("SIGKILL");
    // The end of the output is the end of the script, since nobody else holds it.
    await once(parent.stdout, "close");
    expect(said()).toBe("running;told to stop");
  });
});
