import { expect, it } from "vitest";
import { tagsOf } from "./tags";

const span = (id: string, start: number, end: number, value = ["any"]) => ({ id, start, end, value });

it("says the option in full where there is room", () => {
  const tags = tagsOf([span("a", 0, 4), span("b", 30, 34)], ({ id }) =>
    id === "a" ? "Organisation" : "Place",
  );
  expect(tags.get("a")).toEqual({ text: "Organisation", shift: 0 });
  expect(tags.get("b")).toEqual({ text: "Place", shift: 0 });
});

it("cuts a tag short where the next begins, to two letters at least", () => {
  const tags = tagsOf([span("a", 0, 4), span("b", 5, 6), span("c", 6, 7)], () => "Organisation");
  expect([...tags.values()].map(({ text }) => text)).toEqual(["Org…", "Or", "Organisation"]);
});

it("puts tags of spans that begin together beside each other, the longer span's first", () => {
  const tags = tagsOf([span("inner", 0, 4), span("outer", 0, 9)], ({ id }) =>
    id === "outer" ? "ORG" : "GPE",
  );
  expect(tags.get("outer")).toEqual({ text: "ORG", shift: 0 });
  expect(tags.get("inner")).toEqual({ text: "GPE", shift: 4 });
});

it("puts what is no span any more after what is", () => {
  const tags = tagsOf([span("none", 0, 9, []), span("inner", 0, 4)], ({ id }) => id);
  expect(tags.get("inner")?.shift).toBe(0);
  expect(tags.get("none")?.shift).toBe(6);
});
