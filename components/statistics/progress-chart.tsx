"use client";

import { Line, LineChart } from "recharts";
import { ChartGrid, ChartXAxis, ChartYAxis } from "@/components/ui/chart/chart-axes";
import { chartColors, still } from "@/components/ui/chart/chart-colors";
import { ChartFrame } from "@/components/ui/chart/chart-frame";
import { ChartTooltip } from "@/components/ui/chart/chart-tooltip";
import { useFormat } from "@/components/ui/figure";
import type { ProjectProgress } from "@/contracts/project-statistics";
import { countAxis, dayAxis } from "./day-axis";
import { useDayWords } from "./day-words";

const lines = [
  { key: "labelled", name: "Labelled", stroke: chartColors.second, dash: "0" },
  { key: "verified", name: "Verified", stroke: chartColors.mark, dash: "0" },
  { key: "reconciled", name: "Reconciled", stroke: chartColors.second, dash: "5 3" },
] as const;

/** The counts of each day as steps, each line with its name at its end. */
export function ProgressChart({ days }: Pick<ProjectProgress, "days">) {
  const format = useFormat();
  const words = useDayWords();
  const time = dayAxis(days);
  const points = days.map((day) => ({ ...day, time: Date.parse(day.day) }));
  const last = points.at(-1);
  // Of a single day the line goes on to the end of what is drawn.
  const drawn = last && points.length === 1 ? [...points, { ...last, time: time.domain[1] }] : points;
  const count = countAxis(Math.max(...days.map(({ labelled, verified }) => Math.max(labelled, verified))));
  return (
    <ChartFrame>
      <LineChart accessibilityLayer={false} data={drawn} margin={{ top: 12, right: 96, bottom: 4, left: 0 }}>
        <ChartGrid />
        <ChartXAxis {...time} title="Day" dataKey="time" format={words} />
        <ChartYAxis {...count} title="Records" dataKey="labelled" format={format.compact} />
        <ChartTooltip
          points={drawn}
          tell={(point) => ({
            title: words(point.day),
            rows: lines.map(({ key, name }) => ({ name, value: format.count(point[key]) })),
          })}
        />
        {lines.map(({ key, stroke, dash }) => (
          <Line
            {...still}
            key={key}
            type="stepAfter"
            dataKey={key}
            stroke={stroke}
            strokeDasharray={dash}
            strokeWidth={1.5}
            dot={false}
            activeDot={false}
            label={({ x, y, index }) => (
              <text x={Number(x) + 6} y={Number(y)} dy={4} fill={chartColors.text} fontSize={11}>
                {index === drawn.length - 1 ? endName(key, last) : ""}
              </text>
            )}
          />
        ))}
      </LineChart>
    </ChartFrame>
  );
}

/** The name at the end of a line; lines that end in one point share theirs. */
function endName(
  key: (typeof lines)[number]["key"],
  last: ProjectProgress["days"][number] | undefined,
): string {
  const here = lines.filter((line) => last?.[line.key] === last?.[key]);
  return here[0]?.key === key ? here.map(({ name }) => name).join(", ") : "";
}
