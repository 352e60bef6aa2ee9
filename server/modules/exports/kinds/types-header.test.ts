import fc from "fast-check";
import { expect, it } from "vitest";
import { importQuery, type MetadataType } from "@/contracts/imports";
import { typesHeader } from "./types-header";

it("is a short list for plain names", () => {
  expect(typesHeader([])).toBe("");
  expect(
    typesHeader([
      ["pseudo_label", "string"],
      ["a:b c", "number"],
    ]),
  ).toBe("pseudo_label:string,a:b c:number");
});

it("fits into a header, and the import reads from it what was written, whatever the names", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }).filter((text) => text !== "__proto__"),
    fc.constantFrom("a,b", "{a", " a", "a:", "ü", "x y", "🙂", "'=1"),
  );
  const type = fc.constantFrom<MetadataType>("string", "number", "boolean", "json");
  fc.assert(
    fc.property(fc.dictionary(name, type, { noNullPrototype: true }), (types) => {
      const header = typesHeader(Object.entries(types));
      expect(new Headers({ "x-tandem-types": header }).get("x-tandem-types")).toBe(header);
      const read = importQuery.parse(header === "" ? {} : { types: header });
      expect(read.types).toEqual(types);
    }),
  );
});
