import { expect, it } from "vitest";
import { promptSettings } from "@/contracts/agents";
import { promptIssues } from "./prompt-issues";

const problemsOf = (settings: unknown) => {
  const { error } = promptSettings.safeParse(settings);
  return error ? promptIssues(error) : [];
};
const withSpans = (spans: unknown[]) => ({
  labels: ["names"],
  examples: [{ text: "Ann met Bob", labels: { names: spans } }],
});

it.each<[string, unknown[], string]>([
  ["an empty place", [{ start: 0, end: 0, value: ["per"] }], "examples.0.labels.names.0.end"],
  [
    "no option",
    [
      { start: 0, end: 3, value: ["per"] },
      { start: 8, end: 11, value: [] },
    ],
    "examples.0.labels.names.1.value",
  ],
  ["an unknown field", [{ start: 0, end: 3, value: ["per"], by: "Ann" }], "examples.0.labels.names.0.by"],
])("a span with %s is named, not taken for a value of whole records", (_what, spans, path) => {
  expect(problemsOf(withSpans(spans)).map((problem) => problem.path)).toEqual([path]);
});

it("of a list and a form with a mode, names the one that was meant", () => {
  const paths = (examples: unknown) => problemsOf({ labels: ["a"], examples }).map(({ path }) => path);
  expect(paths({ mode: "retrieved", k: 0 })).toEqual(["examples.k"]);
  expect(paths({ mode: "nearest" })).toEqual(["examples.mode"]);
  expect(paths([{ text: "" }])).toContain("examples.0.text");
  expect(problemsOf({ labels: ["a"], example: [] })).toEqual([
    { path: "example", message: "unknown setting" },
  ]);
});
