import fc from "fast-check";
import { expect, it } from "vitest";
import { contentDisposition } from "./file-name";

it.each([
  [["airline", "final", "sentiment"], "csv", 'attachment; filename="airline-final-sentiment.csv"'],
  [
    ["airline", "final", "Größe/π"],
    "csv",
    "attachment; filename=\"airline-final-Gr_e-_.csv\"; filename*=UTF-8''airline-final-Gr%C3%B6%C3%9Fe-%CF%80.csv",
  ],
  [["a", "../../etc"], "csv", 'attachment; filename="a-..-..-etc.csv"'],
])("names %j", (parts, extension, header) => {
  expect(contentDisposition(parts, extension)).toBe(header);
});

it("can always stand in a header, and no name leaves its folder or its quotes", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 3 }), (parts) => {
      const header = contentDisposition(parts, "csv");
      expect(new Headers({ "content-disposition": header }).get("content-disposition")).toBe(header);
      expect(header).toMatch(
        /^attachment; filename="[ !#-.0-[\]-~]*\.csv"(; filename\*=UTF-8''[\w.!'*~%-]+)?$/,
      );
    }),
  );
});
