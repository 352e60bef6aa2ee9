"use client";

import { ErrorBar, ReferenceLine, Scatter, ScatterChart, ZAxis } from "recharts";
import { ChartGrid, ChartXAxis, ChartYAxis } from "@/components/ui/chart/chart-axes";
import { chartColors, still } from "@/components/ui/chart/chart-colors";
import { ChartFrame } from "@/components/ui/chart/chart-frame";
import { ChartTooltip } from "@/components/ui/chart/chart-tooltip";
import { useFormat } from "@/components/ui/figure";
import type { CalibrationBin } from "@/contracts/calibration";

/** Each bin's accuracy at its mean confidence, with Wilson's interval; a larger dot holds more labels. */
export function ReliabilityDiagram({ bins }: { bins: readonly CalibrationBin[] }) {
  const format = useFormat();
  const start = scaleStart(bins);
  const points = bins.map((bin) => ({
    ...bin,
    whiskers: [bin.accuracy - bin.interval[0], bin.interval[1] - bin.accuracy],
  }));
  const axis = {
    domain: [start, 1],
    ticks: [0, 0.25, 0.5, 0.75, 1].map((part) => start + part * (1 - start)),
    format: (value: number) => format.share(value, 0),
  } as const;
  return (
    <ChartFrame className="h-72">
      <ScatterChart accessibilityLayer={false} margin={{ top: 12, right: 16, bottom: 4, left: 0 }}>
        <ChartGrid />
        <ChartXAxis {...axis} title="Confidence" dataKey="meanConf" />
        <ChartYAxis {...axis} title="Right" dataKey="accuracy" />
        <ZAxis type="number" dataKey="weight" range={[30, 160]} />
        <ReferenceLine
          segment={[
            { x: start, y: start },
            { x: 1, y: 1 },
          ]}
          stroke={chartColors.reference}
          strokeDasharray="4 4"
        />
        <ChartTooltip
          points={points}
          tell={({ from, to, meanConf, accuracy, interval: [low, high], n }) => ({
            title: `Confidence ${format.decimal(from)}–${format.decimal(to)}`,
            rows: [
              { name: "On average", value: format.share(meanConf) },
              {
                name: "Right",
                value: `${format.share(accuracy)} (${format.range(low, high)})`,
              },
              { name: "Labels", value: format.count(n) },
            ],
          })}
        />
        <Scatter {...still} data={points} fill={chartColors.mark}>
          <ErrorBar
            {...still}
            dataKey="whiskers"
            direction="y"
            width={4}
            stroke={chartColors.uncertainty}
            strokeWidth={1.5}
          />
        </Scatter>
      </ScatterChart>
    </ChartFrame>
  );
}

/** Where both scales begin: at 0, or near the lowest of what is drawn when all of it lies in the upper part. */
function scaleStart(bins: readonly CalibrationBin[]): number {
  const lowest = Math.min(1, ...bins.flatMap(({ meanConf, interval }) => [meanConf, interval[0]]));
  return [0.8, 0.6, 0.4, 0.2].find((candidate) => candidate <= lowest) ?? 0;
}
