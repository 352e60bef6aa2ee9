import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asked, type SmallServer, startSmallServer } from "../../testing/small-server";
import { callCli } from "../testing/call-cli";

let server: SmallServer;
let folder: string;
let file: string;
beforeAll(async () => {
  [server, folder] = await Promise.all([startSmallServer(), mkdtemp(path.join(tmpdir(), "tandem-cli-"))]);
  file = path.join(folder, "tweets.csv");
  await writeFile(file, "id,text\n1,one\n");
});
afterAll(() => Promise.all([server.close(), rm(folder, { recursive: true })]));

const call = (args: string[], isTty = false) => callCli(args, { url: server.url, isTty });

describe("import", () => {
  const report = {
    ...{ id: "i", status: "succeeded", phase: null, progress: null, finishedAt: "now", error: null },
    ...{ read: 40, imported: 10, updated: 1, skipped: 4, refused: 25, errorsTruncated: false },
    errors: Array.from({ length: 25 }, (_, at) => ({
      line: at + 2,
      ...(at === 0 ? { externalId: "a\tb" } : {}),
      code: "empty_content",
      message: "The text is empty.",
    })),
  };
  const running = { ...report, status: "running", phase: "reading", progress: 0.5, finishedAt: null };

  it("sends the file with what was said of its columns, and tells what became of it", async () => {
    server.answer(({ method }) => ({ body: method === "POST" ? running : report }));
    const flags = [
      "--id",
      "id",
      "--content",
      "text",
      "--metadata",
      "age,by",
      "--gold",
      "gold",
      "--types",
      "age:number",
    ];
    const { code, out, err } = await call(["import", file, ...flags, "--on-existing", "update"]);
    expect([code, err]).toEqual([0, ""]);
    const { query, body } = server.asked[0] as Asked;
    expect(body).toBe("id,text\n1,one\n");
    expect(query.getAll("metadata")).toEqual(["age", "by", "gold"]);
    expect(Object.fromEntries(query)).toMatchObject({
      ...{ fileName: "tweets.csv", id: "id", content: "text", onExisting: "update" },
      ...{ types: '{"age":"number"}', visibility: '{"gold":"gold"}' },
    });
    expect(out).toContain("imported\t10\n");
    expect(out).toContain("refused\t25\nline 2 (id a b): The text is empty. [empty_content]\nline 3: ");
    expect(out.match(/^line /gm)).toHaveLength(20);
    expect(out).toContain("\n5 more rows were refused;");
  });

  it("fails for refused rows when it is strict, and as JSON tells all of them", async () => {
    server.answer(() => ({ body: report }));
    const { code, out } = await call(["import", file, "--strict", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(report);
  });

  it("shows people how far it is, and takes that away", async () => {
    server.answer((_, nth) => ({ body: nth < 2 ? running : report }));
    const { err } = await call(["import", file], true);
    expect(err).toContain("Sending tweets.csv (14 B)");
    expect(err).toContain("Importing tweets.csv: reading, 50 %, 40 rows read, 25 refused");
    expect(err.endsWith("\r\u001b[K")).toBe(true);
  });

  it("is not begun without a file", async () => {
    server.answer(() => ({ body: report }));
    expect((await call(["import", folder])).err).toBe(`${folder} is no file.\n`);
    expect((await call(["import", `${file}.missing`])).err).toMatch(/^The file could not be read: ENOENT/);
    expect(server.asked).toEqual([]);
  });

  it("says at Ctrl-C what goes on", async () => {
    const interrupt = new AbortController();
    server.answer((_, nth) => {
      if (nth === 2) interrupt.abort();
      return { body: running };
    });
    const { code, err } = await callCli(["import", file], { url: server.url, signal: interrupt.signal });
    expect([code, err]).toEqual([130, "Stopped waiting. The import goes on.\n"]);
  });
});
