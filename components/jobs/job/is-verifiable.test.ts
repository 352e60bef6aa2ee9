import { expect, it } from "vitest";
import { isVerifiable } from "./is-verifiable";

const counts = {
  total: 3,
  prompted: 3,
  promptInvalid: 0,
  examples: 0,
  called: 3,
  callFailed: 0,
  parsed: 0,
  invalid: 3,
  cached: 0,
  uncertain: 0,
};

it("is what could be read of answers of which a part could not", () => {
  const job = { counts, distribution: { places: { city: 2 }, people: {} } };
  expect(isVerifiable(job, "places")).toBe(true);
  expect(isVerifiable(job, "people")).toBe(false);
});

it("is an answer that was read and names none", () => {
  const job = { counts: { ...counts, parsed: 1, invalid: 2 }, distribution: { places: {} } };
  expect(isVerifiable(job, "places")).toBe(true);
});

it("is nothing where no answer could be read", () => {
  expect(isVerifiable({ counts, distribution: { places: {} } }, "places")).toBe(false);
});
