import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SmallServer, startSmallServer } from "../../testing/small-server";
import { list, subset } from "../testing/api-answers";
import { callCli } from "../testing/call-cli";

let server: SmallServer;
let folder: string;
beforeAll(async () => {
  [server, folder] = await Promise.all([startSmallServer(), mkdtemp(path.join(tmpdir(), "tandem-cli-"))]);
});
afterAll(() => Promise.all([server.close(), rm(folder, { recursive: true })]));

const call = (args: string[], isTty = false) => callCli(args, { url: server.url, isTty });

describe("export", () => {
  it("asks for what was said, and passes bytes on as they are", async () => {
    server.answer(({ path: asked }) =>
      asked.endsWith("/export")
        ? { headers: { "content-type": "text/csv" }, body: "a,b\r\n" }
        : { body: list([subset(8, "good")]) },
    );
    const { code, out } = await call([
      "export",
      "--kind",
      "final",
      "--format",
      "csv",
      "--label",
      "l",
      "--query",
      "{}",
    ]);
    expect([code, out]).toEqual([0, "a,b\r\n"]);
    expect(Object.fromEntries(server.asked[0]?.query ?? [])).toEqual({
      kind: "final",
      format: "csv",
      label: "l",
    });
  });

  it("shows people no bytes that are no text", async () => {
    server.answer(() => ({ headers: { "content-type": "application/vnd.apache.parquet" }, body: "PAR1" }));
    expect(await call(["export", "--kind", "records"], true)).toEqual({
      ...{ code: 64, out: "", err: "That is no text to show: give --out <file>.\n" },
    });
    expect((await call(["export", "--kind", "records"])).out).toBe("PAR1");
  });

  it("lets no record speak to the terminal of a person, and changes nothing for a program", async () => {
    const body = "id,content\r\n1,\u001b[2Jgone\u009b31m\tö\u202e\r\n";
    server.answer(() => ({ headers: { "content-type": "text/csv" }, body }));
    expect((await call(["export", "--kind", "records"], true)).out).toBe(
      "id,content\n1,\ufffd[2Jgone\ufffd31m\tö\ufffd\n",
    );
    expect((await call(["export", "--kind", "records"])).out).toBe(body);
  });

  it("leaves a file alone that another export may be writing", async () => {
    server.answer(() => ({ body: "a\n" }));
    const out = path.join(folder, "busy.csv");
    await writeFile(`${out}.part`, "half");
    const { code, err } = await call(["export", "--kind", "records", "--out", out]);
    expect(code).toBe(1);
    expect(err).toContain(`${out}.part is there already`);
  });

  it("tells about the file as JSON", async () => {
    server.answer(() => ({
      headers: { "content-type": "text/csv", "x-tandem-snapshot": "s1,s2" },
      body: "a\n",
    }));
    const out = path.join(folder, "final.csv");
    const told = await call(["export", "--kind", "final", "--out", out, "--json"]);
    expect(JSON.parse(told.out)).toEqual({
      ...{ file: out, bytes: 2, contentType: "text/csv", snapshots: ["s1", "s2"], types: null },
    });
  });
});
