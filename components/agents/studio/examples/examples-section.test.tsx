import { expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { studioMarkup } from "../testing/studio-markup";
import { ExamplesSection } from "./examples-section";

const options = [{ value: "a", text: "A" }];
const names: LabelDefinition = { name: "names", level: "span", options };
const topic: LabelDefinition = { name: "topic", level: "record", options };

const nearest = (html: string) => /<button[^>]*>Nearest to each record/.exec(html)?.[0] ?? "";

it("looks for examples of whole records, and says why not of spans", () => {
  const section = <ExamplesSection poolSize={null} />;
  const ofRecords = studioMarkup(section, { labels: [topic] });
  expect(nearest(ofRecords)).not.toContain(' disabled=""');
  expect(ofRecords).not.toContain("looked for");
  const ofSpans = studioMarkup(section, { labels: [topic, names] });
  expect(nearest(ofSpans)).toContain(' disabled=""');
  expect(ofSpans).toContain("looked for: names marks spans");
});
