import { describe, expect, it } from "vitest";
import { findLost, findOutOfOrder, findOverlapAbove, type HistoryRow } from "./find-lost";
import type { Told } from "./watch-browser";

const time = (ms: number) => new Date(1_700_000_000_000 + ms);

const told = (more: Partial<Told> = {}): Told => ({
  userId: "ada",
  key: "k",
  status: "CORRECTS",
  value: ["neg"],
  by: "ada",
  at: time(100).toISOString(),
  restoredBy: null,
  decidedAt: time(100).getTime(),
  toldAt: time(150).getTime(),
  refused: null,
  ...more,
});
const row = (decided: number, created: number, more: Partial<HistoryRow> = {}): HistoryRow => ({
  annotationId: "k",
  verifierId: "ada",
  status: "CORRECTS",
  value: ["neg"],
  current: true,
  overtaken: false,
  restoredById: null,
  decidedAt: time(decided),
  createdAt: time(created),
  ...more,
});

describe("findLost", () => {
  it("finds a decision that was told to be saved and has no row", () => {
    expect(findLost([told()], [])).toHaveLength(1);
    expect(findLost([told({ refused: "overtaken" })], [])).toHaveLength(1);
    expect(findLost([told({ refused: "held" })], [])).toEqual([]);
    expect(findLost([told()], [row(100, 120)])).toEqual([]);
  });

  it("takes the same word of before for it only when that still stood", () => {
    const same = row(10, 20);
    expect(findLost([told()], [same])).toEqual([]);
    const other = row(30, 40, { verifierId: "bo", value: ["neu"] });
    expect(findLost([told()], [same, other])).toHaveLength(1);
    expect(findLost([told()], [same, row(110, 120, { verifierId: "bo", value: ["neu"] })])).toEqual([]);
  });

  it("takes back without a row only what did not stand", () => {
    const back = told({ status: null, value: [] });
    expect(findLost([back], [])).toEqual([]);
    expect(findLost([back], [row(10, 20)])).toHaveLength(1);
  });

  it("knows the same word of a blind label, which says no outcome", () => {
    const blind = told({ status: undefined });
    expect(findLost([blind], [row(10, 20)])).toEqual([]);
    expect(findLost([blind], [row(10, 20, { value: ["neu"] })])).toHaveLength(1);
    expect(findLost([blind], [row(10, 20, { status: "UNSURE" })])).toHaveLength(1);
    expect(findLost([blind], [])).toHaveLength(1);
  });
});

describe("findOutOfOrder", () => {
  it("finds a label of which an older row is current, two are, or none", () => {
    const first = row(10, 20, { current: false });
    expect(findOutOfOrder([first, row(30, 40)])).toEqual([]);
    expect(findOutOfOrder([first, row(30, 40, { overtaken: true, current: false })])).toEqual(["k"]);
    expect(findOutOfOrder([row(10, 20), row(30, 40, { current: false })])).toEqual(["k"]);
    expect(findOutOfOrder([row(10, 20), row(30, 40)])).toEqual(["k"]);
  });
});

describe("in an independent session", () => {
  const others = row(30, 40, { verifierId: "bo", value: ["neu"] });

  it("each person's verdicts stand by themselves", () => {
    expect(findLost([told()], [row(10, 20), others], true)).toEqual([]);
    expect(findLost([told()], [others], true)).toHaveLength(1);
    expect(findOutOfOrder([row(10, 20), others], true)).toEqual([]);
  });

  it("a label has no more than its share of them", () => {
    const rows = [row(10, 20), others, row(50, 60, { verifierId: "cy", status: null })];
    expect(findOverlapAbove(rows, 2)).toEqual([]);
    expect(findOverlapAbove(rows, 1)).toEqual(["k"]);
  });
});
