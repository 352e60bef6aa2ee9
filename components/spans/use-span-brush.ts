"use client";

import { useMemo, useState } from "react";
import type { BrushState, SpanLabel } from "./types";

/** The brush of a person who labels: it stays as they go from record to record. Begins with the first option. */
export function useSpanBrush(labels: readonly SpanLabel[]): BrushState {
  const [first] = labels;
  const [chosen, onBrush] = useState({ label: first?.name ?? "", value: first?.options[0]?.value ?? null });
  const [wordSnapping, onWordSnapping] = useState(true);
  const isThere = labels.some(({ name }) => name === chosen.label);
  return useMemo(() => {
    const brush = isThere ? chosen : { label: first?.name ?? "", value: first?.options[0]?.value ?? null };
    return { brush, onBrush, wordSnapping, onWordSnapping };
  }, [chosen, isThere, first, wordSnapping]);
}
