import fc from "fast-check";
import { expect, it } from "vitest";
import { isStorable } from "@/contracts/common";
import { columnView } from "@/contracts/views";
import { printView, readView } from "./view-text";

const id = fc.oneof(
  fc.constantFrom("content", "metadata:a.b~c!1", "metadata:Größe, „in cm“", "label:018f-1:a:b"),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter((text) => isStorable(text) && text !== "__proto__"),
);
const view = fc.record({
  order: fc.uniqueArray(id, { maxLength: 6 }),
  hidden: fc.uniqueArray(id, { maxLength: 3 }),
  shown: fc.uniqueArray(id, { maxLength: 3 }),
  frozen: fc.uniqueArray(id, { maxLength: 3 }),
  widths: fc.dictionary(id, fc.integer({ min: 24, max: 4000 }), { maxKeys: 4 }),
});

it("comes back from an address as it was", () => {
  fc.assert(
    fc.property(view, (one) => {
      const params = new URLSearchParams({ view: printView(one) });
      const back = readView(new URLSearchParams(params.toString()).get("view") ?? "");
      expect(back).toEqual(columnView.parse(one));
    }),
  );
});

it("is short and can be read by people", () => {
  expect(printView(columnView.parse({}))).toBe("");
  expect(printView(columnView.parse({ hidden: ["position"], widths: { content: 500 } }))).toBe(
    "h.position~w.content.500",
  );
});

it("makes nothing of what somebody typed", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = readView(text);
      expect(read === null || columnView.safeParse(read).success).toBe(true);
    }),
  );
  expect(readView("w.content.wide")).toBeNull();
  expect(readView("columns")).toBeNull();
});
