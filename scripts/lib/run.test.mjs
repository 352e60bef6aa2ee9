import { describe, expect, it } from "vitest";
import { npm, run, tool } from "./run.mjs";

const script = (text) => [process.execPath, "-e", text];

describe("a program", () => {
  it("is told apart by how it ended, and by what it said where", async () => {
    const text = `process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 3`;
    const { ok, output, said } = await run(script(text));
    expect(ok).toBe(false);
    expect(output).toBe("out");
    expect(said).toMatch(/out/);
    expect(said).toMatch(/err/);
  });

  it("that is not there ends without success", async () => {
    const { ok, said } = await run(["/nowhere/program"]);
    expect(ok).toBe(false);
    expect(said).toContain("ENOENT");
  });

  it("gets variables on top of this process's, and loses those that are taken away", async () => {
    process.env.TANDEM_OF_THE_SHELL = "kept";
    const text = `const { TANDEM_OF_THE_SHELL: kept, NEW: added } = process.env; process.stdout.write(kept + " " + added)`;
    try {
      expect((await run(script(text), { env: { NEW: "new" } })).output).toBe("kept new");
      expect((await run(script(text), { env: { TANDEM_OF_THE_SHELL: undefined } })).output).toBe(
        "undefined undefined",
      );
    } finally {
      delete process.env.TANDEM_OF_THE_SHELL;
    }
  });

  it("of a package is run by Node, wherever its program lies", async () => {
    const { ok, output } = await run(tool("typescript", "--version"));
    expect(ok).toBe(true);
    expect(output).toMatch(/^Version \d/);
  });

  it("called npm is one that works", async () => {
    expect((await run(npm("--version"))).output).toMatch(/^\d+\./);
  });
});
