import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { waitFor } from "@/server/testing/wait-for";
import { expect, test } from "./fixtures";

test("a server says that it lives and that it is ready", async ({ request }) => {
  expect(await (await request.get("/api/health")).json()).toEqual({ status: "ok" });
  const ready = await request.get("/api/ready");
  expect(ready.status()).toBe(200);
  expect(await ready.json()).toEqual({ status: "ready", database: true, migrations: true, queue: true });
});

test("a program that is lost below /api reads a problem, and no secret of an address goes on", async ({
  request,
}) => {
  for (const address of ["/api", "/api/nothing", "/api/v2/projects", "/api/v1/nothing"]) {
    const answer = await request.get(address);
    expect([address, answer.status(), answer.headers()["content-type"]]).toEqual([
      address,
      404,
      "application/problem+json",
    ]);
    expect(await answer.json()).toMatchObject({ code: "not_found" });
  }
  expect((await request.get("/api/docs")).headers()["content-type"]).toContain("text/html");
  const invitation = await request.get("/api/v1/join/unknown");
  expect(invitation.headers()).toMatchObject({
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
});

test("a killed server comes back on its data, and takes its database over", async ({ tandem, request }) => {
  const before = await tandem.databaseUrl();
  await tandem.kill();
  await tandem.restart();
  expect((await request.get("/api/ready")).status()).toBe(200);
  expect(await tandem.databaseUrl()).toBe(before);
});

test("a killed database is brought back under the running server", async ({ tandem, request }) => {
  test.skip(process.env.TANDEM_TEST_DATABASE_URL !== undefined, "the database is not the server's own");
  const pid = tandem.pid();
  await tandem.killDatabase();
  await waitFor(
    "the server to be ready again",
    async () => (await request.get("/api/ready")).status() === 200 && tandem.log().includes("started again"),
  );
  expect(tandem.pid()).toBe(pid);
});

test("pages share the server's copy of yjs", () => {
  // A copy of its own would say this sentence from within the pages' bundle.
  const sentence = "Yjs was already imported";
  expect(existsSync("node_modules/yjs/dist/yjs.mjs")).toBe(true);
  expect(readFileSync("node_modules/yjs/dist/yjs.mjs", "utf8")).toContain(sentence);
  const bundles = readdirSync(".next/server", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".js"),
  );
  expect(bundles.length).toBeGreaterThan(0);
  const copies = bundles.filter((file) =>
    readFileSync(path.join(".next/server", file), "utf8").includes(sentence),
  );
  expect(copies).toEqual([]);
});
