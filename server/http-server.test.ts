import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Handlers, type HttpServer, openHttpServer } from "./http-server";
import { PEER_HEADER } from "./platform/client-address";
import { probeWhileStarting } from "./probes";
import { refuseUpgrade } from "./refuse-upgrade";
import { waitFor } from "./testing/wait-for";

const HOST = "127.0.0.1";
const opened: HttpServer[] = [];

async function open(handlers?: Partial<Handlers>, port: number | undefined = 0): Promise<HttpServer> {
  const server = await openHttpServer(HOST, port);
  opened.push(server);
  if (handlers)
    server.serve({ request: (_, response) => void response.end(), upgrade: refuseUpgrade, ...handlers });
  return server;
}

const urlOf = ({ port }: HttpServer) => `http://${HOST}:${port}`;

afterEach(async () => {
  for (const server of opened.splice(0)) {
    await server.stopListening();
    await server.drain();
  }
});

describe("the port", () => {
  it("is refused in one line when it is in use", async () => {
    const { port } = await open();
    await expect(openHttpServer(HOST, port)).rejects.toThrow(
      `Port ${port} of ${HOST} is in use: stop what uses it, or set PORT to another one (0 = any free port).`,
    );
  });

  it("is another one when none was asked for and the usual one is in use", async () => {
    // One of them has it, or somebody else on this machine.
    const [one, two] = [await open(undefined, undefined), await open(undefined, undefined)];
    expect(one.port).not.toBe(two.port);
  });

  it("belongs to an address of this machine", async () => {
    await expect(openHttpServer("192.0.2.1", 0)).rejects.toThrow(/^HOST must be an address of this machine/);
  });
});

describe("a request", () => {
  it("waits until there is somebody to answer it", async () => {
    const server = await open();
    const answer = fetch(urlOf(server));
    server.serve({ request: (_, response) => void response.end("served"), upgrade: refuseUpgrade });
    expect(await (await answer).text()).toBe("served");
  });

  it("that asks whether the process lives or can work is answered at once", async () => {
    const server = await openHttpServer(HOST, 0, probeWhileStarting);
    opened.push(server);
    const later = fetch(urlOf(server));
    expect((await fetch(`${urlOf(server)}/api/health`)).status).toBe(200);
    const ready = await fetch(`${urlOf(server)}/api/ready`);
    expect([ready.status, ready.headers.get("content-type")]).toEqual([503, "application/problem+json"]);
    expect(await ready.json()).toMatchObject({ status: 503, code: "not_ready", database: false });
    server.serve({ request: (_, response) => void response.end("served"), upgrade: refuseUpgrade });
    expect(await (await later).text()).toBe("served");
    expect(await (await fetch(`${urlOf(server)}/api/ready`)).text()).toBe("served");
  });

  it("carries the address of its socket, whatever it says itself", async () => {
    const server = await open({
      request: ({ headers }, response) => void response.end(headers[PEER_HEADER]),
    });
    const answer = await fetch(urlOf(server), { headers: { [PEER_HEADER]: "198.51.100.7" } });
    expect(await answer.text()).toBe(HOST);
  });

  it("that is answered before its body has come gets the whole answer, and its connection ends", async () => {
    const server = await open({
      request: async (request, response) => {
        for await (const _ of request) break;
        response.writeHead(413).end("too large");
      },
    });
    const size = 20_000_000;
    const socket = connect({ port: server.port, host: HOST, allowHalfOpen: true });
    let answer = "";
    socket.on("data", (data) => {
      answer += String(data);
    });
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`);
    socket.end(Buffer.alloc(size));
    await once(socket, "close");
    expect(answer).toContain("413 Payload Too Large");
    expect(answer).toContain("too large");
  });

  it("whose handler fails ends, and the server goes on", async () => {
    const server = await open({
      request: async ({ url }, response) => {
        if (url === "/broken") throw new Error("broken");
        response.end("fine");
      },
    });
    await expect(fetch(`${urlOf(server)}/broken`)).rejects.toThrow();
    expect(await (await fetch(urlOf(server))).text()).toBe("fine");
  });
});

it("a socket that nobody wants is told so", async () => {
  const { port } = await open({});
  const socket = connect(port, HOST);
  socket.write(`GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  const [data] = await once(socket, "data");
  expect(String(data)).toMatch(/^HTTP\/1\.1 404 /);
});

describe("at the end", () => {
  it("a request under way is finished, a stream of events is cut, nobody new is let in", async () => {
    let finish: (() => void) | undefined;
    const server = await open({
      request: ({ url }, response) => {
        if (url === "/events") response.setHeader("content-type", "text/event-stream").write(":\n\n");
        else finish = () => void response.end("finished");
      },
    });
    const events = await fetch(`${urlOf(server)}/events`);
    const slow = fetch(urlOf(server));
    await waitFor("the slow request to arrive", () => finish);
    await server.stopListening();
    const drained = server.drain();
    await expect(events.text()).rejects.toThrow();
    finish?.();
    expect(await (await slow).text()).toBe("finished");
    await drained;
    await expect(fetch(urlOf(server))).rejects.toThrow();
  });
});
