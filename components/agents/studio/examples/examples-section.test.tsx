import { expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { studioMarkup } from "../testing/studio-markup";
import { ExamplesSection } from "./examples-section";

const options = [{ value: "a", text: "A" }];
const names: LabelDefinition = { name: "names", level: "span", options };
const topic: LabelDefinition = { name: "topic", level: "record", options };

const nearest = (html: string) => /<button[^>]*>Nearest to each record/.exec(html)?.[0] ?? "";

it("looks for examples of whole records and of spans alike", () => {
  for (const labels of [[topic], [topic, names], [names]]) {
    const html = studioMarkup(<ExamplesSection poolSize={null} />, { labels });
    expect(nearest(html)).not.toBe("");
    expect(nearest(html)).not.toContain(' disabled=""');
  }
});
