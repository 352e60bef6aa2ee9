import { once } from "node:events";
import { access, readdir, readFile, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../contracts/jobs";
import { version } from "../../package.json";
import { completeJob } from "../testing/complete-job";
import { problem, type SmallServer, startSmallServer } from "../testing/small-server";
import { buildCliProgram, type CliProgram, ended } from "./testing/cli-program";

let server: SmallServer;
let cli: CliProgram;
let env: Record<string, string>;
beforeAll(async () => {
  [server, cli] = await Promise.all([startSmallServer(), buildCliProgram()]);
  env = { TANDEM_URL: server.url };
});
afterAll(() => Promise.all([server.close(), cli.remove()]));

/** Answers with a file that begins, and ends when `finish` is called. */
function beginFile(): Promise<ServerResponse> {
  return new Promise((resolve) => {
    server.answer(() => (response: ServerResponse) => {
      response.writeHead(200, { "content-type": "text/csv" });
      response.write("id,content\n1,one\n", () => resolve(response));
    });
  });
}
/** Answers with a job, and with it as the only event. */
function beginJob(job: Job, then: (response: ServerResponse) => void = (response) => response.end()): void {
  server.answer(({ path: asked }) => {
    if (!asked.endsWith("/events")) return { body: job };
    return (response: ServerResponse) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${JSON.stringify(job)}\n\n`, () => then(response));
    };
  });
}
const filesBeside = async () => (await readdir(cli.folder)).filter((name) => name !== "tandem.mjs");

it("is one file that needs nothing beside it", async () => {
  const imported = [...(await readFile(cli.file, "utf8")).matchAll(/^import .* from "(.*)";$/gm)];
  expect(imported.length).toBeGreaterThan(0);
  for (const [, module] of imported) expect(module).toMatch(/^node:/);
  expect(await cli.run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

describe("its exit code", () => {
  it.each([
    ["succeeded", null, 0],
    ["failed", null, 1],
    ["cancelled", null, 1],
    ["paused", "spend_cap", 2],
  ] as const)("of a job that is %s (%s) is %i", async (status, pausedReason, code) => {
    beginJob(completeJob({ status, pausedReason }));
    const told = await cli.run(["watch", "j"], env);
    expect(told).toMatchObject({ code, out: expect.stringContaining(`status\t${status}\n`) });
    if (code === 2)
      expect(told.err).toContain(
        `resume with a higher one, or cancel the job. Its page: ${server.url}/p/p/jobs/j`,
      );
    else expect(told.err).toBe("");
  });

  it("says that the command was written wrong, or that the server refused", async () => {
    expect((await cli.run(["frob"], env)).code).toBe(64);
    expect((await cli.run(["jobs"], { ...env, TANDEM_TOKEN: "" })).code).toBe(64);
    server.answer(() => problem(403, "forbidden"));
    expect(await cli.run(["jobs"], env)).toEqual({ code: 1, out: "", err: "It is forbidden. [forbidden]\n" });
  });
});

describe("a file", () => {
  afterEach(async () => expect((await filesBeside()).filter((name) => name.endsWith(".part"))).toEqual([]));

  it("has its name when it is whole", async () => {
    const begun = beginFile();
    const running = ended(cli.start(["export", "--kind", "records", "--out", "whole.csv"], env));
    const answer = await begun;
    await expect(access(path.join(cli.folder, "whole.csv"))).rejects.toThrow("ENOENT");
    answer.end("2,two\n");
    expect((await running).code).toBe(0);
    expect(await readFile(path.join(cli.folder, "whole.csv"), "utf8")).toBe("id,content\n1,one\n2,two\n");
  });

  it("keeps what it was when the next one breaks off", async () => {
    await writeFile(path.join(cli.folder, "old.csv"), "before");
    const begun = beginFile();
    const running = ended(cli.start(["export", "--kind", "records", "--out", "old.csv"], env));
    (await begun).destroy();
    const { code, err } = await running;
    expect(code).toBe(1);
    expect(err).toMatch(/^The connection broke off: .*\n$/);
    expect(await readFile(path.join(cli.folder, "old.csv"), "utf8")).toBe("before");
  });

  it("is not there after Ctrl-C", async () => {
    const begun = beginFile();
    const child = cli.start(["export", "--kind", "records", "--out", "cut.csv"], env);
    const running = ended(child);
    await begun;
    child.kill("SIGINT");
    expect(await running).toEqual({ code: 130, out: "", err: "Stopped: nothing was written.\n" });
    expect(await filesBeside()).not.toContain("cut.csv");
  });
});

it("stops watching at Ctrl-C, and says that the job goes on", async () => {
  beginJob(completeJob({ status: "running" }), () => undefined);
  const child = cli.start(["watch", "j", "--json"], env);
  const running = ended(child);
  await once(child.stdout, "data");
  child.kill("SIGINT");
  const { code, err } = await running;
  expect([code, err]).toEqual([130, "Stopped watching. The job goes on: tandem watch j\n"]);
});

it("ends without a word when nobody reads it any more", async () => {
  const line = `${"x".repeat(1000)}\n`;
  server.answer(() => (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/csv" });
    const more = () => {
      while (response.writable && response.write(line));
    };
    response.on("drain", more);
    more();
  });
  const child = cli.start(["export", "--kind", "records"], env);
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const [code] = await once(child, "exit");
  expect([code, err]).toEqual([141, ""]);
});
