import { expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { studioMarkup } from "../testing/studio-markup";
import type { DraftSpan } from "./draft-examples";
import { ExampleSpans } from "./example-spans";

const names: LabelDefinition = {
  name: "names",
  level: "span",
  options: [{ value: "per", text: "person" }],
};
const PATH = "prompt.examples.0.labels.names";
const markup = (spans: DraftSpan[] | null, problems: Record<string, string> = {}) =>
  studioMarkup(
    <ExampleSpans label={names} text="Ann met Bob" spans={spans} path={PATH} setSpans={() => undefined} />,
    { labels: [names], problems },
  );
const isChecked = (html: string) => /role="checkbox"[^>]*aria-checked="true"/.test(html);

it("tells a text that holds no span from one of which nobody has said it", () => {
  expect(markup([])).toContain("None in this text");
  expect(isChecked(markup([]))).toBe(true);
  expect(isChecked(markup(null))).toBe(false);
  expect(markup(null, { [PATH]: "list them, or [] for none" })).toContain("list them, or [] for none");
});

it("has a row for each span, with what is wrong with it", () => {
  const html = markup([
    { start: 0, end: 3, value: ["per"] },
    { words: "Cid", value: ["per"] },
  ]);
  expect(html).toContain('value="Ann"');
  expect(html).toContain('value="Cid"');
  expect(html.match(/role="alert"/g)).toHaveLength(1);
  expect(html).not.toContain("None in this text");
});
