"use client";

import { CartesianGrid, XAxis, YAxis } from "recharts";
import { chartColors } from "./chart-colors";

type ChartAxisProps = {
  /** What is measured, with its unit. */
  title: string;
  dataKey: string;
  domain: readonly [number, number];
  ticks: readonly number[];
  /** A tick in the reader's locale. */
  format: (value: number) => string;
  /** What lies beyond the ends of the scale is cut off; else the scale grows to hold it. */
  cut?: boolean;
};

const tick = { fill: chartColors.text, fontSize: 11 };
const title = { fill: chartColors.text, fontSize: 11 };

/** The lines behind a chart, at the ticks of its axes. */
export function ChartGrid() {
  return <CartesianGrid stroke={chartColors.grid} syncWithTicks />;
}

/** A scale of numbers along the bottom, with its title below. */
export function ChartXAxis({ title: words, dataKey, domain, ticks, format }: Omit<ChartAxisProps, "cut">) {
  return (
    <XAxis
      type="number"
      dataKey={dataKey}
      domain={[...domain]}
      ticks={[...ticks]}
      tickFormatter={format}
      tick={tick}
      tickLine={false}
      tickMargin={4}
      axisLine={{ stroke: chartColors.grid }}
      height={40}
      label={{ ...title, value: words, position: "insideBottom", offset: 2 }}
    />
  );
}

/** A scale of numbers along the left, with its title beside it. */
export function ChartYAxis({ title: words, dataKey, domain, ticks, format, cut = false }: ChartAxisProps) {
  return (
    <YAxis
      type="number"
      dataKey={dataKey}
      domain={[...domain]}
      allowDataOverflow={cut}
      ticks={[...ticks]}
      tickFormatter={format}
      tick={tick}
      tickLine={false}
      tickMargin={4}
      axisLine={{ stroke: chartColors.grid }}
      width={56}
      label={{
        ...title,
        value: words,
        position: "insideLeft",
        angle: -90,
        offset: 12,
        style: { textAnchor: "middle" },
      }}
    />
  );
}
