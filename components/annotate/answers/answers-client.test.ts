import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countUnsent } from "@/components/saving/outbox";
import { createStorage } from "@/components/saving/testing/memory-storage";
import type { Work } from "@/contracts/annotating";
import { workProgress } from "../work-progress";
import { createAnswersClient } from "./answers-client";
import { chosen, nothing, unsure } from "./said";
import type { Failure } from "./sender";
import { createAnswerServer } from "./testing/answer-server";

const [a, b] = ["018f0000-0000-7000-8000-00000000000a", "018f0000-0000-7000-8000-00000000000b"];
const userId = "018f0000-0000-7000-8000-00000000000c";
const failures: Record<string, Failure> = { "401": "signed-out", "400": "unfit" };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function world() {
  const server = createAnswerServer();
  const storage = createStorage();
  const count = vi.fn(async () => server.progressOf([a, b]));
  const openPage = () => {
    const client = createAnswersClient({
      userId,
      projectId: "p",
      storage,
      send: server.send,
      failureOf: (error) => failures[error instanceof Error ? error.message : ""] ?? "unreachable",
      messageOf: String,
      countProgress: count,
    });
    client.start();
    return client;
  };
  return { server, storage, count, openPage };
}
type Page = ReturnType<ReturnType<typeof world>["openPage"]>;

/** Milliseconds in which everything is sent, however often it is lost. */
const LONG = 600_000;

/** What is on its way arrives; nothing waits for a pause. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const give = (page: Page, recordId: string, ...value: string[]) =>
  page.snapshot().give([{ recordId, label: "mood", words: chosen(value) }]);
const shown = (page: Page, recordId: string) => page.snapshot().answerOf(recordId, "mood")?.value ?? [];

describe("answers", () => {
  it("are there at once, and saved when the server says so", async () => {
    const { server, openPage } = world();
    const page = openPage();
    give(page, a, "glad");
    expect([shown(page, a), page.snapshot().isUnsaved(a, "mood"), page.snapshot().save.kind]).toEqual([
      ["glad"],
      true,
      "saving",
    ]);
    await settle();
    expect([server.valueOf(a), page.snapshot().save, page.unsent()]).toEqual([
      ["glad"],
      { kind: "saved", at: expect.any(Date) },
      0,
    ]);
    expect(give(page, a, "glad")).toBe(0);
  });

  it("go in one call while another is under way, each on what its author saw", async () => {
    const { server, openPage } = world();
    const page = openPage();
    give(page, a, "glad");
    await settle();
    give(page, a, "sad");
    give(page, a, "calm");
    give(page, b, "glad");
    await settle();
    expect([server.valueOf(a), server.valueOf(b)]).toEqual([["calm"], ["glad"]]);
    expect(server.calls.length).toBeLessThanOrEqual(3);
    expect(page.snapshot().notices).toEqual([]);
  });

  it("wait in the browser while the server is away, are counted, and are sent when it is back", async () => {
    const { server, storage, openPage } = world();
    const page = openPage();
    server.next("lost before", "lost before", "lost before");
    give(page, a, "glad");
    give(page, b, "sad");
    await vi.advanceTimersByTimeAsync(2000);
    expect(page.snapshot().save).toEqual({ kind: "offline", count: 2 });
    expect(countUnsent(storage, userId)).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect([server.valueOf(a), server.valueOf(b)]).toEqual([["glad"], ["sad"]]);
    expect(page.snapshot().save.kind).toBe("saved");
  });

  it("wait while the browser is offline, also when the last call before it still came through", async () => {
    const browser = new EventTarget();
    vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
    vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
    const { openPage } = world();
    const page = openPage();
    give(page, a, "glad");
    browser.dispatchEvent(new Event("offline"));
    await settle();
    expect(page.snapshot().save).toEqual({ kind: "offline", count: 0 });
    browser.dispatchEvent(new Event("online"));
    expect(page.snapshot().save.kind).toBe("saved");
  });

  it("of a page that was closed are sent by the next one", async () => {
    const { server, count, openPage } = world();
    const closed = openPage();
    server.next("lost before", "lost before");
    give(closed, a, "glad");
    await settle();
    closed.stop();
    const page = openPage();
    await settle();
    expect([shown(page, a), server.valueOf(a)]).toEqual([["glad"], []]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([server.valueOf(a), page.unsent(), count.mock.calls.length]).toEqual([["glad"], 0, 1]);
    expect(page.snapshot().progress).toEqual({ records: 2, done: 1, unsure: 0 });
  });

  it("whose receipt got lost are one's own, also when decided anew meanwhile and after a reload", async () => {
    const { server, openPage } = world();
    const page = openPage();
    server.next("lost after");
    give(page, a, "glad");
    await settle();
    give(page, a, "sad");
    await vi.advanceTimersByTimeAsync(10_000);
    expect([server.valueOf(a), page.snapshot().notices]).toEqual([["sad"], []]);
    server.next("lost after", "lost before");
    give(page, a, "calm");
    await settle();
    give(page, a, "glad");
    page.stop();
    const again = openPage();
    again.learn([server.listed(a)]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([server.valueOf(a), again.snapshot().notices]).toEqual([["glad"], []]);
  });

  it("that are older than what was answered in another window are overtaken, and shown", async () => {
    const { server, openPage } = world();
    const page = openPage();
    server.elsewhere(a, ["sad"]);
    give(page, a, "glad");
    await settle();
    expect(server.valueOf(a)).toEqual(["sad"]);
    expect([shown(page, a), page.snapshot().notices]).toMatchObject([
      ["sad"],
      [{ recordId: a, label: "mood", mine: { value: ["glad"] }, stands: { value: ["sad"] } }],
    ]);
    give(page, a, "glad");
    await settle();
    expect(server.valueOf(a)).toEqual(["glad"]);
  });

  it("that are refused are taken back on the screen and said, and the others are written", async () => {
    const { server, openPage } = world();
    const page = openPage();
    page.snapshot().give([
      { recordId: a, label: "mood", words: chosen(["unknown"]) },
      { recordId: b, label: "mood", words: chosen(["glad"]) },
    ]);
    await settle();
    expect([shown(page, a), shown(page, b), server.valueOf(b)]).toEqual([[], ["glad"], ["glad"]]);
    expect(page.snapshot().notices).toMatchObject([{ recordId: a, stands: null }]);
  });

  it("that a call can't hold are found one by one", async () => {
    const { server, openPage } = world();
    const page = openPage();
    server.next(new Error("400"), new Error("400"));
    page.snapshot().give([a, b].map((recordId) => ({ recordId, label: "mood", words: chosen(["glad"]) })));
    await settle();
    expect([server.valueOf(a), server.valueOf(b), page.unsent()]).toEqual([[], ["glad"], 0]);
    expect(page.snapshot().notices).toHaveLength(1);
  });

  it("stay in the browser, and can be copied, when their author is signed out", async () => {
    const { server, storage, openPage } = world();
    const page = openPage();
    server.next(new Error("401"));
    give(page, a, "glad");
    await settle();
    expect(page.snapshot().save).toMatchObject({
      kind: "refused",
      reason: "signed-out",
      kept: [{ recordId: a, label: "mood", value: ["glad"] }],
    });
    expect([page.snapshot().readOnly, countUnsent(storage, userId)]).toEqual([true, 1]);
  });

  it("know what was there before this page changed it, for the figures of the server", async () => {
    const { server, openPage } = world();
    server.elsewhere(a, ["sad"]);
    const page = openPage();
    page.learn([server.listed(a)]);
    give(page, a, "glad");
    give(page, a, "calm");
    give(page, b, "glad");
    const { touched } = page.snapshot();
    expect([...touched.values()]).toMatchObject([{ value: ["sad"] }, null]);
  });
});

describe("the figures of work that a closed page left behind", () => {
  const mood = { name: "mood", asked: true, level: "record" as const, multi: false, options: [] };
  const figuresOf = (page: Page, opened: Work["progress"]) => {
    const { progress, touched, answerOf } = page.snapshot();
    return workProgress(progress ?? opened, [mood], touched, answerOf);
  };

  it("hold what is answered while they are counted anew once, and not twice", async () => {
    const { server, count, openPage } = world();
    const closed = openPage();
    server.next("lost before");
    give(closed, a, "glad");
    await settle();
    closed.stop();
    const opened = server.progressOf([a, b]);
    // The count is made at once, and takes a second to arrive.
    count.mockImplementation(async () => {
      const counted = server.progressOf([a, b]);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return counted;
    });
    const page = openPage();
    await vi.advanceTimersByTimeAsync(10);
    expect([server.valueOf(a), count.mock.calls.length]).toEqual([["glad"], 1]);
    give(page, b, "sad");
    page.snapshot().undo();
    await vi.advanceTimersByTimeAsync(500);
    page.snapshot().redo();
    await vi.advanceTimersByTimeAsync(LONG);
    expect(figuresOf(page, opened)).toEqual({ records: 2, done: 2, unsure: 0 });
  });

  it("are counted when the line is back, if it went between the last answer and the count", async () => {
    const browser = new EventTarget();
    vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
    vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
    const { server, count, openPage } = world();
    const closed = openPage();
    server.next("lost before");
    give(closed, a, "glad");
    await settle();
    closed.stop();
    const opened = server.progressOf([a, b]);
    count.mockRejectedValueOnce(new Error("unreachable"));
    const page = openPage();
    await vi.advanceTimersByTimeAsync(LONG);
    expect(figuresOf(page, opened).done).toBe(0);
    browser.dispatchEvent(new Event("offline"));
    browser.dispatchEvent(new Event("online"));
    await settle();
    expect(figuresOf(page, opened).done).toBe(1);
  });

  it("are what the server counts in the end, whatever was lost, answered and taken back meanwhile", async () => {
    const words = { glad: chosen(["glad"]), unsure: unsure(), nothing };
    type Step = {
      act: keyof typeof words | "undo";
      recordId: string;
      fates: ("lost before" | "lost after")[];
      waits: number;
    };
    const step = fc.record<Step>({
      act: fc.constantFrom("glad", "unsure", "nothing", "undo"),
      recordId: fc.constantFrom(a, b),
      fates: fc.array(fc.constantFrom("lost before", "lost after"), { maxLength: 2 }),
      waits: fc.constantFrom(0, 5, 40, 400),
    });
    const perform = async (
      server: ReturnType<typeof createAnswerServer>,
      page: Page,
      { act, recordId, fates, waits }: Step,
    ) => {
      server.next(...fates);
      if (act === "undo") page.snapshot().undo();
      else page.snapshot().give([{ recordId, label: "mood", words: words[act] }]);
      await vi.advanceTimersByTimeAsync(waits);
    };
    const steps = fc.array(step, { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, steps, fc.constantFrom(0, 30, 300), async (before, after, delay) => {
        const { server, count, openPage } = world();
        const closed = openPage();
        for (const each of before) await perform(server, closed, each);
        closed.stop();
        const opened = server.progressOf([a, b]);
        const listed = [server.listed(a), server.listed(b)];
        count.mockImplementation(async () => {
          const counted = server.progressOf([a, b]);
          await new Promise((resolve) => setTimeout(resolve, delay));
          return counted;
        });
        const page = openPage();
        page.learn(listed);
        for (const each of after) await perform(server, page, each);
        await vi.advanceTimersByTimeAsync(LONG);
        expect(figuresOf(page, opened)).toEqual(server.progressOf([a, b]));
        page.stop();
      }),
      { numRuns: 150, seed: 20261201 },
    );
  });
});

describe("undo", () => {
  it("takes back a whole act at once, to exactly what was there, and does it again", async () => {
    const { server, openPage } = world();
    const page = openPage();
    page.snapshot().give([{ recordId: a, label: "mood", words: unsure("torn") }]);
    await settle();
    page.snapshot().give([a, b].map((recordId) => ({ recordId, label: "mood", words: chosen(["glad"]) })));
    await settle();
    expect(page.snapshot().undo()).toEqual({ kind: "done", recordIds: [a, b] });
    await settle();
    expect(page.snapshot().answerOf(a, "mood")).toMatchObject(unsure("torn"));
    expect([page.snapshot().answerOf(b, "mood"), server.valueOf(b)]).toEqual([null, []]);
    page.snapshot().redo();
    await settle();
    expect([server.valueOf(a), server.valueOf(b)]).toEqual([["glad"], ["glad"]]);
  });

  it("leaves alone what was answered in another window since", async () => {
    const { server, openPage } = world();
    const page = openPage();
    give(page, a, "glad");
    await settle();
    server.elsewhere(a, ["sad"]);
    page.learn([server.listed(a)]);
    expect(page.snapshot().undo()).toEqual({ kind: "overtaken", recordIds: [a] });
    await settle();
    expect(server.valueOf(a)).toEqual(["sad"]);
    expect(page.snapshot().undo()).toEqual({ kind: "nothing" });
  });

  it("of everything comes back to the beginning, and redo to the end, whatever was lost on the way", async () => {
    const value = fc.subarray(["glad", "sad", "calm"]).map((options) => chosen(options));
    const act = fc.record({
      words: fc.oneof(value, fc.constant(unsure()), fc.constant(nothing)),
      records: fc.subarray([a, b], { minLength: 1 }),
      fates: fc.array(fc.constantFrom("lost before" as const, "lost after" as const), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { server, openPage } = world();
        const page = openPage();
        let given = 0;
        for (const { words, records, fates } of acts) {
          server.next(...fates);
          const changes = records.map((recordId) => ({ recordId, label: "mood", words }));
          if (page.snapshot().give(changes) > 0) given += 1;
          await settle();
        }
        const end = [shown(page, a), shown(page, b)];
        for (let step = 0; step < given; step += 1) expect(page.snapshot().undo().kind).toBe("done");
        await vi.advanceTimersByTimeAsync(LONG);
        expect([server.valueOf(a), server.valueOf(b)]).toEqual([[], []]);
        for (let step = 0; step < given; step += 1) page.snapshot().redo();
        await vi.advanceTimersByTimeAsync(LONG);
        expect([server.valueOf(a), server.valueOf(b)]).toEqual(end);
        expect(page.snapshot().notices).toEqual([]);
        page.stop();
      }),
      { numRuns: 150, seed: 20261125 },
    );
  });
});
