import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = {
  method: string;
  /** Below `/api/v1`, without the query string. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: string;
};
type Answer = {
  status?: number;
  headers?: Record<string, string>;
  /** A text goes as it is, anything else as JSON. */
  body?: unknown;
};
/** `lost`: the connection ends without an answer. A function answers by itself. */
type Reply = Answer | "lost" | ((response: ServerResponse) => void);

export type SmallServer = {
  url: string;
  /** All that was asked since the beginning. */
  asked: Asked[];
  /** What is answered from now on; `nth` counts from 0 what was asked since. */
  answer(reply: (asked: Asked, nth: number) => Reply | Promise<Reply>): void;
  close(): Promise<void>;
};

/** A server over real HTTP that answers what a test says. */
export async function startSmallServer(): Promise<SmallServer> {
  const asked: Asked[] = [];
  let since = 0;
  let reply: (one: Asked, nth: number) => Reply | Promise<Reply> = () => ({ status: 404 });
  const server = createServer((request, response) => {
    // Whoever goes away in the middle is no failure of the server.
    void serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://host");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = {
      method: request.method ?? "",
      path: url.pathname.replace(/^\/api\/v1/, ""),
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(one);
    const answer = await reply(one, since++);
    if (answer === "lost") response.destroy();
    else if (typeof answer === "function") answer(response);
    else send(response, answer);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer(next) {
      asked.length = 0;
      since = 0;
      reply = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body = {} }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json", ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** A problem as Tandem tells it. */
export const problem = (status: number, code: string, more: object = {}): Answer => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: { type: "about:blank", title: code, status, code, detail: `It is ${code}.`, ...more },
});
