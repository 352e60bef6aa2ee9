import { expect, it } from "vitest";
import { askedSnapshot } from "./asked-snapshot";

const where = { project: "airline", label: "tone" };
const choice = { annotators: null, versions: "newest", weights: { a: 2, gone: 3 }, smooth: true } as const;

it("asks for what the policy knows, and no more", () => {
  const asked = { ...where, versions: "newest" };
  expect(askedSnapshot(where, { ...choice, policy: "majority" }, ["a", "b"])).toEqual({
    ...asked,
    policy: "majority",
  });
  expect(askedSnapshot(where, { ...choice, policy: "mace", annotators: ["b"] }, ["a", "b"])).toEqual({
    ...asked,
    policy: "mace",
    annotators: ["b"],
  });
  expect(askedSnapshot(where, { ...choice, policy: "dawid-skene" }, ["a", "b"])).toEqual({
    ...asked,
    policy: "dawid-skene",
    smoothing: 0.01,
  });
  expect(askedSnapshot(where, { ...choice, policy: "dawid-skene", smooth: false }, [])).toEqual({
    ...asked,
    policy: "dawid-skene",
  });
});

it("gives everybody who counts a weight, and nobody else", () => {
  const weighted = { ...choice, policy: "weighted" } as const;
  expect(askedSnapshot(where, weighted, ["a", "b"])).toMatchObject({ weights: { a: 2, b: 1 } });
  const chosen = askedSnapshot(where, { ...weighted, annotators: ["b"] }, ["a", "b"]);
  expect(chosen).toMatchObject({ annotators: ["b"] });
  expect(chosen.weights).toEqual({ b: 1 });
});
