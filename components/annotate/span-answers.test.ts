import { describe, expect, it } from "vitest";
import { withChange, withoutSpan, withSpan } from "./span-answers";
import { createSpanIds } from "./span-ids";

const span = (start: number, end: number, ...value: string[]) => ({ start, end, value });
const [city, airport] = [span(3, 7, "city"), span(9, 12, "airport")];

describe("the spans of a label", () => {
  it("stay in the order of the text, and never stand twice at one place", () => {
    expect(withSpan([airport], city, false)).toEqual([city, airport]);
    expect(withSpan([city], span(3, 7, "airport"), false)).toEqual([span(3, 7, "airport")]);
    expect(withSpan([city], span(3, 7, "airport"), true)).toEqual([span(3, 7, "city", "airport")]);
    expect(withSpan([city], span(3, 9, "city"), false)).toEqual([city, span(3, 9, "city")]);
  });

  it("are changed and taken out by their place", () => {
    expect(withChange([city, airport], city, span(20, 22, "city"))).toEqual([airport, span(20, 22, "city")]);
    expect(withChange([city, airport], city, span(9, 12, "city"))).toEqual([span(9, 12, "city")]);
    expect(withoutSpan([city, airport], city)).toEqual([airport]);
  });

  it("keep their name while their borders move, each label for itself", () => {
    const ids = createSpanIds();
    const before = ids.of("places", city);
    ids.moved("places", city, airport);
    expect(ids.of("places", airport)).toBe(before);
    expect(ids.of("people", airport)).not.toBe(before);
    // One that is marked where it was before is another.
    expect(ids.of("places", city)).not.toBe(before);
  });
});
