"use client";

import { Figure, NoFigure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import type { Coefficient } from "@/contracts/agreement";
import { agreementReason } from "./agreement-words";

type CoefficientFigureProps = {
  coefficient: Coefficient;
  /** Numbers without the picture. */
  plain?: boolean;
};

/** A coefficient of agreement with its interval, or why one of them is not there. */
export function CoefficientFigure({ coefficient, plain = false }: CoefficientFigureProps) {
  const { n, value, interval, reason } = coefficient;
  const why = agreementReason(reason);
  if (value === null) return <NoFigure reason={why} />;
  if (!interval)
    return (
      <span className="whitespace-nowrap">
        <Figure value={value} as="decimal" className="font-medium" />{" "}
        <NoFigure words="no interval" reason={why} className="text-xs" />
      </span>
    );
  const [low, high] = interval;
  return (
    <Interval
      value={{ point: value, low, high }}
      n={n}
      as="decimal"
      domain={[low < 0 ? -1 : 0, 1]}
      method="95% bootstrap interval"
      plain={plain}
    />
  );
}
