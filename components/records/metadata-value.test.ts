import fc from "fast-check";
import { expect, it } from "vitest";
import { printMetadataValue, readMetadataValue, typeOfValue } from "./metadata-value";

it("edits every value in its own type and back", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ noUnicodeString: false }).filter((value) => value !== null && !Object.is(value, -0)),
      (value) => {
        const json = JSON.parse(JSON.stringify(value));
        expect(readMetadataValue(printMetadataValue(json), typeOfValue(json))).toEqual({ value: json });
      },
    ),
  );
});

it("says what to type instead", () => {
  expect(readMetadataValue("007", "string")).toEqual({ value: "007" });
  expect(readMetadataValue("007", "number")).toEqual({ problem: "Type a number, as 12.5" });
  expect(readMetadataValue("yes", "boolean")).toEqual({ problem: "Type true or false" });
  expect(readMetadataValue("null", "json")).toHaveProperty("problem");
  expect(readMetadataValue("[1", "json")).toHaveProperty("problem");
});
