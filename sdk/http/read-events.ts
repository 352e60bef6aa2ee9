/** One server-sent event; `event` is `message` when it has no name. */
export type ServerEvent = { event: string; data: string };

/**
 * Reads server-sent events, however the bytes are cut (HTML Standard, 9.2.6). Comments and events without data are none;
 * one that the stream ends in is dropped.
 */
export async function* readEvents(bytes: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  let event = "";
  let data: string[] = [];
  for await (const line of readLines(bytes)) {
    if (line === "") {
      if (data.length > 0) yield { event: event || "message", data: data.join("\n") };
      event = "";
      data = [];
      continue;
    }
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
  }
}

/** Lines that end with CR, LF or both; the last one when it is whole. */
async function* readLines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      const lines = text.split(/\r\n|\n|\r(?!$)/);
      text = lines.pop() ?? "";
      // A CR at the very end may be half of a CRLF: it waits for what comes next.
      if (done && text.endsWith("\r")) lines.push(text.slice(0, -1));
      yield* lines;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
