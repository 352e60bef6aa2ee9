import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeFormula } from "./escape-formula";

describe("escapeFormula", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["  =1", "'  =1"],
    ["\u00a0=1", "'\u00a0=1"],
    ["\t=1", "'\t=1"],
    ["\tquiet", "'\tquiet"],
    ["\rquiet", "'\rquiet"],
    ["'=1", "''=1"],
    ["''\n-x", "'''\n-x"],
    ["- a list", "'- a list"],
    ["+1-2", "'+1-2"],
    ["'+1", "''+1"],
    ["-.5", "'-.5"],
    ["-1e5", "'-1e5"],
  ])("guards %j", (text, guarded) => {
    expect(escapeFormula(text)).toBe(guarded);
  });

  it.each(["", "a=b", "'quoted'", "it's", "-5", "+5", "-5.25", "+5.25", "0", "12", "(=1)", '"=1"', "\n"])(
    "leaves %j alone",
    (text) => {
      expect(escapeFormula(text)).toBe(text);
    },
  );

  it("loses nothing: what a spreadsheet hides is one quote, and no two texts become one", () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom("'", "=", "-", "+", "5", " ", "\t", "a", "."), { maxLength: 6 })
        .map((units) => units.join("")),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(["", "'"].map((mark) => mark + a)).toContain(escapeFormula(a));
        expect(escapeFormula(a) === escapeFormula(b)).toBe(a === b);
        if (!/^[+-]?\d+(\.\d+)?$/.test(escapeFormula(a)))
          expect(escapeFormula(a)).not.toMatch(/^(?:\s*[=+\-@]|[\t\r])/);
      }),
    );
  });
});
