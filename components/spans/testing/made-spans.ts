import { optionLooks } from "@/components/labelling/label-options";
import type { SpanLabel, SpanView } from "../types";

/** A label of one option a span, and one of several. */
export const entityLabels: SpanLabel[] = [
  { name: "entity", multi: false, options: ["org", "person", "place"] },
  { name: "tone", multi: true, options: ["warm", "formal"] },
].map(({ name, multi, options }) => ({
  name,
  multi,
  options: optionLooks({
    name,
    level: "span",
    options: options.map((value) => ({ value, text: value.toUpperCase() })),
  }),
}));

/** A span of an agent, with what a test says otherwise. */
export const spanOf = (own: Partial<SpanView> = {}): SpanView => ({
  id: "span",
  label: "entity",
  value: ["org"],
  start: 0,
  end: 4,
  by: { kind: "job", name: "extractor 2" },
  conf: null,
  verdict: null,
  ...own,
});
