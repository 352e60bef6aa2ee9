import { describe, expect, it } from "vitest";
import { createAllowance } from "./allowance";

describe("what a connection may send", () => {
  it("is a program's thousand decisions at once, and no endless stream of them", () => {
    const isAllowed = createAllowance(0);
    const sent = Array.from({ length: 10_000 }, () => isAllowed(300, 0));
    expect(sent.indexOf(false)).toBe(5000);
  });

  it("fills up again with time, never above the first allowance", () => {
    const isAllowed = createAllowance(0);
    for (let n = 0; n < 5000; n++) isAllowed(1, 0);
    expect(isAllowed(1, 0)).toBe(false);
    expect(isAllowed(1, 1000)).toBe(true);
    const later = Array.from({ length: 6000 }, () => isAllowed(1, 1_000_000));
    expect(later.filter(Boolean)).toHaveLength(5000);
  });

  it("counts bytes too, and is not fooled by a clock that goes back", () => {
    const isAllowed = createAllowance(1000);
    const large = 256 * 1024;
    const sent = Array.from({ length: 100 }, () => isAllowed(large, 0));
    expect(sent.indexOf(false)).toBe(64);
  });

  it("a message that makes much work weighs as much as many", () => {
    const isAllowed = createAllowance(0);
    for (let asked = 0; asked < 50; asked++) expect(isAllowed(0, 0, 100)).toBe(true);
    expect(isAllowed(0, 0)).toBe(false);
  });
});
