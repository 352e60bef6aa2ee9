import { expect, it } from "vitest";
import { resolvedWords } from "./resolved-words";

const span = { start: 0, end: 3, value: ["per"] };

it("says that there was nothing to mark, rather than that a record was labelled", () => {
  expect(resolvedWords([], { resolved: 1, kept: 0 })).toBe("Resolved: nothing to mark");
});

it("counts the spans that were marked", () => {
  expect(resolvedWords([span], { resolved: 1, kept: 0 })).toBe("Resolved: 1 span marked");
  expect(resolvedWords([span, span], { resolved: 1, kept: 0 })).toBe("Resolved: 2 spans marked");
});

it("counts the records that were labelled, and those that were not touched", () => {
  expect(resolvedWords(undefined, { resolved: 1, kept: 0 })).toBe("Resolved: 1 record labelled");
  expect(resolvedWords(undefined, { resolved: 12, kept: 3 })).toBe(
    "Resolved: 12 records labelled; 3 kept the label that you gave before",
  );
});
