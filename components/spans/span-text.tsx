"use client";

import { type CSSProperties, useEffect, useId, useState, useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import { BorderHandles } from "./border-handles";
import { linesFor, SpanMarks } from "./span-marks";
import { TextCaret } from "./text-caret";
import type { SpanEditing } from "./use-span-editing";
import { useTextKeys } from "./use-text-keys";
import { useTextPointer } from "./use-text-pointer";

type SpanTextProps = { editing: SpanEditing /** "Text of record 12". */; title: string; className?: string };

/** A record's text with its spans: a text cursor by keys, marking by drag and double-click, spans by a click. */
export function SpanText({ editing, title, className }: SpanTextProps) {
  const { root, text, pieces, labels, selected, readOnly, dom } = editing;
  const [focused, setFocused] = useState(false);
  const hint = useId();
  const pointer = useTextPointer(editing);
  useTextKeys(editing);
  const isOwnPage = useIsBrowser();
  const selectedId = selected?.id;
  useEffect(() => {
    if (selectedId === undefined || root.current === document.activeElement) return;
    root.current
      ?.querySelector(`[data-span="${CSS.escape(selectedId)}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selectedId, root]);
  const draggedTo = selected ? bordersDrawn(editing, selected.id) : null;
  return (
    <div className={cn("relative", className)}>
      <div
        ref={root}
        role="textbox"
        aria-readonly
        aria-multiline
        aria-label={title}
        aria-describedby={hint}
        tabIndex={0}
        dir="auto"
        spellCheck={false}
        {...pointer}
        onFocus={() => {
          setFocused(true);
          if (!dom.read()) dom.place({ anchor: selected?.start ?? 0, focus: selected?.start ?? 0 });
        }}
        onBlur={() => setFocused(false)}
        className="record-text span-text cursor-text rounded-sm"
        style={{ "--lines": linesFor(pieces) } as CSSProperties}
      >
        {/* HTML as it is sent loses the first half of a CRLF; the places of the text would be counted wrongly. */}
        {isOwnPage || !text.includes("\r") ? (
          <SpanMarks pieces={pieces} labels={labels} selectedId={selected?.id ?? null} />
        ) : null}
      </div>
      {focused ? <TextCaret editing={editing} /> : null}
      {selected && draggedTo && !readOnly && selected.editable !== false && selected.value.length > 0 ? (
        <BorderHandles editing={editing} span={selected} borders={draggedTo} />
      ) : null}
      <p id={hint} className="sr-only">
        {readOnly
          ? "Arrow keys move a text cursor, Enter selects the span there, Alt and the up or down arrow go from span to span. The list of spans holds the same."
          : "Arrow keys move a text cursor, with Shift they select, Enter marks what is selected or selects the span there. Alt and the up or down arrow go from span to span. The list of spans does the same."}
      </p>
    </div>
  );
}

/** The borders of a span as they are drawn now, also while one is dragged. */
function bordersDrawn({ pieces }: SpanEditing, id: string) {
  for (const { over } of pieces) {
    const found = over.find(({ span }) => span.id === id)?.span;
    if (found) return { start: found.start, end: found.end };
  }
  return null;
}

const never = () => () => undefined;
/** False in what the server sends and in its first rendering by the browser. */
const useIsBrowser = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
