"use client";

import { Fragment } from "react";
import { useMatches } from "./match-context";
import type { Range } from "./ranges";
import { snippetOf } from "./snippet";

/** A whole text, with what was looked for marked. */
export function MatchedText({ text }: { text: string }) {
  return <Marked text={text} ranges={useMatches(text)} />;
}

/** The piece of a text that a row has room for, with what was looked for in it. */
export function MatchedLine({ text }: { text: string }) {
  const ranges = useMatches(text);
  const { text: piece, skipped } = snippetOf(text, ranges);
  const moved = ranges.map(({ start, end }) => ({ start: start - skipped, end: end - skipped }));
  return (
    <>
      {skipped > 0 ? "… " : null}
      <Marked text={piece} ranges={moved} />
    </>
  );
}

function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  if (ranges.length === 0) return text;
  const last = ranges.at(-1)?.end ?? 0;
  return (
    <>
      {ranges.map(({ start, end }, at) => (
        <Fragment key={start}>
          {text.slice(ranges[at - 1]?.end ?? 0, start)}
          {start < text.length ? (
            <mark className="rounded-sm bg-warn-soft text-text underline decoration-warn">
              {text.slice(start, end)}
            </mark>
          ) : null}
        </Fragment>
      ))}
      {text.slice(last)}
    </>
  );
}
