import { expect, it } from "vitest";
import type { TryOutItem } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { studioMarkup } from "./testing/studio-markup";
import { TryOutTable } from "./try-out-table";

const names: LabelDefinition = {
  name: "names",
  level: "span",
  options: [{ value: "per", text: "person" }],
};
type Tried = TryOutItem["labels"][number];

/** The cell of the labels, as it is read. */
function shown(tried: Pick<Tried, "spans" | "reason">): string {
  const item: TryOutItem = {
    recordId: "r",
    externalId: "1",
    content: "Ann met Bob",
    prompt: "",
    messages: [],
    rawAnswer: "",
    labels: [{ name: "names", value: null, conf: null, confMethod: null, confReason: null, ...tried }],
    servedModel: null,
    tokens: { prompt: 1, completion: 1 },
    costUsd: null,
    latencyMs: 1,
    error: null,
  };
  const html = studioMarkup(<TryOutTable items={[item]} />, { labels: [names] });
  const [, , cell = ""] = html.split("<td");
  return cell
    .replace(/^[^>]*>/, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

it("shows the spans that an answer names, that it names none, and what could not be read of it", () => {
  const ann = { start: 0, end: 3, value: ["per"] };
  expect(shown({ spans: [ann], reason: null })).toBe("Ann person");
  expect(shown({ spans: [], reason: null })).toBe("Found none");
  expect(shown({ spans: [ann], reason: "quote_not_found" })).toBe(
    "Ann person Words that it quotes are not in the text",
  );
  expect(shown({ spans: [], reason: "not_a_list" })).toBe(
    "The label&#x27;s field holds no list of spans, or one that did not end",
  );
});
