import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCursor, sealCursor } from "./sealed-cursors";

const SECRET = "s".repeat(32);
const pageOf = (nextCursor: string | null) => ({ items: [1], nextCursor, total: 9, totalExact: true });
const seal = (list: string, input: object, cursor: string) => {
  const page = sealCursor(list, input, pageOf(cursor), SECRET);
  return page !== null && typeof page === "object" && "nextCursor" in page ? String(page.nextCursor) : "";
};

describe("a list's cursor", () => {
  it("comes back as it was made, whatever the page's size and the project's name, in any order of filters", () => {
    const filters = fc.dictionary(fc.constantFrom("status", "label", "since", "id"), fc.string());
    fc.assert(
      fc.property(filters, fc.string(), fc.nat(), (asked, raw, limit) => {
        const cursor = seal("jobs.items", { project: "airline", ...asked }, raw);
        const later = Object.fromEntries(
          Object.entries({ ...asked, limit, project: "other name" }).reverse(),
        );
        expect(openCursor("jobs.items", { ...later, cursor, direction: "forward" }, SECRET)).toMatchObject({
          ...asked,
          cursor: raw,
        });
      }),
    );
  });

  it("is refused by another list, with other filters, under another secret, or made by somebody else", () => {
    const cursor = seal("jobs.items", { id: "a" }, "7");
    const open =
      (list: string, input: object, secret = SECRET) =>
      () =>
        openCursor(list, { cursor, ...input }, secret);
    expect(open("jobs.items", { id: "a" })()).toMatchObject({ cursor: "7" });
    for (const wrong of [
      open("jobs.list", { id: "a" }),
      open("jobs.items", { id: "b" }),
      open("jobs.items", { id: "a", status: "invalid" }),
      open("jobs.items", { id: "a" }, "t".repeat(32)),
      open("jobs.items", { id: "a", cursor: "7" }),
      open("jobs.items", { id: "a", cursor: `${cursor}x` }),
    ])
      expect(wrong).toThrow(expect.objectContaining({ code: "invalid_cursor" }));
  });

  it("is there on pages alone: the last one, and what is no page, stay as they are", () => {
    for (const output of [pageOf(null), null, [], { nextCursor: "x" }, "text"])
      expect(sealCursor("jobs.items", {}, output, SECRET)).toEqual(output);
    for (const input of [undefined, null, {}, { cursor: 7 }])
      expect(openCursor("x", input, SECRET)).toBe(input);
  });
});
