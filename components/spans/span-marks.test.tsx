import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TextOffsets } from "@/contracts/text-offsets";
import { piecesOf } from "./pieces";
import { SpanMarks } from "./span-marks";
import { anyText } from "./testing/any-text";
import { entityLabels, spanOf } from "./testing/made-spans";
import type { SpanView } from "./types";

function markup(text: string, spans: readonly SpanView[], selectedId: string | null = null): string {
  const pieces = piecesOf(new TextOffsets(text), spans);
  return renderToStaticMarkup(<SpanMarks pieces={pieces} labels={entityLabels} selectedId={selectedId} />);
}

const characters: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};
const textOf = (html: string): string =>
  html.replace(/<[^>]*>/g, "").replace(/&[^;]+;/g, (entity) => characters[entity] ?? entity);

it("puts into the page the text and nothing else, whatever is marked in it", () => {
  const span = fc
    .record({ id: fc.uuid(), start: fc.nat(30), length: fc.nat(12) })
    .map(({ id, start, length }) => spanOf({ id, start, end: start + length }));
  fc.assert(
    fc.property(anyText, fc.array(span, { maxLength: 6 }), (text, spans) => {
      expect(textOf(markup(text, spans))).toBe(text);
    }),
  );
});

it("draws spans inside one another, each with its colour, look and option in words where it begins", () => {
  const html = markup(
    "Acme Corp",
    [
      spanOf({ id: "outer", start: 0, end: 9, value: ["org"] }),
      spanOf({ id: "inner", start: 5, end: 9, value: ["person"], by: { kind: "user", name: "Ann" } }),
    ],
    "inner",
  );
  expect(html.match(/<mark/g)).toHaveLength(3);
  expect(html).toMatch(
    /data-span="outer" data-option="1" data-look="outlined" data-begins="true"[^>]*data-tag="ORG"[^>]*>Acme /,
  );
  expect(html).toMatch(
    /data-span="outer"[^>]*data-ends="true"[^>]*><mark[^>]*data-span="inner" data-option="2" data-look="filled"[^>]*data-selected="true" data-tag="PERSON"[^>]*>Corp/,
  );
});
