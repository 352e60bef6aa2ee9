import { describe, expect, it } from "vitest";
import { MAX_SPANS_OF_PERSON, MAX_SPANS_OF_RECORD, MAX_SPANS_OF_ROOM, type SpanMark } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import type { RoomItems } from "@/server/modules/verification";
import { judgeSpan } from "./judge-span";
import { createSpanPlaces, type SpanPlaces } from "./span-places";

const id = (end: string): string => `018f0000-0000-7000-8000-00000000000${end}`;
const [me, other, record, key] = [id("a"), id("b"), id("c"), id("d")];
const author: ProjectActor = {
  userId: me,
  userName: "Ada",
  tokenScopes: [],
  projectId: other,
  projectSlug: "p",
  role: "reviewer",
};
const room: RoomItems = {
  definition: {
    name: "places",
    level: "span",
    multi: true,
    options: ["city", "land"].map((value) => ({ value, text: value })),
  },
  schemaVersion: 1,
  overlap: null,
  items: new Map(),
  records: new Map([[record, 10]]),
};
const now = {
  state: "open" as const,
  held: [],
  people: [{ userId: me, role: "reviewer" as const, opened: false }],
};
const span = (more: Partial<SpanMark> = {}): SpanMark => ({
  recordId: record,
  label: "places",
  value: ["city"],
  start: 0,
  end: 4,
  by: me,
  at: "2026-01-01T00:00:00.000Z",
  ...more,
});
const free = createSpanPlaces([], () => []);
const judge = (mark: unknown, more: Partial<Parameters<typeof judgeSpan>[0]> = {}) =>
  judgeSpan({
    key,
    value: mark,
    author,
    room,
    now,
    committed: null,
    places: createSpanPlaces([], () => []),
    ...more,
  });
const counting = (ofRecord: number, ofPerson: number, ofRoom: number): SpanPlaces => ({
  ...free,
  count: () => ({ ofRecord, ofPerson, ofRoom }),
});

describe("a span", () => {
  it("that says what stands already, in any order of options, makes no row", () => {
    const committed = span({ value: ["city", "land"] });
    expect(judge(committed, { committed })).toEqual({ kind: "known" });
    expect(judge({ ...committed, base: null }, { committed })).toEqual({ kind: "known" });
    const again = span({ value: ["land", "city"], at: "2026-01-02T00:00:00.000Z" });
    expect(judge(again, { committed })).toMatchObject({ kind: "accepted", mark: again, row: null });
  });

  it("in a record that somebody else holds is refused; in one's own lease it stands", () => {
    const held = (userId: string) => ({ now: { ...now, held: [{ recordId: record, userId }] } });
    expect(judge(span(), held(other))).toMatchObject({ code: "held" });
    expect(judge(span(), held(me))).toMatchObject({ kind: "accepted" });
  });

  it("stays in its record, and is its author's", () => {
    const elsewhere = span({ recordId: other });
    expect(judge(span(), { committed: elsewhere })).toMatchObject({ code: "invalid" });
    expect(judge(span(), { committed: span({ by: other }) })).toMatchObject({ code: "forbidden" });
  });

  it("is no more when there are too many, but one that is there can be changed", () => {
    for (const places of [
      counting(MAX_SPANS_OF_RECORD, 0, 0),
      counting(0, MAX_SPANS_OF_PERSON, 0),
      counting(0, 0, MAX_SPANS_OF_ROOM),
    ]) {
      expect(judge(span(), { places })).toMatchObject({ code: "too_many" });
      expect(judge(span(), { places, committed: span({ end: 9 }) })).toMatchObject({ kind: "accepted" });
    }
  });

  it("can't be marked in a session on whole records", () => {
    const ofRecords = { ...room, definition: { ...room.definition, level: "record" as const } };
    expect(judge(span(), { room: ofRecords })).toMatchObject({ code: "invalid" });
  });
});

describe("the places of a commit", () => {
  it("hold one span of a person each, know who moved, and count what was taken away", () => {
    const places = createSpanPlaces([], () => [span({ value: [] }), span({ by: other }), "junk"]);
    expect(places.count(span())).toEqual({ ofRecord: 1, ofPerson: 1, ofRoom: 2 });
    places.note(key, span(), true);
    expect(places.at(span({ value: ["land"] }))).toBe(key);
    expect(places.at(span({ by: other }))).toBeUndefined();
    expect(places.count(span())).toEqual({ ofRecord: 2, ofPerson: 2, ofRoom: 3 });
    places.note(key, span({ start: 1 }), false);
    expect([places.at(span()), places.at(span({ start: 1 }))]).toEqual([undefined, key]);
    places.note(key, span({ start: 1, value: [] }), false);
    expect([places.at(span({ start: 1 })), places.holder(key)]).toEqual([undefined, undefined]);
  });
});
