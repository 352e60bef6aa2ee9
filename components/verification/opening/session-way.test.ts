import { describe, expect, it } from "vitest";
import { usualWay, wayInput, wayProblems } from "./session-way";

describe("how people work in a new session", () => {
  it("is shared and open unless it is said otherwise", () => {
    expect(wayProblems(usualWay)).toEqual({});
    expect(wayInput(usualWay)).toEqual({ mode: "shared", blindShare: 0, members: [] });
  });

  it("takes how many verdicts an independent session, and a share in percent", () => {
    const way = { ...usualWay, mode: "independent", verdictsPerItem: "3", blindPercent: "12.5" } as const;
    expect(wayInput(way)).toEqual({
      mode: "independent",
      verdictsPerItem: 3,
      blindShare: 0.125,
      members: [],
    });
  });

  it("has a name only when one is given, and lets in who is chosen", () => {
    expect(wayInput({ ...usualWay, name: "  " })).not.toHaveProperty("name");
    expect(wayInput({ ...usualWay, name: " Monday ", members: ["bo"] })).toMatchObject({
      name: "Monday",
      members: ["bo"],
    });
  });

  it("draws a sample only when a size is given", () => {
    const { sample } = wayInput({ ...usualWay, sampleSize: " 50 " });
    expect(sample?.size).toBe(50);
    expect(Number.isInteger(sample?.seed)).toBe(true);
    for (const sampleSize of ["0", "1.5", "1000001", "many"])
      expect(wayProblems({ ...usualWay, sampleSize }).sampleSize).toBeDefined();
  });

  it("names what is wrong; how many verdicts only where it counts", () => {
    const wrong = { ...usualWay, verdictsPerItem: "0", blindPercent: "101" };
    expect(Object.keys(wayProblems({ ...wrong, mode: "independent" }))).toEqual([
      "verdictsPerItem",
      "blindPercent",
    ]);
    expect(Object.keys(wayProblems({ ...wrong, mode: "shared" }))).toEqual(["blindPercent"]);
    for (const blindPercent of ["", " ", "x", "-1"])
      expect(wayProblems({ ...usualWay, blindPercent }).blindPercent).toBeDefined();
    for (const verdictsPerItem of ["", "1.5", "21", "two"])
      expect(
        wayProblems({ ...usualWay, mode: "independent", verdictsPerItem }).verdictsPerItem,
      ).toBeDefined();
  });
});
