import http from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type HttpServer, openHttpServer } from "./http-server";
import { addRoutePatterns } from "./platform/metrics";
import { refuseUpgrade } from "./refuse-upgrade";
import { withMetrics } from "./serve-metrics";
import { waitFor } from "./testing/wait-for";

const TOKEN = "t".repeat(32);
const opened: HttpServer[] = [];
addRoutePatterns(["/of-this-test/{id}"]);

afterEach(async () => {
  for (const server of opened.splice(0)) {
    await server.stopListening();
    await server.drain();
  }
});

async function serve(token?: string): Promise<HttpServer> {
  const server = await openHttpServer("127.0.0.1", 0);
  opened.push(server);
  const other: Parameters<typeof withMetrics>[0] = (_, response) => void response.writeHead(201).end("other");
  server.serve({ request: withMetrics(other, token), upgrade: refuseUpgrade });
  return server;
}

type Asked = { path?: string; method?: string; headers?: Record<string, string> };

/** With `node:http`, which lets a request say any `Host`. */
function ask({ port }: HttpServer, { path = "/api/metrics", method = "GET", headers = {} }: Asked = {}) {
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => {
        text += piece;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", text }),
      );
    });
    request.on("error", reject).end();
  });
}

const nothing = expect.objectContaining({ status: 404, type: "application/problem+json" });

describe("without a token", () => {
  it("programs of this machine read what the process has counted", async () => {
    const server = await serve();
    for (const host of ["localhost:1", `127.0.0.1:${server.port}`, "[::1]"])
      expect(await ask(server, { headers: { host } })).toMatchObject({
        status: 200,
        type: "text/plain; version=0.0.4; charset=utf-8",
        text: expect.stringContaining("process_cpu_user_seconds_total"),
      });
  });

  it.each<Record<string, string>>([
    { "x-forwarded-for": "127.0.0.1" },
    { forwarded: "for=127.0.0.1" },
    { "x-real-ip": "127.0.0.1" },
    { via: "1.1 proxy" },
    { host: "tandem.example" },
    { host: "127.0.0.1.example" },
  ])("nothing is there for what comes from elsewhere: %j", async (headers) => {
    expect(await ask(await serve(), { headers })).toEqual(nothing);
  });
});

describe("with a token", () => {
  it("whoever has it reads, from anywhere", async () => {
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      "x-forwarded-for": "192.0.2.1",
      host: "tandem.example",
    };
    expect(await ask(await serve(TOKEN), { headers })).toMatchObject({ status: 200 });
  });

  it.each<Record<string, string>>([
    {},
    { authorization: `Bearer ${TOKEN}x` },
    { authorization: TOKEN },
    { authorization: "Bearer " },
  ])("nothing is there for others, on this machine too: %j", async (headers) => {
    expect(await ask(await serve(TOKEN), { headers })).toEqual(nothing);
  });
});

it("stands at one address, for reading alone", async () => {
  const server = await serve();
  for (const path of ["/", "/api/metrics/x", "/api/metric"])
    expect(await ask(server, { path })).toMatchObject({ status: 201, text: "other" });
  expect(await ask(server, { method: "POST" })).toEqual(nothing);
  expect(await ask(server, { path: "/api/metrics?x=1" })).toMatchObject({ status: 200 });
});

it("requests are counted by the pattern of their address, never by what stands in it", async () => {
  const server = await serve();
  await ask(server, { path: "/of-this-test/canary-7f3a91?q=canary-52c08e" });
  await ask(server, { path: "/unknown/canary-91be77" });
  const text = await waitFor("the count", async () => {
    const { text } = await ask(server);
    return text.includes(`route="/of-this-test/{id}",status="201"`) ? text : null;
  });
  expect(text).toMatch(
    /tandem_http_request_duration_seconds_count\{method="GET",route="\/of-this-test\/\{id\}",status="201"\} 1/,
  );
  expect(text).toContain('route="other"');
  expect(text).not.toContain("canary");
});
