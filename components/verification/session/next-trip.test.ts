import { beforeEach, describe, expect, it } from "vitest";
import { createNextTrip, type NextTrip } from "./next-trip";

let trip: NextTrip;
let done: string[];
const act = (name: string) => () => void done.push(name);
beforeEach(() => {
  trip = createNextTrip();
  done = [];
});

describe("an act", () => {
  it("is done at once when nothing is on its way", () => {
    trip.whenThere(act("a"));
    expect(done).toEqual(["a"]);
  });

  it("waits for the label asked for, from the very key on, and is done there once", () => {
    expect(trip.begin("row")).toBe(true);
    trip.whenThere(act("a"));
    trip.see("row");
    trip.head("next");
    trip.see("row");
    expect(done).toEqual([]);
    trip.see("next");
    trip.see("next");
    expect(done).toEqual(["a"]);
    trip.whenThere(act("b"));
    expect(done).toEqual(["a", "b"]);
  });

  it("gives way to a later one", () => {
    trip.begin("row");
    trip.whenThere(act("a"));
    trip.whenThere(act("b"));
    trip.head("next");
    trip.see("next");
    expect(done).toEqual(["b"]);
  });

  it("waits also while the list has no rows yet, and isn't for the row that is first in it", () => {
    trip.begin(null);
    trip.whenThere(act("a"));
    trip.head("next");
    trip.see(null);
    trip.see("first");
    expect(done).toEqual([]);
    trip.see("next");
    expect(done).toEqual(["a"]);
  });

  it("is dropped with a trip that is given up, or when nothing is free", () => {
    trip.begin("row");
    trip.whenThere(act("a"));
    trip.giveUp();
    trip.see("other");
    expect(done).toEqual([]);
  });
});

describe("a trip", () => {
  it("is one at a time", () => {
    expect(trip.begin("row")).toBe(true);
    expect(trip.isUnderWay()).toBe(true);
    expect(trip.begin("row")).toBe(false);
    trip.head("next");
    trip.see("next");
    expect(trip.begin("next")).toBe(true);
  });

  it("is given up by a step elsewhere: what comes then isn't waited for", () => {
    trip.begin("row");
    trip.whenThere(act("a"));
    trip.see("elsewhere");
    expect(trip.isUnderWay()).toBe(false);
    trip.whenThere(act("b"));
    expect(done).toEqual(["b"]);
  });
});
