import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvents } from "./read-events";

/** A stream of the bytes, cut at the given places. */
function cut(text: string, places: readonly number[]): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return new ReadableStream({
    start(controller) {
      for (const [index, end] of [...ends, bytes.length].entries())
        controller.enqueue(bytes.slice(ends[index - 1] ?? 0, end));
      controller.close();
    },
  });
}

async function read(text: string, places: readonly number[] = []) {
  const events = [];
  for await (const event of readEvents(cut(text, places))) events.push(event);
  return events;
}

it("reads names, data of several lines, and passes over comments and fields that it does not know", async () => {
  expect(
    await read('event: progress\ndata: {"a":1}\n\n: still here\n\nid: 7\ndata:two\ndata:  lines\n\n'),
  ).toEqual([
    { event: "progress", data: '{"a":1}' },
    { event: "message", data: "two\n lines" },
  ]);
});

it("drops the event that the stream ends in", async () => {
  expect(await read("data: whole\n\ndata: half")).toEqual([{ event: "message", data: "whole" }]);
  expect(await read("data: whole\r\rdata: half\r")).toEqual([{ event: "message", data: "whole" }]);
});

it("is the same however the bytes are cut and the lines end", async () => {
  const line = fc.stringMatching(/^[^\r\n]{1,12}$/u);
  const events = fc.array(fc.record({ event: line, data: line }), { maxLength: 5 });
  const end = fc.constantFrom("\n", "\r\n", "\r");
  await fc.assert(
    fc.asyncProperty(events, end, fc.array(fc.nat(500)), async (sent, lineEnd, places) => {
      const text = sent.map(
        ({ event, data }) => `event: ${event}${lineEnd}data: ${data}${lineEnd}${lineEnd}`,
      );
      expect(await read(text.join(""), places)).toEqual(sent);
    }),
  );
});
