"use client";

import { Bar, BarChart } from "recharts";
import { ChartGrid, ChartXAxis, ChartYAxis } from "@/components/ui/chart/chart-axes";
import { chartColors, still } from "@/components/ui/chart/chart-colors";
import { ChartFrame } from "@/components/ui/chart/chart-frame";
import { ChartTooltip } from "@/components/ui/chart/chart-tooltip";
import { cn } from "@/components/ui/cn";
import { useFormat } from "@/components/ui/figure";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Contributions } from "@/contracts/project-statistics";
import { countAxis, dayAxis } from "./day-axis";
import { useDayWords } from "./day-words";
import { type DayOfWork, daysOfWork } from "./days-of-work";

const parts = [
  { key: "verdicts", name: "Verdicts", fill: chartColors.mark, mark: "bg-accent" },
  { key: "labels", name: "Labels", fill: chartColors.second, mark: "bg-text-muted" },
  { key: "reconciled", name: "Reconciled", fill: chartColors.reference, mark: "bg-text-faint" },
] as const;
const HALF_A_DAY = 43_200_000;
/** Pixels for all days together, on a small screen too. */
const ALL_BARS = 240;

/** What everybody together did on each day: verdicts at the bottom, labels and decisions on them. */
export function ContributionsChart({ days }: Pick<Contributions, "days">) {
  const format = useFormat();
  const words = useDayWords();
  const points = daysOfWork(days);
  const { domain, ticks } = dayAxis(points);
  const shown = (domain[1] - domain[0]) / (2 * HALF_A_DAY) + 1;
  const count = countAxis(Math.max(0, ...points.map((day) => day.labels + day.verdicts + day.reconciled)));
  return (
    <>
      <p aria-hidden className="flex flex-wrap gap-x-4 text-muted text-xs">
        {parts.map(({ key, name, mark }) => (
          <span key={key} className="flex items-center gap-1.5">
            <span className={cn("size-2 rounded-sm", mark)} />
            {name}
          </span>
        ))}
      </p>
      <ChartFrame>
        <BarChart
          accessibilityLayer={false}
          data={points}
          margin={{ top: 12, right: 16, bottom: 4, left: 0 }}
        >
          <ChartGrid />
          <ChartXAxis
            domain={[domain[0] - HALF_A_DAY, domain[1] + HALF_A_DAY]}
            ticks={ticks}
            title="Day"
            dataKey="time"
            format={words}
          />
          <ChartYAxis
            {...count}
            title="Verdicts, labels, decisions"
            dataKey="verdicts"
            format={format.compact}
          />
          <ChartTooltip
            points={points}
            tell={(point) => ({
              title: words(point.day),
              rows: parts.map(({ key, name }) => ({ name, value: format.count(point[key]) })),
            })}
          />
          {parts.map(({ key, fill }) => (
            <Bar
              {...still}
              key={key}
              dataKey={key}
              stackId="day"
              fill={fill}
              barSize={Math.min(24, Math.max(1, ALL_BARS / shown))}
            />
          ))}
        </BarChart>
      </ChartFrame>
      <details className="mt-2">
        <summary className="cursor-pointer text-muted">
          The same as a table of {format.counted(points.length, "day")}
        </summary>
        <DayTable points={points} />
      </details>
    </>
  );
}

function DayTable({ points }: { points: readonly DayOfWork[] }) {
  const format = useFormat();
  const words = useDayWords();
  return (
    <div className="mt-2 max-w-3xl">
      <Table label="Work by day">
        <TableHead>
          <TableRow>
            <ColumnHead>Day</ColumnHead>
            {parts.map(({ key, name }) => (
              <ColumnHead key={key} numeric>
                {name}
              </ColumnHead>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {points.map((point) => (
            <TableRow key={point.day}>
              <TableCell>{words(point.day)}</TableCell>
              {parts.map(({ key }) => (
                <TableCell key={key} numeric>
                  {format.count(point[key])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
