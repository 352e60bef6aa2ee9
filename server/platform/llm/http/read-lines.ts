import type { IncomingMessage } from "node:http";
import type { AddressGuard } from "../address/address-guard";
import { LlmError } from "../port";
import type { Target } from "../target";
import { connectionProblem, type HttpCall, headersOf, redirected, urlOf } from "./exchange";
import { readFailure } from "./read-failure";
import { openResponse, readWhole } from "./send-request";

/** The lines of a large answer as they come. */
export type ReadLines = (
  call: Pick<HttpCall, "path" | "headers" | "timeoutMs">,
  target: Target,
  signal: AbortSignal,
) => AsyncGenerator<string>;

/** An answer to one request is some kilobytes. */
const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * Reads a file of lines, however long: what is held is one piece and the line that it ends in. Its time is that of
 * silence. Empty lines are left out.
 */
export function createReadLines(guard: AddressGuard): ReadLines {
  return async function* readLines(call, target, signal) {
    const silence = limitSilence(signal, call.timeoutMs);
    try {
      const request = { method: "GET", headers: headersOf(call), body: undefined, signal: silence.signal };
      const response = await openResponse(urlOf(target, call.path), request, target.trusted ? null : guard);
      await requireAnswer(response, target, guard);
      yield* linesOf(response, silence.heard);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (silence.isOver()) throw new LlmError("timeout", `Nothing came for ${call.timeoutMs} ms.`);
      throw error instanceof LlmError ? error : new LlmError("connection", connectionProblem(error, target));
    } finally {
      silence.release();
    }
  };
}

async function requireAnswer(response: IncomingMessage, target: Target, guard: AddressGuard): Promise<void> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 200 && status <= 299) return;
  const { body } = await readWhole(response);
  if (status >= 300 && status < 400) throw await redirected(status, headers.location, target, guard);
  throw readFailure({ status, headers, body, apiKey: target.apiKey });
}

async function* linesOf(response: IncomingMessage, onPiece: () => void): AsyncGenerator<string> {
  let begun: string[] = [];
  let length = 0;
  response.setEncoding("utf8");
  for await (const piece of response) {
    onPiece();
    const [end = "", ...others] = String(piece).split("\n");
    begun.push(end);
    length += end.length;
    if (length > LONGEST_LINE)
      throw new LlmError("provider_error", "A line of the provider's results is larger than 32 MB.");
    const last = others.pop();
    if (last === undefined) continue;
    for (const line of [begun.join(""), ...others]) if (line.trim() !== "") yield line;
    begun = [last];
    length = last.length;
    // What the reader took is no silence of the provider.
    onPiece();
  }
  const line = begun.join("");
  if (line.trim() !== "") yield line;
}

/** Ends a request that says nothing for so long. */
function limitSilence(signal: AbortSignal, longestMs: number) {
  const controller = new AbortController();
  let over = false;
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  const timer = setTimeout(() => {
    over = true;
    controller.abort();
  }, longestMs);
  return {
    signal: controller.signal,
    isOver: () => over,
    heard: () => void timer.refresh(),
    release() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      // Whoever stops reading early ends the request.
      controller.abort();
    },
  };
}
