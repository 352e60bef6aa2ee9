import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownPath, signInPath } from "./own-path";

describe("ownPath", () => {
  it("keeps paths of this server", () => {
    for (const path of ["/projects", "/p/a/records?q=%2F%2Fx#row", "/p/ä"]) expect(ownPath(path)).toBe(path);
  });

  it("never leads to another server", () => {
    const base = "https://tandem.example";
    const nasty = [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "/\t/evil.example",
      "",
      null,
      7,
    ];
    for (const path of nasty) expect(ownPath(path)).toBe("/");
    const piece = fc.constantFrom(
      "/",
      "\\",
      "\t",
      "\n",
      "@",
      ":",
      "evil.example",
      "https:",
      "?",
      "#",
      "..",
      "a",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        expect(new URL(ownPath(pieces.join("")), base).origin).toBe(base);
      }),
    );
  });
});

describe("signInPath", () => {
  it("leads back to where one was", () => {
    expect(signInPath("/p/a?x=1&y=2")).toBe("/sign-in?next=%2Fp%2Fa%3Fx%3D1%26y%3D2");
    expect(signInPath(null)).toBe("/sign-in");
  });
});
