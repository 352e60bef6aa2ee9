"use client";

import { type ReactNode, useRef } from "react";
import { useOverflows } from "./use-overflows";

/**
 * A box of a table or of code: it scrolls sideways where that is wider, fades where there is more, and is a stop of the
 * Tab key only then. The label says what is in it.
 */
export function OverflowBox({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const overflows = useOverflows(box);
  return (
    // Not a landmark: it stands inside a section of the same name. Positioned, so that it clips what is placed in it.
    <div
      ref={box}
      {...(overflows ? { role: "group", "aria-label": label, tabIndex: 0 } : {})}
      className="focus-inset fade-sideways relative overflow-auto"
    >
      {children}
    </div>
  );
}
