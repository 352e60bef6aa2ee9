import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { LabelDefinition } from "@/contracts/label-schema";
import { FoundSpans } from "./found-spans";

const names: LabelDefinition = {
  name: "names",
  level: "span",
  options: [
    { value: "per", text: "person" },
    { value: "loc", text: "place" },
  ],
};
const TEXT = "🙂 Ann\nLee left Paris";
const ann = { start: 2, end: 9, value: ["per"] };
const paris = { start: 15, end: 20, value: ["loc"] };

/** What is read, one line an entry. */
const lines = (spans: Parameters<typeof FoundSpans>[0]["spans"], most?: number): string[] =>
  renderToStaticMarkup(
    <FoundSpans text={TEXT} spans={spans} label={names} {...(most === undefined ? {} : { most })} />,
  )
    .split("</li>")
    .map((line) =>
      line
        .replace(/<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((line) => line !== "");

it("lists the words of spans, counted in code points, with their options' texts", () => {
  expect(lines([ann, paris])).toEqual(["Ann Lee person", "Paris place"]);
});

it("says that none was found, and counts what it does not list", () => {
  expect(lines([])).toEqual(["Found none"]);
  expect(lines([ann, paris], 1)).toEqual(["Ann Lee person", "and 1 more"]);
});
