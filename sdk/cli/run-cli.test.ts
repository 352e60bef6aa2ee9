import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problem, type SmallServer, startSmallServer } from "../testing/small-server";
import { commands } from "./commands";
import { list } from "./testing/api-answers";
import { callCli } from "./testing/call-cli";

let server: SmallServer;
let folder: string;
beforeAll(async () => {
  [server, folder] = await Promise.all([startSmallServer(), mkdtemp(path.join(tmpdir(), "tandem-cli-"))]);
});
afterAll(() => Promise.all([server.close(), rm(folder, { recursive: true })]));

const call = (args: string[], env: Record<string, string | undefined> = {}) =>
  callCli(args, { url: server.url, env });

describe("help", () => {
  it("names every command, and each command's flags", async () => {
    const all = await call(["help"]);
    expect(all.code).toBe(0);
    expect((await call(["--help"])).out).toBe(all.out);
    for (const { name, flags } of commands) {
      expect(all.out).toContain(`\n  ${name}`);
      const told = await call([name, "--help"], { TANDEM_PROJECT: undefined, TANDEM_TOKEN: undefined });
      expect(told).toEqual(await call(["help", name]));
      for (const flag of Object.keys(flags)) expect(told.out).toContain(`\n  --${flag}`);
    }
  });
});

describe("a command that is written wrong", () => {
  it.each([
    [[], "Which command?"],
    [["frob"], 'There is no command "frob": import,'],
    [["help", "frob"], 'There is no command "frob"'],
    [["jobs", "--frob"], "Unknown option '--frob'"],
    [["jobs", "extra"], 'What is "extra" for?'],
    [["import"], "Missing: <file>."],
    [["watch"], "Missing: <job>."],
    [
      ["jobs", "--status", "done"],
      '--status is queued, running, paused, succeeded, failed or cancelled; not "done".',
    ],
    [["jobs", "--limit", "0"], '--limit must be a whole number above 0; not "0".'],
    [["search", "late"], "The query must be a query as a JSON object"],
    [["search", "[1]"], "The query must be a query as a JSON object"],
    [["export"], "--kind is missing: records,"],
    [["export", "--kind", "all"], "--kind is records, annotations, final or verifications"],
    [["export", "--kind", "final", "--json"], "--json tells about the file that --out names"],
    [["agreement"], "--label is missing."],
    [["agreement", "--label", ""], "--label is empty"],
    [["run", "First"], "Say on which records: one of --subset, --query and --all."],
    [["run", "First", "--all", "--subset", "s"], "Say on which records"],
    [["run", "First", "--subset", "s", "--query", "{}"], "Give --subset or --query, not both."],
    [["run", "First", "--all", "--cap", "0"], '--cap must be US dollars above 0; not "0".'],
    [["run", "First", "--all", "--labels", "a,,b"], "--labels holds an empty name."],
    [
      ["import", "x.csv", "--types", "age:int"],
      "--types takes name:value, where the value is string, number,",
    ],
  ])("%j ends with 64, and asks nothing", async (args, told) => {
    server.answer(() => ({ status: 500 }));
    const { code, out, err } = await call(args);
    expect([code, out]).toEqual([64, ""]);
    expect(err).toContain(told);
    expect(server.asked).toEqual([]);
  });

  it("needs to know where, which project, and who", async () => {
    for (const [env, told] of [
      [{ TANDEM_URL: "tandem.example.org" }, 'must start with http:// or https://; not "tandem.example.org"'],
      [{ TANDEM_PROJECT: undefined }, "No project: give --project <slug>, or set TANDEM_PROJECT."],
      [{ TANDEM_TOKEN: " " }, "No access token"],
      [{ TANDEM_TOKEN: "to ken" }, "holds characters that no token has"],
    ] as const) {
      const { code, err } = await call(["jobs"], env);
      expect(code).toBe(64);
      expect(err).toContain(told);
    }
  });

  it("takes a token by no flag, and repeats none", async () => {
    for (const args of [
      ["jobs", "--token", "s3cret"],
      ["jobs", "--token=s3cret"],
    ]) {
      const { code, err } = await call(args);
      expect(code).toBe(64);
      expect(err).toContain("TANDEM_TOKEN");
      expect(err).not.toContain("s3cret");
    }
  });
});

describe("where a call goes", () => {
  it("is said by flags, else by the environment", async () => {
    server.answer(() => ({ body: list([]) }));
    await call(["jobs"]);
    expect(server.asked[0]).toMatchObject({
      path: "/projects/p/jobs",
      headers: { authorization: "Bearer t0ken" },
    });
    const file = path.join(folder, "token");
    await writeFile(file, "from-a-file\n");
    await call(["jobs", "--project", "q", "--url", `${server.url}/`, "--token-file", file], {
      TANDEM_URL: "http://elsewhere.invalid",
    });
    expect(server.asked[1]).toMatchObject({
      path: "/projects/q/jobs",
      headers: { authorization: "Bearer from-a-file" },
    });
  });

  it("is not tried with a token file that holds none", async () => {
    server.answer(() => ({ body: list([]) }));
    await writeFile(path.join(folder, "empty"), "\n");
    for (const name of ["empty", "missing"]) {
      const { code, err } = await call(["jobs", "--token-file", path.join(folder, name)]);
      expect(code).toBe(1);
      expect(err).toMatch(/^The (file with the token is empty|token could not be read): .*\n$/);
    }
    expect(server.asked).toEqual([]);
  });
});

describe("what a server refuses", () => {
  it.each([
    [
      problem(401, "unauthorized"),
      "It is unauthorized. Set TANDEM_TOKEN, or give --token-file, with a token of your account page. [unauthorized]",
    ],
    [problem(429, "rate_limited", {}), "It is rate_limited. Ask again in 300 s. [rate_limited]"],
    [
      problem(422, "invalid_query", { errors: [{ path: "query.keyword", message: "must be a text" }] }),
      "It is invalid_query. query.keyword: must be a text. [invalid_query]",
    ],
    [
      problem(422, "invalid", { detail: "id: is none", errors: [{ path: "id", message: "is none" }] }),
      "id: is none [invalid]",
    ],
    [
      problem(404, "not_found", { detail: "Two\nlines\u001b[31m." }),
      "Two lines [31m. Check --project, and the id if you gave one. [not_found]",
    ],
  ])("is one line that says what to do", async (answer, line) => {
    server.answer(() => ({ ...answer, headers: { ...answer.headers, "retry-after": "300" } }));
    expect(await call(["search", "{}"])).toEqual({ code: 1, out: "", err: `${line}\n` });
  });

  it("may be the answer of something else", async () => {
    server.answer(() => ({ body: "<html>" }));
    const { code, err } = await call(["jobs"]);
    expect(code).toBe(1);
    expect(err).toContain(`Is ${server.url} the address of a Tandem server that runs?`);
  });
});

it("stops when it is told to before the server answers", async () => {
  const interrupt = new AbortController();
  server.answer(() => {
    interrupt.abort();
    return () => undefined;
  });
  expect(await callCli(["jobs"], { url: server.url, signal: interrupt.signal })).toEqual({
    code: 130,
    out: "",
    err: "Stopped.\n",
  });
});
