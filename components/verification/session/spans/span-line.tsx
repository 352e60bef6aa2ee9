import { useMemo } from "react";
import { contextOf } from "@/components/spans/find-words";
import { TextPlaces } from "@/components/spans/text-places";
import type { SessionItem } from "@/contracts/sessions";
import { MatchedLine } from "../text-match/matched-text";
import { isSpanItem, type SpanItem } from "./session-spans";

/** An item's text on one line: of a span its words first, with what stands around them. */
export function ItemLine({ item }: { item: SessionItem }) {
  return isSpanItem(item) ? <SpanLine item={item} /> : <MatchedLine text={item.content} />;
}

function SpanLine({ item: { content, start, end } }: { item: SpanItem }) {
  const { before, words, after } = useMemo(
    () => contextOf(new TextPlaces(content), { start, end }),
    [content, start, end],
  );
  return (
    <>
      <span className="text-muted">{before}</span>
      <strong>{words}</strong>
      <span className="text-muted">{after}</span>
    </>
  );
}
