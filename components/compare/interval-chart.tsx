"use client";

import type { ReactNode } from "react";
import { NoFigure, useFormat } from "@/components/ui/figure";

export type IntervalRow = {
  id: string;
  name: ReactNode;
  value: { point: number; low: number; high: number } | null;
  /** "26 of 30 right". */
  note: string;
  reason: string;
};

/** Shares with their intervals under one another on one scale; the numbers stand beside the picture. */
export function IntervalChart({ label, rows }: { label: string; rows: readonly IntervalRow[] }) {
  const format = useFormat();
  const from = scaleStart(rows);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => from + part * (1 - from));
  const at = (share: number) => `${(100 * (share - from)) / (1 - from)}%`;
  return (
    <figure aria-label={label} className="@container">
      {rows.map(({ id, name, value, note, reason }) => (
        <div
          key={id}
          className="grid grid-cols-[1fr_auto] items-center gap-x-4 border-b py-1.5 @2xl:grid-cols-[12rem_1fr_15rem]"
        >
          <span className="truncate font-medium">{name}</span>
          <span aria-hidden className="relative h-5 @max-2xl:order-last @max-2xl:col-span-2">
            {ticks.map((tick) => (
              <span key={tick} className="absolute inset-y-0 w-px bg-line" style={{ left: at(tick) }} />
            ))}
            {value ? (
              <>
                <span
                  className="absolute inset-y-[9px] border-text-muted border-x bg-text-muted"
                  style={{ left: at(value.low), right: `calc(100% - ${at(value.high)})` }}
                />
                <span
                  className="-translate-x-1/2 absolute top-1.5 size-2 rounded-full bg-text"
                  style={{ left: at(value.point) }}
                />
              </>
            ) : null}
          </span>
          <span className="tabular text-right">
            {value ? (
              <>
                <span className="font-medium">{format.share(value.point)}</span>{" "}
                <span className="text-muted">
                  <span className="sr-only">95% Wilson interval </span>
                  <span className="whitespace-nowrap">({format.range(value.low, value.high)})</span>
                </span>
              </>
            ) : (
              <NoFigure reason={reason} />
            )}{" "}
            <span className="whitespace-nowrap text-faint text-xs">{note}</span>
          </span>
        </div>
      ))}
      <div
        aria-hidden
        className="tabular grid pt-1 text-2xs text-faint @2xl:grid-cols-[12rem_1fr_15rem] @2xl:gap-x-4"
      >
        <span className="relative h-4 @2xl:col-start-2">
          {ticks.map((tick) => (
            <span key={tick} className="-translate-x-1/2 absolute" style={{ left: at(tick) }}>
              {format.share(tick, 0)}
            </span>
          ))}
        </span>
      </div>
    </figure>
  );
}

/** Where the scale begins: at 0, or near the lowest interval when all of them lie in the upper part. */
function scaleStart(rows: readonly Pick<IntervalRow, "value">[]): number {
  const lows = rows.flatMap(({ value }) => (value ? [value.low] : []));
  const lowest = Math.min(1, ...lows);
  const start = [0.8, 0.6, 0.4, 0.2].find((candidate) => candidate <= lowest);
  return lows.length === 0 ? 0 : (start ?? 0);
}
