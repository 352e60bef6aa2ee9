import { describe, expect, it } from "vitest";
import { waitFor } from "@/server/testing/wait-for";
import { byteStream } from "./byte-stream";

/** A stream over numbered chunks, and what became of it. */
function openStream({ count, stallMs = 60_000 }: { count: number; stallMs?: number }) {
  const seen = { made: 0, ends: 0, left: false };
  async function* chunks() {
    try {
      for (let i = 0; i < count; i++) {
        seen.made += 1;
        yield `${i};`;
      }
    } finally {
      seen.left = true;
    }
  }
  const abort = new AbortController();
  const onEnd = () => {
    seen.ends += 1;
  };
  return { stream: byteStream(chunks(), { abort, onEnd, stallMs }), seen, abort };
}

describe("byteStream", () => {
  it("gives every chunk in order and ends once", async () => {
    const { stream, seen, abort } = openStream({ count: 4 });
    expect(await new Response(stream).text()).toBe("0;1;2;3;");
    expect([seen.ends, seen.left, abort.signal.aborted]).toEqual([1, true, false]);
  });

  it("makes only what is read, and stops when its reader leaves", async () => {
    const { stream, seen, abort } = openStream({ count: 1000 });
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    expect(seen.made).toBeLessThan(4);
    expect([seen.ends, seen.left, abort.signal.aborted]).toEqual([1, true, true]);
  });

  it("gives up a reader that takes nothing", async () => {
    const { stream, seen, abort } = openStream({ count: 1000, stallMs: 5 });
    const reader = stream.getReader();
    await reader.read();
    await waitFor("the stream to be given up", () => seen.left);
    expect([seen.ends, abort.signal.aborted]).toEqual([1, true]);
    await expect(reader.closed).rejects.toThrow("took nothing");
  });

  it("breaks off, rather than ending as if whole, when its work fails", async () => {
    const ends: string[] = [];
    async function* failing() {
      yield "a";
      throw new Error("the database is gone");
    }
    const abort = new AbortController();
    const stream = byteStream(failing(), { abort, stallMs: 1000, onEnd: () => ends.push("end") });
    await expect(new Response(stream).text()).rejects.toThrow("the database is gone");
    expect(ends).toEqual(["end"]);
  });
});
