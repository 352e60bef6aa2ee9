"use client";

import type { ReactElement } from "react";
import { ResponsiveContainer } from "recharts";
import { cn } from "../cn";

type ChartFrameProps = {
  /** Sets the height, and the width where it isn't that of the place: the chart fills what it gets. */
  className?: string;
  /** One chart of recharts, with `accessibilityLayer={false}`. */
  children: ReactElement;
};

/**
 * The place of a chart. It is a picture of numbers that stand in words or in a table beside it, so that it says nothing
 * to screen readers and takes no focus. Load what uses it with `next/dynamic`: recharts is large.
 */
export function ChartFrame({ className, children }: ChartFrameProps) {
  return (
    <div aria-hidden className={cn("tabular h-64 min-w-0 select-none", className)}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 256 }}>
        {children}
      </ResponsiveContainer>
    </div>
  );
}
