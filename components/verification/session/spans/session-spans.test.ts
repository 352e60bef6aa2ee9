import { describe, expect, it } from "vitest";
import type { LiveVerdict } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import { accepting, correcting, foundAfterAll, isSpanItem, recordSpans, rejecting } from "./session-spans";

const item = (own: Partial<SessionItem> = {}): SessionItem => ({
  annotationId: "span",
  recordId: "record",
  externalId: "r1",
  content: "I live in Oslo, near Oslo fjord",
  metadata: {},
  jobId: "job",
  level: "span",
  start: 10,
  end: 14,
  blind: false,
  value: ["city"],
  conf: 0.9,
  confReason: null,
  probabilities: null,
  position: 0,
  inclusion: 1,
  room: "room",
  others: [],
  sameRecord: [],
  holder: null,
  verdict: null,
  verdicts: [],
  enough: false,
  ...own,
});

const verdict = (own: Partial<LiveVerdict> = {}): LiveVerdict => ({
  status: "CONFIRMS",
  value: ["city"],
  start: null,
  end: null,
  reason: null,
  together: false,
  by: "ann",
  at: "2026-01-01T00:00:00.000Z",
  unsaved: false,
  ...own,
});

const shown = (more: Partial<Parameters<typeof recordSpans>[0]> = {}) =>
  recordSpans({
    label: "places",
    items: [item()],
    verdictOf: () => null,
    marked: [],
    me: "me",
    nameOf: (id) => ({ ann: "Ann", bo: "Bo" })[id] ?? id,
    jobNameOf: () => "extractor",
    optionText: (value) => value.toUpperCase(),
    ...more,
  });

describe("the spans of a record", () => {
  it("are the jobs', a record without one has none, and those that people marked", () => {
    const spans = shown({
      items: [item(), item({ annotationId: "none", start: null, end: null, value: [] })],
      marked: [
        {
          key: "mine",
          recordId: "record",
          label: "places",
          value: ["land"],
          start: 0,
          end: 1,
          by: "me",
          at: "",
          unsaved: true,
        },
        {
          key: "theirs",
          recordId: "record",
          label: "places",
          value: ["land"],
          start: 2,
          end: 6,
          by: "bo",
          at: "",
          unsaved: false,
        },
      ],
    });
    expect(spans).toMatchObject([
      {
        id: "span",
        value: ["city"],
        start: 10,
        end: 14,
        by: { kind: "job", name: "extractor" },
        verdict: null,
      },
      { id: "mine", by: { kind: "user", name: "you" }, editable: true, unsaved: true },
      { id: "theirs", by: { kind: "user", name: "Bo" }, editable: false },
    ]);
  });

  it("show what the live document says, before what came with the page", () => {
    const row = {
      status: "CORRECTS" as const,
      value: ["land"],
      start: 9,
      end: 14,
      by: { id: "bo", name: "Bo" },
      at: "",
    };
    expect(shown({ items: [item({ verdict: row })] })[0]).toMatchObject({
      value: ["land"],
      start: 9,
      verdict: { status: "CORRECTS", by: "Bo", replaced: { value: ["city"], start: 10, end: 14 } },
    });
    const [live] = shown({
      items: [item({ verdict: row })],
      verdictOf: () => verdict({ by: "me", unsaved: true }),
    });
    expect(live).toMatchObject({
      value: ["city"],
      start: 10,
      verdict: { status: "CONFIRMS", by: "you", unsaved: true, replaced: null },
    });
    expect(
      shown({ items: [item({ verdict: row })], verdictOf: () => verdict({ status: null, value: [] }) })[0]
        ?.verdict,
    ).toBeNull();
  });

  it("keep the job's borders under a correction of the option alone, and its words under can't tell", () => {
    expect(shown({ verdictOf: () => verdict({ status: "CORRECTS", value: ["land"] }) })[0]).toMatchObject({
      value: ["land"],
      start: 10,
      end: 14,
    });
    expect(shown({ verdictOf: () => verdict({ status: "UNSURE", value: [] }) })[0]).toMatchObject({
      value: ["city"],
      verdict: { status: "UNSURE" },
    });
  });

  it("say what another decided otherwise", () => {
    const other = { status: "CORRECTS" as const, by: { id: "bo", name: "Bo" }, at: "" };
    expect(
      shown({ items: [item({ verdicts: [{ ...other, value: ["land"], start: 9, end: 14 }] })] })[0]?.conflict,
    ).toBe("Bo: LAND, characters 9 to 14");
    expect(shown({ items: [item({ verdicts: [{ ...other, value: [] }] })] })[0]?.conflict).toBe(
      "Bo took it out",
    );
  });
});

describe("what is decided on a span", () => {
  const span = item();
  if (!isSpanItem(span)) throw new Error("the item has a place");

  it("carries borders only where they are not the job's, and confirms what is the job's again", () => {
    expect(correcting(span, { value: ["city"], start: 10, end: 20 })).toEqual({
      annotationId: "span",
      room: "room",
      status: "CORRECTS",
      value: ["city"],
      start: 10,
      end: 20,
    });
    expect(correcting(span, { value: ["land"], start: 10, end: 14 })).toEqual({
      annotationId: "span",
      room: "room",
      status: "CORRECTS",
      value: ["land"],
    });
    expect(correcting(span, { value: ["city"], start: 10, end: 14 }).status).toBe("CONFIRMS");
  });

  it("says with no option that it is none, and confirms it, or that there is none, as it was given", () => {
    expect(rejecting(span)).toMatchObject({ status: "CORRECTS", value: [] });
    expect(accepting(span)).toMatchObject({ status: "CONFIRMS", value: ["city"] });
    expect(accepting(item({ start: null, end: null, value: [] }))).toMatchObject({
      status: "CONFIRMS",
      value: [],
    });
  });

  it("where a job found none, says with the first span that there is something, and not again", () => {
    const none = item({ annotationId: "none", start: null, end: null, value: [] });
    expect(foundAfterAll([span, none], () => null)).toEqual([rejecting(none)]);
    expect(foundAfterAll([none], () => verdict({ status: "CORRECTS", value: [] }))).toEqual([]);
    expect(foundAfterAll([none], () => verdict({ value: [] }))).toEqual([rejecting(none)]);
  });
});
