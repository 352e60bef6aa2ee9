"use client";

import { Tooltip } from "recharts";
import { chartColors, still } from "./chart-colors";

type Told = { title: string; rows: readonly { name: string; value: string }[] };

type ChartTooltipProps<Point> = {
  /** What the chart was given as data. */
  points: readonly Point[];
  tell: (point: Point) => Told;
};

/** The numbers of the point under the pointer. They stand in the table beside the chart as well. */
export function ChartTooltip<Point>({ points, tell }: ChartTooltipProps<Point>) {
  return (
    <Tooltip
      {...still}
      cursor={{ stroke: chartColors.reference, strokeDasharray: "2 3" }}
      content={({ active, payload }) => {
        const point = active ? points.find((one) => one === payload[0]?.payload) : undefined;
        return point === undefined ? null : <Words {...tell(point)} />;
      }}
    />
  );
}

function Words({ title, rows }: Told) {
  return (
    <div className="rounded-md bg-overlay px-2.5 py-1.5 text-text text-xs shadow-float">
      <p className="font-medium">{title}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-3">
        {rows.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
