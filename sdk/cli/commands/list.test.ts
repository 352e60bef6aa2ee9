import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completeJob } from "../../testing/complete-job";
import { type SmallServer, startSmallServer } from "../../testing/small-server";
import { idOf, list, subset } from "../testing/api-answers";
import { callCli } from "../testing/call-cli";

let server: SmallServer;
beforeAll(async () => {
  server = await startSmallServer();
});
afterAll(() => server.close());

const call = (args: string[], isTty = false) => callCli(args, { url: server.url, isTty });

describe("lists", () => {
  it("are aligned for people, and have tabs between for programs", async () => {
    server.answer(() => ({ body: list([subset(1, "good\u001b[2J"), subset(2, "a longer name")]) }));
    const { out } = await call(["subsets"]);
    expect(out.split("\n").slice(0, 2)).toEqual([
      "id\tname\tkind\trecords\tby\tmade",
      `${idOf(1)}\tgood [2J\tstatic\t7\tAda\t2026-12-01T08:00:00.000Z`,
    ]);
    const [head = "", ...rows] = (await call(["subsets"], true)).out.trimEnd().split("\n");
    for (const row of rows) expect(row.indexOf("static")).toBe(head.indexOf("kind"));
  });

  it("end at the limit, and say that there is more", async () => {
    server.answer(() => ({
      body: { ...list([completeJob({ id: "a" }), completeJob({ id: "b" })], 9), nextCursor: "c" },
    }));
    const { out, err } = await call(["jobs", "--limit", "3", "--status", "running", "--json"]);
    expect(server.asked.map(({ query }) => [query.get("status"), query.get("cursor")])).toEqual([
      ["running", null],
      ["running", "c"],
    ]);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    ).toEqual(["a", "b", "a"]);
    expect(err).toBe("3 of 9; --limit shows more.\n");
  });

  it("are of records that a query finds, too", async () => {
    server.answer(() => ({
      body: list([{ id: "r", externalId: "7", content: `late\n${"x".repeat(100)}` }]),
    }));
    const { out } = await call(["search", '{"keyword": "late"}'], true);
    expect(JSON.parse(server.asked[0]?.body ?? "")).toMatchObject({ query: { keyword: "late" } });
    expect(out).toMatch(/^7 {3}late x{74}…$/m);
  });
});
