import { expect, it } from "vitest";
import { TextPlaces } from "@/components/spans/text-places";
import type { LabelDefinition } from "@/contracts/label-schema";
import { studioMarkup } from "../testing/studio-markup";
import type { DraftSpan } from "./draft-examples";
import { ExampleSpan } from "./example-span";

const names: LabelDefinition = {
  name: "names",
  level: "span",
  options: [{ value: "per", text: "person" }],
};
const PATH = "prompt.examples.0.labels.names.0";

const markup = (text: string, span: DraftSpan, problems: Record<string, string> = {}): string =>
  studioMarkup(
    <ExampleSpan
      place={1}
      label={names}
      places={new TextPlaces(text)}
      span={span}
      others={[]}
      path={PATH}
      put={() => undefined}
    />,
    { labels: [names], problems },
  );

it("shows a span by its words on one line, and asks which only where they stand more than once", () => {
  const once = markup("🙂 Ann\nLee left", { start: 2, end: 9, value: ["per"] });
  expect(once).toContain('value="Ann Lee"');
  expect(once).not.toContain("Which of them");
  expect(once).not.toContain('role="alert"');
  expect(markup("Ann met Ann", { start: 8, end: 11, value: ["per"] })).toContain("Which of them");
});

it("says at the words what is wrong with them, the server's word where they are in the text", () => {
  expect(markup("Ann", { words: "Bob", value: ["per"] })).toContain("These words are not in the text");
  const placed = { start: 0, end: 3, value: ["per"] };
  expect(markup("Ann", placed, { [PATH]: "stands twice" })).toContain("stands twice");
  expect(markup("Ann", placed, { [`${PATH}.value`]: "no option" })).toContain("no option");
});
