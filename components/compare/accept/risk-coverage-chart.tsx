"use client";

import { Line, LineChart, ReferenceDot, ReferenceLine } from "recharts";
import { ChartGrid, ChartXAxis, ChartYAxis } from "@/components/ui/chart/chart-axes";
import { chartColors, still } from "@/components/ui/chart/chart-colors";
import { ChartFrame } from "@/components/ui/chart/chart-frame";
import { ChartTooltip } from "@/components/ui/chart/chart-tooltip";
import { useFormat } from "@/components/ui/figure";
import type { AcceptPlan } from "@/contracts/acceptance";

type RiskCoverageChartProps = Pick<AcceptPlan, "curve" | "epsilon" | "threshold">;

/** Errors among the accepted labels and their bound, by the share that is accepted; the dot is where the promise ends. */
export function RiskCoverageChart({ curve, epsilon, threshold }: RiskCoverageChartProps) {
  const format = useFormat();
  const points = curve.filter(({ checked }) => checked > 0);
  const chosen = points.find((step) => step.threshold === threshold);
  const top = scaleTop(Math.max(2 * epsilon, ...points.map(({ risk }) => risk ?? 0)));
  return (
    <ChartFrame className="h-72">
      <LineChart data={points} accessibilityLayer={false} margin={{ top: 12, right: 16, bottom: 4, left: 0 }}>
        <ChartGrid />
        <ChartXAxis
          title="Labels accepted"
          dataKey="coverage"
          domain={[0, 1]}
          ticks={[0, 0.25, 0.5, 0.75, 1]}
          format={(value) => format.share(value, 0)}
        />
        <ChartYAxis
          cut
          title="Wrong among them"
          dataKey="risk"
          domain={[0, top]}
          ticks={[0, 0.25, 0.5, 0.75, 1].map((part) => part * top)}
          format={(value) => format.share(value, 0)}
        />
        <ReferenceLine y={epsilon} stroke={chartColors.reference} strokeDasharray="4 4" />
        <ChartTooltip
          points={points}
          tell={({ threshold: at, accepted, checked, errors, risk, bound }) => ({
            title: `Confidence ${format.decimal(at, 3)} and more`,
            rows: [
              { name: "Accepted", value: format.count(accepted) },
              { name: "Checked", value: `${format.count(errors)} of ${format.count(checked)} wrong` },
              { name: "Errors", value: format.share(risk ?? 0) },
              { name: "At most", value: format.share(bound) },
            ],
          })}
        />
        <Line {...still} dataKey="bound" stroke={chartColors.second} strokeDasharray="2 3" dot={false} />
        <Line {...still} dataKey="risk" stroke={chartColors.mark} strokeWidth={1.5} dot={false} />
        {chosen ? (
          <ReferenceDot x={chosen.coverage} y={chosen.bound} r={4} fill={chartColors.mark} stroke="none" />
        ) : null}
      </LineChart>
    </ChartFrame>
  );
}

/** The end of the scale, such that what matters fills it: a bound of few rows may lie above. */
const scaleTop = (highest: number): number =>
  [0.04, 0.08, 0.12, 0.2, 0.4, 0.6].find((candidate) => candidate >= highest) ?? 1;
