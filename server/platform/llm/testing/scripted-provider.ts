import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type ReceivedCall = { method: string; path: string; headers: IncomingHttpHeaders; body: unknown };
type Script = (response: ServerResponse, call: ReceivedCall) => void;

export type ScriptedProvider = {
  /** Ends in `/v1`. */
  baseUrl: string;
  origin: string;
  /** Every call so far, in order. */
  calls: ReceivedCall[];
  /** Sockets that clients have opened so far. */
  connections: number;
  /** Says how calls are answered from now on. */
  answer(script: Script): void;
  close(): Promise<void>;
};

/** A provider on a loopback port whose every answer the test writes itself, byte by byte where it wants. */
export async function startScriptedProvider(): Promise<ScriptedProvider> {
  let script: Script = (response) => json(response, completion());
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const { method = "", url: path = "", headers } = request;
      const isForm = headers["content-type"]?.startsWith("multipart/");
      const call = {
        method,
        path,
        headers,
        body: text === "" ? undefined : isForm ? text : JSON.parse(text),
      };
      provider.calls.push(call);
      script(response, call);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const provider: ScriptedProvider = {
    baseUrl: `${origin}/v1`,
    origin,
    calls: [],
    connections: 0,
    answer: (next) => {
      script = next;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
  server.on("connection", () => provider.connections++);
  return provider;
}

/** Answers with a JSON body. */
export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** The body of a chat completion; `logprobs` as OpenAI writes them. */
export function completion(
  content: string | null = "Sentiment: positive",
  over: { logprobs?: unknown; refusal?: string; usage?: unknown; model?: string; finish?: string } = {},
): unknown {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 0,
    model: over.model ?? "gpt-test-0125",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content, refusal: over.refusal ?? null },
        logprobs: over.logprobs ?? null,
        finish_reason: over.finish ?? "stop",
      },
    ],
    ...("usage" in over
      ? { usage: over.usage }
      : { usage: { prompt_tokens: 11, completion_tokens: 4, total_tokens: 15 } }),
  };
}
